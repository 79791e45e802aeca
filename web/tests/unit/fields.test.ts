import { describe, expect, it } from 'vitest'
import { choiceTree } from '../../src/fields/choice/tree'
import { orgCodeState, usccState } from '../../src/fields/parts/codes'
import { outline } from '../../src/fields/parts/geometry'
import { compareDecimals, numberFault } from '../../src/fields/parts/number'

describe('codes', () => {
  it('knows a right check digit from a wrong one', () => {
    // Worked by hand: nine, one, then zeros: 9·1 + 1·3 = 12, 31 − 12 = 19, the twentieth character of the alphabet is K.
    expect(usccState('91000000000000000K')).toEqual({ is: 'right' })
    expect(usccState('910000000000000001')).toEqual({ is: 'wrong', expected: 'K' })
    expect(usccState('91O')).toEqual({ is: 'letter', at: 3, letter: 'O' })
    expect(usccState('9100')).toEqual({ is: 'short', length: 4 })
  })
  it('does the same for organisation codes', () => {
    // 1·3 + 2·7 + 3·9 = 44, a multiple of 11: 11 − 0 = 11 is written 0.
    expect(orgCodeState('12300000-0')).toEqual({ is: 'right' })
    // 4·3 = 12, remainder 1: 11 − 1 = 10 is written X.
    expect(orgCodeState('40000000X')).toEqual({ is: 'right' })
    expect(orgCodeState('400000001')).toEqual({ is: 'wrong', expected: 'X' })
  })
})

describe('numbers while they are typed', () => {
  it('compares beyond what a float can tell apart', () => {
    expect(compareDecimals('9007199254740993', '9007199254740992')).toBe(1)
    expect(compareDecimals('-0.10', '-0.1')).toBe(0)
    expect(compareDecimals('-2', '1')).toBe(-1)
  })
  it('says what is wrong', () => {
    expect(numberFault('1.5', { whole: true })?.code).toBe('integer')
    expect(numberFault('1.0', { whole: true })).toBeUndefined()
    expect(numberFault('12a', {})?.code).toBe('decimal')
    expect(numberFault('-1', { min: '0' })?.code).toBe('min')
    expect(numberFault('101', { max: '100' })?.code).toBe('max')
    expect(numberFault('', { min: '0' })).toBeUndefined()
  })
})

describe('choices with levels', () => {
  it('makes a tree and keeps inner levels closed unless they are choices', () => {
    const { nodes, inner } = choiceTree(['a/b', 'a/c', 'd'])
    expect(inner).toBe(false)
    expect(nodes.map((n) => n.value)).toEqual(['a', 'd'])
    expect(nodes[0]!.children!.map((n) => n.value)).toEqual(['a/b', 'a/c'])
    expect(nodes[1]!.children).toBeUndefined()
  })
  it('lets an inner level be chosen when the list has it', () => {
    const { nodes, inner } = choiceTree(['a', 'a/b', 'c/d'])
    expect(inner).toBe(true)
    expect(nodes[0]!.disabled).toBe(false)
    expect(nodes[1]!.disabled).toBe(true)
  })
})

describe('geometry', () => {
  it('counts the points of a polygon and refuses what is no shape', () => {
    const square = '{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1],[0,0]]]}'
    expect(outline(square)).toMatchObject({ type: 'Polygon', points: 5 })
    expect(outline(square)!.path.endsWith('Z')).toBe(true)
    expect(outline('{"type":"Polygon"}')).toBeUndefined()
    expect(outline('text')).toBeUndefined()
  })
})
