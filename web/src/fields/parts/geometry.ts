// Just enough of GeoJSON to say what a shape is and to draw its outline.
export interface Outline { type: string; points: number; path: string }
type Ring = [number, number][]

function rings(node: unknown, found: Ring[]): void {
  if (!Array.isArray(node)) return
  const first: unknown = node[0]
  if (Array.isArray(first) && typeof first[0] === 'number') found.push(node.filter((p): p is [number, number] => Array.isArray(p) && typeof p[0] === 'number' && typeof p[1] === 'number'))
  else if (typeof first === 'number' && typeof node[1] === 'number') found.push([[first, node[1]]])
  else for (const child of node) rings(child, found)
}

/** Reads a GeoJSON geometry or feature; nothing when it is none. */
export function outline(text: string, size = 120): Outline | undefined {
  let shape: { type?: unknown; coordinates?: unknown; geometry?: { type?: unknown; coordinates?: unknown } }
  try {
    shape = JSON.parse(text) as typeof shape
  } catch { return undefined }
  const geometry = shape?.type === 'Feature' ? shape.geometry : shape
  if (!geometry || typeof geometry.type !== 'string' || !Array.isArray(geometry.coordinates)) return undefined
  const found: Ring[] = []
  rings(geometry.coordinates, found)
  const all = found.flat()
  if (!all.length) return undefined
  const [xs, ys] = [all.map((p) => p[0]), all.map((p) => p[1])]
  const [left, top] = [xs.reduce((a, b) => Math.min(a, b)), ys.reduce((a, b) => Math.max(a, b))]
  const span = Math.max(xs.reduce((a, b) => Math.max(a, b)) - left, top - ys.reduce((a, b) => Math.min(a, b))) || 1
  const place = ([x, y]: [number, number]): string => `${(((x - left) / span) * (size - 8) + 4).toFixed(1)} ${(((top - y) / span) * (size - 8) + 4).toFixed(1)}`
  const close = geometry.type.includes('Polygon') ? 'Z' : ''
  return { type: geometry.type, points: all.length, path: found.map((ring) => `M${ring.map(place).join('L')}${close}`).join('') }
}
