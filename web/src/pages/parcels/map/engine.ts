// The map library behind a small door: what pages may ask of a map. Loaded only where a map is shown.
// Deliberately absent: which parcels, which colours, what a click means – pages decide.
import type * as GeoJSON from 'geojson'
import { AttributionControl, Map as MapLibre, NavigationControl, ScaleControl, setWorkerUrl, type ExpressionSpecification, type GeoJSONSource, type MapLayerMouseEvent, type PaddingOptions, type VectorTileSource } from 'maplibre-gl'
import 'maplibre-gl/dist/maplibre-gl.css'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { namesOf } from './geometry'
import { AREAS, BASE, BUILDINGS, BUILT, FAR, FILL, fillColour, HATCH, hatchOpacity, ID, LABEL, LABELS, MARKS, PARCELS, POINT, styleOf, type BaseMap, type Shapes, type Tokens } from './style'

setWorkerUrl(workerUrl)

export type Extent = [west: number, south: number, east: number, north: number]
export interface MapWords { title: string; zoomIn: string; zoomOut: string; attribution: string; metres: string; kilometres: string }
export interface MapEvents {
  pick(entry: number, more: boolean): void
  /** What lies under the pointer, with what its shape says of itself. */
  hover(entry: number | undefined, at: { x: number; y: number }, own?: Record<string, unknown>): void
  open(entry: number): void
  ready(): void
  fault(message: string): void
}
export interface MapStart { shapes: Shapes; extent?: Extent; base?: BaseMap; words: MapWords; none: string; padding?: PaddingOptions }
/** Marks, the strongest last: it is drawn over the others. */
const MARK = ['hovered', 'compared', 'picked'] as const
type Mark = (typeof MARK)[number]

/** The interface's colours and fonts as they are in force. */
export function tokens(): Tokens {
  const style = getComputedStyle(document.documentElement)
  const colour = (name: string): string => style.getPropertyValue(`--${name}`).trim()
  const fonts = colour('font').split(',').map((font) => font.trim().replaceAll('"', ''))
  return { surface: colour('surface'), sunk: colour('surface-sunk'), rule: colour('rule'), text: colour('text'), soft: colour('text-soft'), accent: colour('accent'), focus: colour('focus'), fonts }
}

/** Thin slanted lines: what has no class is told apart without colour too. */
function hatch(colour: string): ImageData {
  const size = 8
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = size
  const pen = canvas.getContext('2d')!
  pen.strokeStyle = colour
  pen.lineWidth = 1
  for (const shift of [-size, 0, size]) {
    pen.beginPath()
    pen.moveTo(shift, size)
    pen.lineTo(shift + size, 0)
    pen.stroke()
  }
  return pen.getImageData(0, 0, size, size)
}

export class ParkMap {
  readonly map: MapLibre
  private readonly layer: string | undefined
  private readonly marks: Record<Mark, number[]> = { picked: [], compared: [], hovered: [] }
  private classes = new Map<number, number>()
  /** Shapes by entry: all of those that were sent, or what a page has found of those in tiles. */
  private known: ReadonlyMap<number, GeoJSON.Geometry> = new Map()
  /** What a tile shows of the parcel under the pointer. */
  private under: { entry: number; geometry: GeoJSON.Geometry } | undefined
  private outlined = ''
  private loaded = false

  constructor(container: HTMLElement, start: MapStart, events: MapEvents) {
    this.layer = 'layer' in start.shapes ? start.shapes.layer : undefined
    if ('data' in start.shapes) this.remember(start.shapes.data)
    this.map = new MapLibre({
      container, style: styleOf(start.shapes, tokens(), start.none, start.base), bounds: start.extent, fitBoundsOptions: { padding: start.padding ?? 32 },
      dragRotate: false, pitchWithRotate: false, touchPitch: false, renderWorldCopies: false, fadeDuration: 0, attributionControl: false, maxZoom: 21,
      locale: {
        'Map.Title': start.words.title, 'NavigationControl.ZoomIn': start.words.zoomIn, 'NavigationControl.ZoomOut': start.words.zoomOut,
        'AttributionControl.ToggleAttribution': start.words.attribution, 'ScaleControl.Meters': start.words.metres, 'ScaleControl.Kilometers': start.words.kilometres,
      },
    })
    this.map.touchZoomRotate.disableRotation()
    this.map.keyboard.disableRotation()
    this.map.addControl(new NavigationControl({ showCompass: false }), 'top-right')
    this.map.addControl(new ScaleControl({ maxWidth: 120 }), 'bottom-left')
    if (start.base?.attribution) this.map.addControl(new AttributionControl({ compact: true }))
    // A base map that cannot be had takes nothing away from the parcels.
    this.map.on('error', (event) => { if (!BASE.includes((event as { sourceId?: string }).sourceId ?? '')) events.fault(event.error.message) })
    this.map.on('style.load', () => { this.map.addImage('hatch', hatch(tokens().soft)) })
    this.map.on('load', () => {
      this.loaded = true
      events.ready()
    })
    this.listen(events)
  }

  private listen(events: MapEvents): void {
    const entry = (event: MapLayerMouseEvent): number | undefined => {
      const id = event.features?.[0]?.id
      return id === undefined ? undefined : Number(id)
    }
    this.map.on('click', FILL, (event) => { const id = entry(event); if (id !== undefined) events.pick(id, event.originalEvent.shiftKey || event.originalEvent.ctrlKey) })
    this.map.on('dblclick', FILL, (event) => { const id = entry(event); if (id !== undefined) { event.preventDefault(); events.open(id) } })
    // From far a click goes nearer, to where parcels can be told apart.
    if (this.layer) this.map.on('click', FAR, (event) => { if (!this.map.queryRenderedFeatures(event.point, { layers: [FILL] }).length) this.map.easeTo({ center: event.lngLat, zoom: this.map.getZoom() + 2 }) })
    // Looking for what lies under the pointer waits while the map is moved.
    this.map.on('mousemove', (event) => {
      if (this.map.isMoving()) return
      const found = this.loaded ? this.map.queryRenderedFeatures(event.point, { layers: this.layer ? [FILL, FAR] : [FILL] }) : []
      const under = found.find((feature) => feature.layer.id === FILL)
      this.map.getCanvas().style.cursor = under ? 'pointer' : found.length ? 'zoom-in' : ''
      const id = under?.id === undefined ? undefined : Number(under.id)
      this.under = under && id !== undefined ? { entry: id, geometry: under.geometry } : undefined
      events.hover(id, event.point, under?.properties)
    })
    this.map.on('mouseout', (event) => events.hover(undefined, event.point))
    this.map.on('movestart', () => events.hover(undefined, { x: 0, y: 0 }))
  }

  private target(id: number) { return { source: PARCELS, sourceLayer: this.layer, id } }

  /** Colours of the classes, and how a shape's own properties say its class where nothing else does. */
  paint(colours: readonly string[], none: string, own?: ExpressionSpecification): void {
    if (!this.loaded) return
    this.map.setPaintProperty(FILL, 'fill-color', fillColour(colours, none, own))
    if (this.layer) {
      this.map.setPaintProperty(FAR, 'fill-color', fillColour(colours, none, own))
      return
    }
    this.map.setPaintProperty(POINT, 'circle-color', fillColour(colours, none, own))
    this.map.setPaintProperty(HATCH, 'fill-opacity', hatchOpacity())
  }

  /** Says in which class each parcel is; only what changed is drawn again. */
  classify(next: ReadonlyMap<number, number>): void {
    if (!this.loaded) return
    for (const id of this.classes.keys()) if (!next.has(id)) this.map.removeFeatureState(this.target(id), 'k')
    for (const [id, k] of next) if (this.classes.get(id) !== k) this.map.setFeatureState(this.target(id), { k })
    this.classes = new Map(next)
  }

  /** Marks parcels and takes the mark from those that had it. */
  mark(kind: Mark, entries: readonly number[]): void {
    if (entries.length === this.marks[kind].length && entries.every((entry, at) => entry === this.marks[kind][at])) return
    this.marks[kind] = [...entries]
    this.outline()
  }
  private outline(): void {
    if (!this.loaded) return
    const features = MARK.flatMap((mark) => this.marks[mark].flatMap((entry) => this.shapesOf(entry).map((geometry) => ({ type: 'Feature' as const, properties: { mark }, geometry }))))
    const key = JSON.stringify(features)
    if (key === this.outlined) return
    this.outlined = key
    ;(this.map.getSource(MARKS) as GeoJSONSource | undefined)?.setData({ type: 'FeatureCollection', features })
  }
  private shapesOf(entry: number): GeoJSON.Geometry[] {
    const shape = this.known.get(entry) ?? (this.under?.entry === entry ? this.under.geometry : undefined)
    return shape ? [shape] : []
  }
  private remember(data: GeoJSON.FeatureCollection): void {
    this.known = new Map(data.features.flatMap((f) => (f.geometry.type.includes('Polygon') ? [[Number(f.properties?.[ID]), f.geometry] as const] : [])))
  }
  /** Boundaries of parcels of tiles, whole, where a page knows them. */
  know(boundaries: ReadonlyMap<number, GeoJSON.Geometry>): void {
    if (!this.layer) return
    this.known = boundaries
    this.outline()
  }

  /** Other shapes in the same place, such as those of another day. */
  replace(data: GeoJSON.FeatureCollection): void {
    this.remember(data)
    ;(this.map.getSource(PARCELS) as GeoJSONSource | undefined)?.setData(data)
    ;(this.map.getSource(LABELS) as GeoJSONSource | undefined)?.setData(namesOf(data))
    this.outline()
  }
  /** Tiles of another day or colouring in the same place. */
  retile(address: string): void { (this.map.getSource(PARCELS) as VectorTileSource | undefined)?.setTiles([address]) }
  /** Shows buildings or hides them, whatever they come with. */
  built(shown: boolean): void { if (this.loaded) this.map.setLayoutProperty(BUILT, 'visibility', shown ? 'visible' : 'none') }
  buildings(data: GeoJSON.FeatureCollection): void { (this.map.getSource(BUILDINGS) as GeoJSONSource | undefined)?.setData(data) }
  areas(data: GeoJSON.FeatureCollection): void { (this.map.getSource(AREAS) as GeoJSONSource | undefined)?.setData(data) }
  labels(shown: boolean): void { if (this.loaded) this.map.setLayoutProperty(LABEL, 'visibility', shown ? 'visible' : 'none') }

  /** Shows a stretch of land; does not move when it is in view already and `gently`. */
  show(extent: Extent, gently = false): void {
    const view = this.map.getBounds()
    if (gently && view.contains([extent[0], extent[1]]) && view.contains([extent[2], extent[3]])) return
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches
    this.map.fitBounds(extent, { padding: 64, maxZoom: Math.max(16, this.map.getZoom()), duration: still ? 0 : 300 })
  }

  /** What the map shows now, as a picture; drawn anew, because the screen's own is gone after a frame. */
  picture(): HTMLCanvasElement {
    const copy = document.createElement('canvas')
    this.map.once('render', () => {
      const shown = this.map.getCanvas()
      copy.width = shown.width
      copy.height = shown.height
      copy.getContext('2d')!.drawImage(shown, 0, 0)
    })
    this.map.redraw()
    return copy
  }

  /** Metres that a pixel of the screen is wide in the middle of the map. */
  metresPerPixel(): number { return (40_075_016.686 * Math.cos((this.map.getCenter().lat * Math.PI) / 180)) / (512 * 2 ** this.map.getZoom()) }

  destroy(): void { this.map.remove() }
}
