// Which class of a legend a value belongs to: equal counts for a measure, steps around zero for a change.
// Deliberately absent: colours (palette.ts) and words (Legend.vue). Numbers here are for drawing alone.

/** One line of a legend: from (inclusive) to (exclusive, but for the last). */
export interface ClassRange { from: number; to: number; count: number }

const ascending = (a: number, b: number): number => a - b

/** The value below which a share of a sorted list lies, between neighbours in proportion (type 7 of Hyndman and Fan). */
function quantile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share
  const below = Math.floor(at)
  const [low, high] = [sorted[below]!, sorted[Math.min(below + 1, sorted.length - 1)]!]
  return low + (high - low) * (at - below)
}

/**
 * Where classes of equal count begin, without the first: `classes` − 1 of them, fewer where many values are the same, because
 * equal values never stand in two classes.
 */
export function quantileBreaks(values: readonly number[], classes: number): number[] {
  const sorted = values.filter(Number.isFinite).sort(ascending)
  if (!sorted.length) return []
  const breaks: number[] = []
  for (let n = 1; n < classes; n += 1) {
    const at = quantile(sorted, n / classes)
    if (at > sorted[0]! && at > (breaks.at(-1) ?? -Infinity)) breaks.push(at)
  }
  return breaks
}

/** Steps alike on both sides of zero, so that the middle class holds what hardly changed. */
export function changeBreaks(values: readonly number[]): number[] {
  const sizes = values.filter((v) => Number.isFinite(v) && v !== 0).map(Math.abs).sort(ascending)
  if (!sizes.length) return []
  const [small, large] = [quantile(sizes, 0.25), quantile(sizes, 0.75)]
  return small === large ? [-small, small] : [-large, -small, small, large]
}

/** The class of a value: how many breaks it has reached. */
export function classOf(value: number, breaks: readonly number[]): number {
  let at = 0
  while (at < breaks.length && value >= breaks[at]!) at += 1
  return at
}

/** What each class spans and how many values it holds. */
export function ranges(values: readonly number[], breaks: readonly number[]): ClassRange[] {
  const known = values.filter(Number.isFinite)
  if (!known.length) return []
  const [least, most] = [known.reduce((a, b) => Math.min(a, b)), known.reduce((a, b) => Math.max(a, b))]
  const list = Array.from({ length: breaks.length + 1 }, (_, at) => ({ from: at ? breaks[at - 1]! : least, to: breaks[at] ?? most, count: 0 }))
  for (const value of known) list[classOf(value, breaks)]!.count += 1
  return list
}

/** How many places tell the breaks apart without saying more than that. */
export function placesFor(list: readonly ClassRange[]): number {
  const ends = [...new Set(list.flatMap((range) => [range.from, range.to]))].sort(ascending)
  const gaps = ends.slice(1).map((end, at) => end - ends[at]!).filter((gap) => gap > 0)
  if (!gaps.length) return 0
  return Math.min(4, Math.max(0, 1 - Math.floor(Math.log10(Math.min(...gaps)))))
}
