// Where shapes lie. Deliberately absent: areas and distances, which the server computes on the ellipsoid.
import type * as GeoJSON from 'geojson'
import type { Extent } from '@/api/parcels'

function walk(node: unknown, see: (x: number, y: number) => void): void {
  if (!Array.isArray(node)) return
  if (typeof node[0] === 'number' && typeof node[1] === 'number') see(node[0], node[1])
  else for (const child of node) walk(child, see)
}

/** The box around geometries; nothing where there is no point. */
export function extentOf(geometries: readonly (GeoJSON.Geometry | undefined | null)[]): Extent | undefined {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const geometry of geometries) {
    const parts = geometry?.type === 'GeometryCollection' ? geometry.geometries : geometry ? [geometry] : []
    for (const part of parts) {
      walk((part as { coordinates?: unknown }).coordinates, (x, y) => {
        west = Math.min(west, x)
        east = Math.max(east, x)
        south = Math.min(south, y)
        north = Math.max(north, y)
      })
    }
  }
  return west <= east ? [west, south, east, north] : undefined
}

/** The entry a feature is of, as its own id or as a property. */
export function entryOf(feature: GeoJSON.Feature): number { return Number(feature.id ?? feature.properties?.entry) }

/** Features that say their entry as a property: the map's way to find one of them again. */
export function named(collection: GeoJSON.FeatureCollection): GeoJSON.FeatureCollection {
  return { type: 'FeatureCollection', features: collection.features.map((f) => ({ ...f, properties: { ...f.properties, entry: entryOf(f) } })) }
}

type Ring = GeoJSON.Position[]
/** Twice the area of a ring; its sign says which way it runs. */
const twice = (ring: Ring): number => ring.reduce((sum, [x, y], at) => {
  const [nextX, nextY] = ring[(at + 1) % ring.length]!
  return sum + x! * nextY! - nextX! * y!
}, 0)

/** A place well inside a polygon, or inside the largest of several: the middle of the widest stretch half way up. */
export function placeOf(geometry: GeoJSON.Geometry): GeoJSON.Position | undefined {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.type === 'MultiPolygon' ? geometry.coordinates : []
  const sizes = polygons.map((rings) => Math.abs(twice(rings[0] ?? [])))
  const rings = polygons[sizes.indexOf(Math.max(...sizes))]
  const extent = extentOf(rings ? [{ type: 'Polygon', coordinates: rings }] : [])
  if (!rings || !extent) return undefined
  const half = (extent[1] + extent[3]) / 2
  const crossings = rings.flatMap((ring) => ring.flatMap(([x, y], at) => {
    const [nextX, nextY] = ring[(at + 1) % ring.length]!
    return y! <= half === nextY! <= half ? [] : [x! + ((half - y!) / (nextY! - y!)) * (nextX! - x!)]
  })).sort((a, b) => a - b)
  let widest: [number, number] | undefined
  for (let at = 0; at + 1 < crossings.length; at += 2) {
    const [from, to] = [crossings[at]!, crossings[at + 1]!]
    if (!widest || to - from > widest[1] - widest[0]) widest = [from, to]
  }
  return widest && [(widest[0] + widest[1]) / 2, half]
}

/** Where the names of shapes stand: one point for each, so that none is written twice where tiles meet. */
export function namesOf(collection: GeoJSON.FeatureCollection): GeoJSON.FeatureCollection {
  const features = collection.features.flatMap((f) => {
    const text = String(f.properties?.label || f.properties?.name || f.properties?.code || '')
    const place = text ? placeOf(f.geometry) : undefined
    return place ? [{ type: 'Feature' as const, properties: { text }, geometry: { type: 'Point' as const, coordinates: place } }] : []
  })
  return { type: 'FeatureCollection', features }
}
