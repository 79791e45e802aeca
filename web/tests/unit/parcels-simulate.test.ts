import { describe, expect, it } from 'vitest'
import type { SchemeIndicator } from '@/api/parcels'
import { latest } from '@/pages/parcels/simulate/latest'
import { changesOf, decimalOf, parametersOf, reach } from '@/pages/parcels/simulate/parameters'

const indicator = (group: string, id: string): SchemeIndicator => ({ group, id, title: id, title_en: id, group_title: group, group_title_en: group, unit: '', weight: '1', numerator: 'n', benchmark: '' })

describe('sliders', () => {
  it('reach as far as makes sense and keep the places of a number', () => {
    expect(reach('weight', '40')).toEqual({ min: 0, max: 100, step: 1 })
    expect(reach('to', '0.20')).toEqual({ min: 0, max: 1, step: 0.01 })
    expect(reach('cap', '1.5')).toEqual({ min: 0, max: 4.5, step: 0.01 })
    expect(reach('benchmark', '24.097')).toMatchObject({ max: 72.291, step: 0.001 })
    expect(reach('benchmark', '3000').step).toBe(1)
  })
  it('stand in the order of the indicators, each with its own group', () => {
    const scheme = {
      indicators: [indicator('main', 'tax'), indicator('main', 'output'), indicator('small', 'tax')],
      parameters: { 'grades.A.to': '0.20', 'small.tax.weight': '100', 'main.output.weight': '20', 'main.tax.weight': '40', title: 'words' },
    }
    const list = parametersOf(scheme)
    expect(list.map((one) => one.path)).toEqual(['small.tax.weight', 'main.tax.weight', 'main.output.weight', 'grades.A.to'])
    expect(list.map((one) => one.indicator?.group)).toEqual(['small', 'main', 'main', undefined])
    expect(list[3]).toMatchObject({ word: 'to', between: ['grades', 'A'] })
  })
  it('send only what differs', () => {
    const parameters = parametersOf({ indicators: [], parameters: { a: '40', b: '0.20', c: '1' } })
    expect(changesOf(parameters, { a: '40.0', b: '0.25', c: 'x' })).toEqual({ b: '0.25' })
    expect([decimalOf(0.30000000000000004, 0.01), decimalOf(41, 1), decimalOf(0.5, 0.001)]).toEqual(['0.30', '41', '0.500'])
  })
})

describe('questions of a moving hand', () => {
  it('skip all but the newest while one is under way', async () => {
    const sent: number[] = []
    const took: number[] = []
    let release = (): void => {}
    const asking = latest(async (n: number) => { sent.push(n); if (n === 1) await new Promise<void>((resolve) => { release = resolve }); return n * 10 }, (answer) => took.push(answer), () => {})
    asking.ask(1)
    asking.ask(2)
    asking.ask(3)
    release()
    await new Promise((resolve) => setTimeout(resolve))
    expect([sent, took]).toEqual([[1, 3], [10, 30]])
  })
  it('go on after a refusal and stop when nobody listens', async () => {
    const faults: unknown[] = []
    const took: number[] = []
    const asking = latest(async (n: number) => { if (n === 1) throw new Error('no'); return n }, (answer) => took.push(answer), (fault) => faults.push(fault))
    asking.ask(1)
    await new Promise((resolve) => setTimeout(resolve))
    asking.ask(2)
    await new Promise((resolve) => setTimeout(resolve))
    asking.ask(3)
    asking.stop()
    await new Promise((resolve) => setTimeout(resolve))
    expect([faults.length, took]).toEqual([1, [2]])
  })
})
