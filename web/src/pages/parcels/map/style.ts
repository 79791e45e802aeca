// The style of the map, built from the interface's own colours: no style, glyph or sprite is fetched from anywhere. Without a
// `glyphs` address the library draws labels with the fonts of the computer.
import type * as GeoJSON from 'geojson'
import type { ExpressionSpecification, LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl'
import { namesOf } from './geometry'

/** Pictures behind the parcels, where a park has a server of them. */
export interface BaseMap { tiles: string[]; labels: string[]; max_zoom: number; attribution: string }
/** Colours of the interface that the map uses. */
export interface Tokens { surface: string; sunk: string; rule: string; text: string; soft: string; accent: string; focus: string; fonts: string[] }
/** Where shapes come from: sent at once, or tiles from the server. */
export type Shapes = { data: GeoJSON.FeatureCollection } | { tiles: string; layer: string; minzoom?: number; maxzoom?: number }

export const PARCELS = 'parcels'
export const BUILDINGS = 'buildings'
export const AREAS = 'areas'
/** Outlines of the few that are marked: a source of their own, so that a mark costs nothing for all others. */
export const MARKS = 'marks'
/** Where names stand, each once. */
export const LABELS = 'labels'
export const FILL = 'parcel-fill'
/** Ground of tiles whose parcels are too small to be told apart. */
export const FAR = 'far-fill'
export const HATCH = 'parcel-hatch'
export const LABEL = 'parcel-label'
export const POINT = 'point'
export const BUILT = 'building-fill'
/** Sources of a base map. */
export const BASE: readonly string[] = ['base', 'base-label']
const NOTHING: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] }
/** The property that carries an entry's number. */
export const ID = 'entry'

/** The class a shape is painted in: what the page has said about it, else what its own properties say. */
export function classExpression(own?: ExpressionSpecification): ExpressionSpecification {
  return ['coalesce', ['feature-state', 'k'], own ?? -1] as ExpressionSpecification
}
/** A colour for each class; what has none is told apart by its hatching. */
export function fillColour(colours: readonly string[], none: string, own?: ExpressionSpecification): ExpressionSpecification | string {
  if (!colours.length) return none
  return ['match', classExpression(own), ...colours.flatMap((colour, at) => [at, colour]), none] as unknown as ExpressionSpecification
}
/** Hatching of sent shapes is seen where there is no class; tiles hatch what says so itself. */
export function hatchOpacity(): ExpressionSpecification {
  return ['case', ['<', classExpression(), 0], 1, 0] as unknown as ExpressionSpecification
}
/** Classes of tiles that carry a word, such as a grade: all of them, or one alone. */
export function wordsOf(property: string, words: readonly string[], only?: number): ExpressionSpecification {
  const shown = words.flatMap((word, at) => (only === undefined || only === at ? [word, at] : []))
  if (!shown.length) return ['case', ['has', property], -1, -1] as unknown as ExpressionSpecification
  return ['match', ['get', property], ...shown, -1] as unknown as ExpressionSpecification
}

function source(shapes: Shapes): SourceSpecification {
  if ('data' in shapes) return { type: 'geojson', data: shapes.data, promoteId: ID, tolerance: 0.2, buffer: 32 }
  return { type: 'vector', tiles: [shapes.tiles], minzoom: shapes.minzoom ?? 0, maxzoom: shapes.maxzoom ?? 16 }
}

/** Layers of parcels from a source, bottom to top. */
function parcelLayers(shapes: Shapes, tokens: Tokens, none: string, opacity: number): LayerSpecification[] {
  const from = { source: PARCELS, ...('layer' in shapes ? { 'source-layer': shapes.layer } : {}) }
  const fill = { 'fill-color': none, 'fill-opacity': opacity }
  // Outlines of a pixel are drawn from the corners there are; lines of any width need several new ones for each, and wait until
  // there are fewer parcels on a screen.
  const outlined = { ...fill, 'fill-antialias': ['step', ['zoom'], false, 'layer' in shapes ? 13 : 12, true] as ExpressionSpecification, 'fill-outline-color': ['interpolate', ['linear'], ['zoom'], 12, tokens.rule, 15, tokens.soft] as ExpressionSpecification }
  // What is not drawn costs nothing: tiles leave out the hatching of what has a class.
  const hatched = 'layer' in shapes ? { filter: ['==', ['get', 'class'], 'none'] as ExpressionSpecification, paint: { 'fill-pattern': 'hatch' } } : { paint: { 'fill-pattern': 'hatch', 'fill-opacity': 0 } }
  return [
    ...('layer' in shapes ? [{ id: FAR, type: 'fill', source: PARCELS, 'source-layer': 'far', paint: { ...fill, 'fill-antialias': false } } as const] : []),
    { id: FILL, type: 'fill', ...from, paint: outlined },
    { id: HATCH, type: 'fill', ...from, minzoom: 12.5, ...hatched },
    { id: 'parcel-line', type: 'line', ...from, minzoom: 15, paint: { 'line-color': tokens.soft, 'line-width': ['interpolate', ['linear'], ['zoom'], 15, 0.8, 18, 1.4] } },
  ]
}
/** What lies above buildings: the chosen ones' outlines, points and the names. */
function markLayers(shapes: Shapes, tokens: Tokens): LayerSpecification[] {
  const written = { 'text-color': tokens.text, 'text-halo-color': tokens.surface }
  const points: LayerSpecification[] = [
    { id: POINT, type: 'circle', source: PARCELS, filter: ['==', ['geometry-type'], 'Point'], paint: { 'circle-color': tokens.accent, 'circle-radius': 8, 'circle-stroke-color': tokens.surface, 'circle-stroke-width': 2 } },
    {
      id: 'point-label', type: 'symbol', source: PARCELS, filter: ['==', ['geometry-type'], 'Point'],
      layout: { 'text-field': ['get', 'label'], 'text-font': tokens.fonts, 'text-size': 13, 'text-offset': [0, 1.4], 'text-allow-overlap': true },
      paint: { ...written, 'text-halo-width': 2 },
    },
  ]
  return [
    { id: 'mark-halo', type: 'line', source: MARKS, layout: { 'line-join': 'round' }, paint: { 'line-color': tokens.surface, 'line-width': ['match', ['get', 'mark'], 'hovered', 3, 6] } },
    { id: 'mark', type: 'line', source: MARKS, layout: { 'line-join': 'round' }, paint: { 'line-color': ['match', ['get', 'mark'], 'compared', tokens.focus, tokens.text], 'line-width': ['match', ['get', 'mark'], 'hovered', 1.5, 3] } },
    ...('layer' in shapes ? [] : points),
    {
      // Tiles name what has room for a name; of sent shapes all are named from near enough.
      id: LABEL, type: 'symbol', ...('layer' in shapes ? { source: PARCELS, 'source-layer': 'label' } : { source: LABELS, minzoom: 12.8 }),
      layout: { 'text-field': ['get', 'text'], 'text-font': tokens.fonts, 'text-size': ['interpolate', ['linear'], ['zoom'], 12.8, 10, 17, 13], 'text-max-width': 7, 'text-padding': 4 },
      paint: { ...written, 'text-halo-width': 1.4 },
    },
  ]
}

/** Pictures of a base map, paler than what lies over them, and its names. */
function picturesOf(base?: BaseMap): { sources: Record<string, SourceSpecification>; layers: LayerSpecification[] } {
  const sets = base ? ([['base', base.tiles], ['base-label', base.labels]] as const).filter(([, tiles]) => tiles.length) : []
  return {
    sources: Object.fromEntries(sets.map(([id, tiles]) => [id, { type: 'raster', tiles: [...tiles], tileSize: 256, maxzoom: base!.max_zoom, attribution: id === 'base' ? base!.attribution : '' }])),
    layers: sets.map(([id]) => ({ id, type: 'raster', source: id, paint: { 'raster-saturation': -0.6, 'raster-opacity': 0.75 } })),
  }
}

/** The whole style. */
export function styleOf(shapes: Shapes, tokens: Tokens, none: string, base?: BaseMap): StyleSpecification {
  const { sources, layers } = picturesOf(base)
  // Buildings come with tiles, or are sent as shapes of their own.
  const buildings = 'layer' in shapes ? { source: PARCELS, 'source-layer': 'building' } : { source: BUILDINGS }
  return {
    version: 8,
    sources: { ...sources, [PARCELS]: source(shapes), [BUILDINGS]: { type: 'geojson', data: NOTHING, ...('layer' in shapes ? {} : { promoteId: ID }) }, [AREAS]: { type: 'geojson', data: NOTHING }, [MARKS]: { type: 'geojson', data: NOTHING }, [LABELS]: { type: 'geojson', data: 'data' in shapes ? namesOf(shapes.data) : NOTHING } },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': tokens.sunk } },
      ...layers,
      { id: 'area-fill', type: 'fill', source: AREAS, paint: { 'fill-color': tokens.surface, 'fill-opacity': base ? 0 : 0.75 } },
      { id: 'area-line', type: 'line', source: AREAS, paint: { 'line-color': tokens.soft, 'line-width': 1, 'line-dasharray': [4, 2], 'line-opacity': 0.6 } },
      ...parcelLayers(shapes, tokens, none, base ? 0.72 : 0.92),
      { id: BUILT, type: 'fill', ...buildings, minzoom: 13, paint: { 'fill-color': tokens.soft, 'fill-opacity': 0.35, 'fill-outline-color': tokens.text } },
      ...markLayers(shapes, tokens),
      { id: 'area-label', type: 'symbol', source: AREAS, minzoom: 13, layout: { 'text-field': ['get', 'name'], 'text-font': tokens.fonts, 'text-size': 11, 'text-padding': 8 }, paint: { 'text-color': tokens.soft, 'text-halo-color': tokens.surface, 'text-halo-width': 1.4 } },
    ],
  }
}
