import { describe, expect, it } from 'vitest'
import type { ParcelRow } from '@/api/parcels'
import { changeBreaks, classOf, placesFor, quantileBreaks, ranges } from '@/pages/parcels/map/classes'
import { byGrade, byMeasure, CLASSES, differences, gradeMoves, ofTiles } from '@/pages/parcels/map/colouring'
import { entryOf, extentOf, named, namesOf, placeOf } from '@/pages/parcels/map/geometry'
import { gradeColours, measureColours } from '@/pages/parcels/map/palette'
import { roundLength, sayLength, wrap } from '@/pages/parcels/map/picture'
// The server's rule of classes holds to the same cases.
import classCases from '../../../fixtures/map-classes.json'
import { fillColour, styleOf, wordsOf } from '@/pages/parcels/map/style'

const row = (entry: number, grade?: string): ParcelRow => ({ entry, code: '', name: '', area_source: '', layer: 'surface', values: [], flags: [], drawn: true, grade })

describe('classes of a legend', () => {
  it.each(classCases.cases)('are those worked out by hand: $rule, $why', ({ rule, values, bounds, classes, counts }) => {
    const known = values.flatMap((value) => (value === null ? [] : [Number(value)]))
    const breaks = rule === 'change' ? changeBreaks(known) : quantileBreaks(known, CLASSES)
    expect(breaks.map((at) => Number(at.toFixed(9)))).toEqual(bounds.map(Number))
    expect(values.map((value) => (value === null ? null : classOf(Number(value), breaks)))).toEqual(classes)
    expect(ranges(known, breaks).map((range) => range.count)).toEqual(counts)
  })
  it('are written with the places that tell them apart', () => {
    expect(placesFor([{ from: 0, to: 100, count: 1 }, { from: 100, to: 250, count: 1 }])).toBe(0)
    expect(placesFor([{ from: 0.1, to: 0.13, count: 1 }, { from: 0.13, to: 0.5, count: 1 }])).toBe(3)
  })
})

describe('colouring', () => {
  const say = { none: 'no data', range: (from: number, to: number) => `${from}–${to}`, beyond: (bound: number, _: number, below: boolean) => `${below ? '<' : '≥'}${bound}` }
  it('follows the order of a scheme, with what else occurs behind it', () => {
    const made = byGrade([row(1, 'D'), row(2, 'A'), row(3), row(4, 'T')], ['A', 'B', 'D'], 'none')
    expect(made.legend.map((line) => [line.text, line.k, line.count])).toEqual([['A', 0, 1], ['B', 1, 0], ['D', 2, 1], ['T', 3, 1], ['none', -1, 1]])
    expect(made.classes.get(4)).toBe(3)
    expect(new Set(made.colours).size).toBe(4)
  })
  it('names what has no value last, highest class first', () => {
    const made = byMeasure(new Map([[1, 1], [2, 2], [3, 3], [4, 4], [5, 5]]), 7, say)
    expect(made.legend.at(-1)).toMatchObject({ k: -1, count: 2, hatched: true })
    expect(made.legend[0]!.k).toBe(4)
    expect(made.classes.size).toBe(5)
  })
  it('compares only what both times know', () => {
    expect([...gradeMoves([row(1, 'A'), row(2, 'C'), row(3)], [row(1, 'C'), row(2, 'C'), row(3, 'A')], ['A', 'B', 'C'])]).toEqual([[1, 2], [2, 0]])
    expect([...differences(new Map([[1, 5], [2, 1]]), new Map([[1, 3]]))]).toEqual([[1, 2]])
  })
  it('has a colour of its own for each of many grades', () => {
    expect(gradeColours(4)).toHaveLength(4)
    expect(new Set(gradeColours(7)).size).toBe(7)
    expect(measureColours(1)).toHaveLength(1)
  })
  it('of tiles follows the legend that came with them', () => {
    const item = (one: string, count: number, from?: string, below?: string) => ({ class: one, title: one, count, from, below })
    const grades = ofTiles([item('A', 3), item('C', 1), item('T', 2), item('none', 4)], 'grade', ['A', 'B', 'C'], say)
    expect(grades.words).toEqual(['A', 'B', 'C', 'T'])
    expect(grades.legend.map((line) => [line.text, line.count])).toEqual([['A', 3], ['B', 0], ['C', 1], ['T', 2], ['no data', 4]])
    const numbers = ofTiles([item('0', 2, undefined, '10'), item('1', 3, '10', '20'), item('2', 1, '20')], 'measure', [], say)
    expect(numbers.breaks).toEqual([10, 20])
    expect(numbers.legend.map((line) => [line.k, line.text])).toEqual([[2, '≥20'], [1, '10–20'], [0, '<10']])
    expect(classOf(10, numbers.breaks)).toBe(1)
  })
})

describe('geometry', () => {
  it('finds the box around parts and rings', () => {
    const shape = { type: 'MultiPolygon' as const, coordinates: [[[[121.4, 29.8], [121.5, 29.8], [121.5, 29.9], [121.4, 29.8]]], [[[121.2, 29.85], [121.3, 29.95], [121.2, 29.85]]]] }
    expect(extentOf([shape, undefined])).toEqual([121.2, 29.8, 121.5, 29.95])
    expect(extentOf([undefined])).toBeUndefined()
  })
  it('keeps the entry where the map can find it', () => {
    const feature = { type: 'Feature' as const, id: 7, properties: { code: 'x' }, geometry: { type: 'Point' as const, coordinates: [0, 0] } }
    expect(entryOf(feature)).toBe(7)
    expect(named({ type: 'FeatureCollection', features: [feature] }).features[0]!.properties).toEqual({ code: 'x', entry: 7 })
  })
})

describe('names', () => {
  it('stand well inside their shape', () => {
    // A U of 10 × 10 whose notch is 6 wide and 8 deep, open above: half way up are two arms, of 3 and of 1.
    const u = { type: 'Polygon' as const, coordinates: [[[0, 0], [10, 0], [10, 10], [9, 10], [9, 2], [3, 2], [3, 10], [0, 10], [0, 0]]] }
    expect(placeOf(u)).toEqual([1.5, 5])
    // A hole from 1 to 5 leaves the stretch from 5 to 10 the widest.
    const holed = { type: 'Polygon' as const, coordinates: [[[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]], [[1, 4], [5, 4], [5, 6], [1, 6], [1, 4]]] }
    expect(placeOf(holed)).toEqual([7.5, 5])
    // Of several parts, in the largest.
    expect(placeOf({ type: 'MultiPolygon', coordinates: [[[[20, 0], [21, 0], [21, 1], [20, 1], [20, 0]]], holed.coordinates] })).toEqual([7.5, 5])
    expect(placeOf({ type: 'Point', coordinates: [1, 1] })).toBeUndefined()
    expect(placeOf({ type: 'Polygon', coordinates: [] })).toBeUndefined()
  })
  it('are one for each shape that has any', () => {
    const square = { type: 'Polygon' as const, coordinates: [[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]] }
    const of = (properties: Record<string, string>) => ({ type: 'Feature' as const, properties, geometry: square })
    const point = { type: 'Feature' as const, properties: { label: '1' }, geometry: { type: 'Point' as const, coordinates: [0, 0] } }
    const names = namesOf({ type: 'FeatureCollection', features: [of({ name: 'a', code: 'x' }), of({ code: 'y' }), of({}), point] })
    expect(names.features.map((f) => [f.properties!.text, (f.geometry as { coordinates: unknown }).coordinates])).toEqual([['a', [1, 1]], ['y', [1, 1]]])
  })
})

describe('the picture', () => {
  it('has a round scale', () => {
    expect([9, 130, 499, 500, 2300].map(roundLength)).toEqual([5, 100, 200, 500, 2000])
    expect([200, 2000].map((metres) => sayLength(metres, { metres: 'm', kilometres: 'km' }))).toEqual(['200 m', '2 km'])
  })
  it('breaks lines between words and between Chinese characters', () => {
    const width = (text: string): number => [...text].length
    expect(wrap('one two three', 7, width)).toEqual(['one two', 'three'])
    expect(wrap('\u5730\u5757\u56fe\u4f8b', 3, width)).toEqual(['\u5730\u5757\u56fe', '\u4f8b'])
  })
})

describe('the style', () => {
  const tokens = { surface: '#fff', sunk: '#eee', rule: '#ddd', text: '#111', soft: '#444', accent: '#00f', focus: '#00f', fonts: ['sans-serif'] }
  it('asks nothing of anybody', () => {
    const style = styleOf({ data: { type: 'FeatureCollection', features: [] } }, tokens, '#eee')
    expect(style.glyphs).toBeUndefined()
    expect(style.sprite).toBeUndefined()
    expect(JSON.stringify(style)).not.toMatch(/https?:/)
  })
  it('draws tiles of the server in the same layers', () => {
    const style = styleOf({ tiles: 'http://park/tiles/{z}/{x}/{y}', layer: 'parcels' }, tokens, '#eee')
    // Shapes of tiles bring their numbers along.
    expect(style.sources.parcels).not.toHaveProperty('promoteId')
    expect(style.layers.filter((layer) => 'source' in layer && layer.source === 'parcels').map((layer) => [layer.id, 'source-layer' in layer ? layer['source-layer'] : undefined])).toEqual([
      ['far-fill', 'far'], ['parcel-fill', 'parcels'], ['parcel-hatch', 'parcels'], ['parcel-line', 'parcels'], ['building-fill', 'building'], ['parcel-label', 'label'],
    ])
    expect(style.layers.find((layer) => layer.id === 'parcel-hatch')).toMatchObject({ filter: ['==', ['get', 'class'], 'none'] })
  })
  it('lays the parcels over the pictures of a base map and its names', () => {
    const base = { tiles: ['https://t0/{z}/{x}/{y}', 'https://t1/{z}/{x}/{y}'], labels: ['https://t0/n/{z}/{x}/{y}'], max_zoom: 17, attribution: '天地图' }
    const style = styleOf({ data: { type: 'FeatureCollection', features: [] } }, tokens, '#eee', base)
    expect(style.sources.base).toMatchObject({ type: 'raster', tiles: base.tiles, maxzoom: 17, attribution: '天地图' })
    const order = style.layers.map((layer) => layer.id)
    expect(order.indexOf('base')).toBeLessThan(order.indexOf('base-label'))
    expect(order.indexOf('base-label')).toBeLessThan(order.indexOf('parcel-fill'))
    expect(styleOf({ data: { type: 'FeatureCollection', features: [] } }, tokens, '#eee', { ...base, labels: [] }).sources['base-label']).toBeUndefined()
  })
  it('paints by what the page says, else by the shape itself', () => {
    expect(fillColour(['#a', '#b'], '#n')).toEqual(['match', ['coalesce', ['feature-state', 'k'], -1], 0, '#a', 1, '#b', '#n'])
    expect(wordsOf('class', ['A', 'B'], 1)).toEqual(['match', ['get', 'class'], 'B', 1, -1])
    expect(wordsOf('grade', ['A', 'B'])).toEqual(['match', ['get', 'grade'], 'A', 0, 'B', 1, -1])
  })
})
