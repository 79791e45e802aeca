import { describe, expect, it } from 'vitest'
import { steps, type Line } from '@/components/Waterfall'
import { add, compare, subtract } from '@/format/exact'
import { toCsv } from '@/pages/figures/csv'
import { asked, fromQuery, readExclusion, toQuery, writeExclusion } from '@/pages/figures/question'
import { sorted } from '@/pages/figures/values'
import type { GroupLine } from '@/api/types'

describe('exact sums', () => {
  it('loses nothing that a float would', () => {
    expect(add('0.1', '0.2')).toBe('0.3')
    expect(add('9007199254740993', '0.01')).toBe('9007199254740993.01')
    expect(subtract('112.28065', '116.24642')).toBe('-3.96577')
    expect(subtract('1', '1.000')).toBe('0')
    expect(compare('-0.5', '-0.49')).toBe(-1)
    expect(() => add('12a', '1')).toThrow(RangeError)
  })
})

describe('waterfall', () => {
  const line = (name: string, prior: string | null, comparable: string | null): Line => ({ name, prior, comparable, contribution: null })
  it('walks from the year before to now and meets both ends', () => {
    // 100 → 110: a +15, b −8, c +2, d +1; the two smallest are the rest.
    const walk = steps('100', '110', [line('c', '10', '12'), line('a', '50', '65'), line('b', '30', '22'), line('d', '10', '11')], 2)
    expect(walk.map((s) => [s.kind, s.name, s.amount, s.from, s.to])).toEqual([
      ['start', '', '100', '0', '100'],
      ['change', 'a', '15', '100', '115'],
      ['change', 'b', '-8', '115', '107'],
      ['rest', '', '3', '107', '110'],
      ['end', '', '110', '0', '110'],
    ])
    expect(walk[3]!.count).toBe(2)
  })
  it('takes who is new or gone as all or nothing, and leaves out who did not move', () => {
    const walk = steps('10', '7', [line('new', null, '2'), line('gone', '5', null), line('still', '5', '5')], 9)
    expect(walk.map((s) => s.amount)).toEqual(['10', '2', '-5', '7'])
  })
})

describe('the question in the address', () => {
  it('comes back as it went out', () => {
    const query = { f: 'a,b', focus: 'b', period: '2023-10', by: 'x.y/1', exclude: 'set:s,top:3', only: ['x:甲:乙'], basis: 'raw', view: 'waterfall', months: '36', exact: '1' }
    const state = fromQuery(query)
    expect(state.only).toEqual([{ path: 'x', text: '甲:乙' }])
    expect(toQuery(state)).toEqual(query)
    expect(asked(state, '')).toMatchObject({ only: ['x:甲:乙'], exact: true, basis: 'raw' })
  })
  it('leaves out what is usual and what nobody knows', () => {
    expect(toQuery(fromQuery({ f: 'a', focus: 'z', view: 'nonsense', months: '7' }))).toEqual({ f: 'a' })
    expect(fromQuery({ period: '2023-10' }, 'a').figures).toEqual(['a'])
  })
  it('reads and writes whom to leave out', () => {
    expect(readExclusion('set:big,top:3、甲厂，乙厂')).toEqual({ sets: ['big'], top: 3, names: ['甲厂', '乙厂'] })
    expect(writeExclusion({ sets: ['big'], top: 3, names: ['甲厂'] })).toBe('set:big,top:3,甲厂')
    expect(writeExclusion(readExclusion(''))).toBe('')
  })
})

describe('tables', () => {
  it('keeps a spreadsheet from running cells, and numbers their sign', () => {
    expect(toCsv([['=1+1', '-3.4', '甲,"乙"', '-甲']])).toBe('\uFEFF\'=1+1,-3.4,"甲,""乙""",\'-甲\r\n')
  })
  it('puts blanks last whichever way it is sorted', () => {
    const group = (name: string, number?: string): GroupLine => ({ name, value: { number }, comparable: {}, prior: {}, yoy: { words: '', kind: 'blank' }, entries: 1 })
    const lines = [group('b', '9'), group('none'), group('a', '10')]
    expect(sorted(lines, 'value', true).map((l) => l.name)).toEqual(['a', 'b', 'none'])
    expect(sorted(lines, 'value', false).map((l) => l.name)).toEqual(['b', 'a', 'none'])
  })
})
