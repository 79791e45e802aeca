import { describe, expect, it } from 'vitest'
import type { OccupancyView, ResultRow } from '@/api/parcels'
import { direction, NO_GRADE, ordered, rowsLeft } from '@/pages/parcels/evaluations/run'
import { candidatesShown, changesShown, numberOf, offBy, shapeOf } from '@/pages/parcels/imports/preview'
import { branches, deviation, scoreSteps } from '@/pages/parcels/parcel/shape'
import { muOf } from '@/pages/parcels/wording'

const square = (x: number, y: number) => ({ type: 'Polygon' as const, coordinates: [[[x, y], [x + 1, y], [x + 1, y + 1], [x, y]]] })

describe('a parcel', () => {
  it('has its area in mu exactly', () => {
    // 68,507.52 ㎡ × 0.0015 = 102.76128; 13,333.33 × 0.0015 = 19.999995
    expect([muOf('68507.52'), muOf('13333.33'), muOf('10000')]).toEqual(['102.761280', '19.999995', '15.0000'])
  })
  it('shows subleases below what they were let from', () => {
    const line = (entry: number, within: OccupancyView[] = []): OccupancyView => ({ entry, kind: 'lease', present: true, within })
    expect(branches([line(1, [line(2, [line(3)]), line(4)]), line(5)]).map((b) => [b.line.entry, b.depth])).toEqual([[1, 0], [2, 1], [3, 2], [4, 1], [5, 0]])
  })
  it('says how far its boundary is from its legal area', () => {
    const areas = [{ source: 'certificate', title: '', area: '10000', mu: '15' }]
    expect(deviation({ areas, geometry_area: '10012' })).toBe('+0.12%')
    expect(deviation({ areas, geometry_area: '9990' })).toBe('-0.10%')
    expect(deviation({ areas: [], geometry_area: '9990' })).toBeUndefined()
  })
  it('has a score whose steps meet', () => {
    const step = (kind: 'indicator' | 'malus' | 'total', points: string, total: string) => ({ kind, title: kind, title_en: kind, points, total, words: '' })
    const steps = scoreSteps([step('indicator', '45', '45'), step('malus', '-5.5', '39.5'), step('total', '39.5', '39.5')], (one) => one.title)
    expect(steps.map((one) => [one.kind, one.from, one.to, one.amount])).toEqual([['change', '0', '45', '45'], ['change', '45', '39.5', '-5.5'], ['end', '0', '39.5', '39.5']])
  })
})

describe('evaluations', () => {
  const row = (entry: number, score?: string, grade?: string, area?: string): ResultRow => ({ entry, code: `c${entry}`, name: `n${entry}`, group: 'g', status: grade ? 'scored' : 'no_data', words: '', grade, score, area, indicators: [], marks: [] })
  const rows = [row(1, '9.5', 'C'), row(2, '100', 'A'), row(3)]
  it('put what has no score last whichever way they are ordered', () => {
    expect(ordered(rows, '-score').map((r) => r.entry)).toEqual([2, 1, 3])
    expect(ordered(rows, 'score').map((r) => r.entry)).toEqual([1, 2, 3])
  })
  it('leave the rows that were asked for', () => {
    const none = { group: '', grade: '', status: '', q: '' }
    expect(rowsLeft(rows, { ...none, grade: NO_GRADE }).map((r) => r.entry)).toEqual([3])
    expect(rowsLeft(rows, { ...none, grade: 'A', q: 'C2' }).map((r) => r.entry)).toEqual([2])
  })
  it('know which way a grade moved', () => {
    const side = (grade?: string) => ({ status: 'scored', grade })
    expect([direction(side('D'), side('B'), ['A', 'B', 'C', 'D']), direction(side('A'), side('B'), ['A', 'B']), direction(side(), side('A'), ['A']), direction(undefined, side('A'), ['A'])]).toEqual(['up', 'down', 'none', 'none'])
  })
})

describe('a file of boundaries', () => {
  it('shows each candidate beside what is known', () => {
    const known = { type: 'FeatureCollection' as const, features: [{ type: 'Feature' as const, id: 7, properties: { name: 'known' }, geometry: square(121, 29) }] }
    const shown = candidatesShown([{ epsg: 4528, title: '', swap_axes: false, why: '', sample: square(121, 30) }, { epsg: 4529, title: '', swap_axes: false, why: '', sample: square(124, 30) }, { epsg: 4490, title: '', swap_axes: false, why: '' }], known)
    expect(shown.features.features.map((f) => f.geometry.type)).toEqual(['Polygon', 'Polygon', 'Point', 'Polygon', 'Point'])
    expect([...shown.classes.values()]).toEqual([0, 1, 1, 2, 2])
    expect(shown.classes.get(7)).toBe(0)
    expect(shown.colours).toHaveLength(4)
    expect(shown.features.features[2]!.geometry).toEqual({ type: 'Point', coordinates: [121.5, 30.5] })
  })
  it('shows its shapes by what they change, and finds them again', () => {
    const preview = { type: 'FeatureCollection' as const, features: [{ type: 'Feature' as const, properties: { number: 3, change: 'changed', code: 'x' }, geometry: square(0, 0) }] }
    const shown = changesShown({ preview, changes: { new: 0, changed: 1, unchanged: 0, unknown: 0, held: 0, items: [{ number: 3, code: 'x', name: '', kind: 'changed' }] } })
    expect(shown.classes.get(shapeOf(3))).toBe(1)
    expect(numberOf(shapeOf(3))).toBe(3)
  })
  it('says how far a boundary is off', () => {
    expect(offBy({ area: '10050', legal_area: '10000' })).toBe('+0.50%')
    expect(offBy({ area: '10050' })).toBe('')
  })
})
