// What a file of boundaries looks like on the map: each candidate of its coordinate system, or its shapes by what they change.
import type * as GeoJSON from 'geojson'
import type { CrsCandidate, GeometryChange, GeometryStage } from '@/api/parcels'
import { extentOf, named } from '../map/geometry'

/** Features that are no entry get numbers beyond those of entries. */
const BEYOND = 2 ** 40
export const KINDS: readonly GeometryChange['kind'][] = ['new', 'changed', 'unchanged', 'unknown', 'held']
export const CANDIDATES = ['#1f5a96', '#b35806', '#5e3c99', '#16703c', '#a33f72', '#4a5563']
export const CHANGES = ['#1f5a96', '#fdb863', '#b3cde3', '#b2abd2', '#b35806']
export const KNOWN = '#d5dae0'

export interface Shown { features: GeoJSON.FeatureCollection; classes: Map<number, number>; colours: string[] }
/** The same coordinate system twice, once with its axes swapped, is two candidates. */
export const keyOf = (one: Pick<CrsCandidate, 'epsg' | 'swap_axes'>): string => `${one.epsg}${one.swap_axes ? '~' : ''}`

function middle(geometry: GeoJSON.Geometry): [number, number] | undefined {
  const extent = extentOf([geometry])
  return extent && [(extent[0] + extent[2]) / 2, (extent[1] + extent[3]) / 2]
}

/** The first shape of the file in each candidate, beside the boundaries that are known. */
export function candidatesShown(candidates: readonly CrsCandidate[], known: GeoJSON.FeatureCollection | undefined): Shown {
  const old = known ? named(known).features.map((f) => ({ ...f, properties: { entry: f.properties!.entry } })) : []
  const classes = new Map(old.map((f) => [Number(f.properties.entry), 0]))
  const added = candidates.flatMap((one, at) => {
    if (!one.sample) return []
    const entry = BEYOND + at * 2
    const centre = middle(one.sample)
    classes.set(entry, at + 1).set(entry + 1, at + 1)
    return [
      { type: 'Feature' as const, properties: { entry }, geometry: one.sample },
      ...(centre ? [{ type: 'Feature' as const, properties: { entry: entry + 1, label: String(at + 1) }, geometry: { type: 'Point' as const, coordinates: centre } }] : []),
    ]
  })
  return { features: { type: 'FeatureCollection', features: [...old, ...added] }, classes, colours: [KNOWN, ...candidates.map((_, at) => CANDIDATES[at % CANDIDATES.length]!)] }
}

/** The shapes of the file by what they change; a shape is found again by its number in the file. */
export function changesShown(stage: Pick<GeometryStage, 'preview' | 'changes'>): Shown {
  const kind = new Map(stage.changes.items.map((item) => [item.number, KINDS.indexOf(item.kind)]))
  const classes = new Map<number, number>()
  const features = (stage.preview?.features ?? []).map((f) => {
    const entry = BEYOND + Number(f.properties?.number)
    classes.set(entry, kind.get(Number(f.properties?.number)) ?? KINDS.indexOf((f.properties?.change ?? 'unknown') as GeometryChange['kind']))
    return { ...f, id: undefined, properties: { entry, label: f.properties?.name || f.properties?.code || '' } }
  })
  return { features: { type: 'FeatureCollection', features }, classes, colours: CHANGES }
}
/** The number in the file of a shape on the map, and the other way. */
export const numberOf = (entry: number): number => entry - BEYOND
export const shapeOf = (number: number): number => BEYOND + number

/** Systems without a number of their own, by the numbers that stand for them. */
const UNNUMBERED: Readonly<Record<number, string>> = { 100000: 'own', 100002: 'gcj02', 100009: 'bd09' }
/** What a coordinate system is called where only its number is known. */
export function systemWords(number: number, t: (key: string) => string): string {
  const word = UNNUMBERED[number]
  return word ? t(`parcels.imports.system.${word}`) : `EPSG:${number}`
}

/** How far the boundary is from the legal area, in percent. */
export function offBy(item: Pick<GeometryChange, 'area' | 'legal_area'>): string {
  if (!item.area || !item.legal_area || Number(item.legal_area) === 0) return ''
  const share = (Number(item.area) / Number(item.legal_area) - 1) * 100
  return `${share > 0 ? '+' : ''}${share.toFixed(2)}%`
}
