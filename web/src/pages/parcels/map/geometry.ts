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
