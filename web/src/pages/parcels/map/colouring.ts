// From what the server says about parcels to classes, colours and a legend: by grade, by a measure, by coverage, or by what
// changed. Deliberately absent: words of the legend's numbers (the page's `say`) and drawing (engine.ts).
import type { LegendItem, ParcelRow } from '@/api/parcels'
import { changeBreaks, classOf, placesFor, quantileBreaks, ranges } from './classes'
import { changeColours, gradeColours, kindColours, measureColours, UNJUDGED } from './palette'

export interface LegendLine { k: number; colour: string; text: string; count: number; hatched?: boolean }
export interface Colouring { colours: string[]; breaks: number[]; classes: Map<number, number>; legend: LegendLine[] }
export interface Say {
  /** A stretch of values, with as many places as tell them apart. */
  range(from: number, to: number, places: number, last: boolean): string
  none: string
  /** Values below or from a bound on. */
  beyond(bound: number, places: number, below: boolean): string
}
export const CLASSES = 5

/** What has no class stands last in the legend, hatched. */
function unjudged(rows: number, classed: number, text: string): LegendLine[] {
  return rows > classed ? [{ k: -1, colour: UNJUDGED, text, count: rows - classed, hatched: true }] : []
}

/** By grade: `order` is the scheme's, best first; what else occurs stands behind it. */
export function byGrade(rows: readonly ParcelRow[], order: readonly string[], none: string): Colouring {
  const extras = [...new Set(rows.flatMap((row) => (row.grade && !order.includes(row.grade) ? [row.grade] : [])))].sort()
  const all = [...order, ...extras]
  const colours = gradeColours(order.length, extras.length)
  const classes = new Map(rows.flatMap((row) => (row.grade ? [[row.entry, all.indexOf(row.grade)] as const] : [])))
  const counts = all.map((_, k) => [...classes.values()].filter((one) => one === k).length)
  const legend = all.map((text, k) => ({ k, colour: colours[k]!, text, count: counts[k]! }))
  return { colours, breaks: [], classes, legend: [...legend, ...unjudged(rows.length, classes.size, none)] }
}

/** By a word without an order, what is most frequent first. */
export function byKind(rows: readonly ParcelRow[], read: (row: ParcelRow) => string | null | undefined, none: string): Colouring {
  const counts = new Map<string, number>()
  for (const row of rows) { const kind = read(row); if (kind) counts.set(kind, (counts.get(kind) ?? 0) + 1) }
  const kinds = [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0], 'zh-CN'))
  const colours = kindColours(kinds.length)
  const at = new Map(kinds.map(([kind], k) => [kind, k]))
  const classes = new Map(rows.flatMap((row) => { const k = at.get(read(row) ?? ''); return k === undefined ? [] : [[row.entry, k] as const] }))
  return { colours, breaks: [], classes, legend: [...kinds.map(([text, count], k) => ({ k, colour: colours[k]!, text, count })), ...unjudged(rows.length, classes.size, none)] }
}

function byNumber(known: ReadonlyMap<number, number>, rows: number, breaks: number[], colours: string[], say: Say): Colouring {
  const classes = new Map([...known].map(([entry, value]) => [entry, classOf(value, breaks)]))
  const list = ranges([...known.values()], breaks)
  const places = placesFor(list)
  const legend = list.map((range, k) => ({ k, colour: colours[k]!, text: say.range(range.from, range.to, places, k === list.length - 1), count: range.count }))
  return { colours, breaks, classes, legend: [...legend.toReversed(), ...unjudged(rows, known.size, say.none)] }
}

/** By a number, in classes of equal count. */
export function byMeasure(known: ReadonlyMap<number, number>, rows: number, say: Say): Colouring {
  const breaks = quantileBreaks([...known.values()], CLASSES)
  return byNumber(known, rows, breaks, measureColours(breaks.length + 1), say)
}
/** By a difference; the middle class is what hardly changed. */
export function byChange(known: ReadonlyMap<number, number>, rows: number, say: Say): Colouring {
  const breaks = changeBreaks([...known.values()])
  return byNumber(known, rows, breaks, changeColours(breaks.length + 1), say)
}

/** Classes that came with tiles, whose parcels a page does not know one by one: their colours, words and bounds. */
export function ofTiles(items: readonly LegendItem[], kind: 'grade' | 'kind' | 'measure' | 'change', order: readonly string[], say: Say): Colouring & { words: string[] } {
  const known = items.filter((item) => item.class !== 'none')
  const counts = new Map(known.map((item) => [item.class, item.count]))
  const none = unjudged(items.reduce((sum, item) => sum + item.count, 0), known.reduce((sum, item) => sum + item.count, 0), say.none)
  const made = (words: string[], colours: string[], breaks: number[], texts: readonly string[], high = false) => {
    const lines = words.map((word, k) => ({ k, colour: colours[k]!, text: texts[k]!, count: counts.get(word) ?? 0 }))
    return { words, colours, breaks, classes: new Map<number, number>(), legend: [...(high ? lines.toReversed() : lines), ...none] }
  }
  if (kind === 'grade') {
    const extras = known.map((item) => item.class).filter((grade) => !order.includes(grade))
    const words = [...order, ...extras]
    return made(words, gradeColours(order.length, extras.length), [], words)
  }
  if (kind === 'kind') {
    const sorted = known.toSorted((a, b) => b.count - a.count || a.title.localeCompare(b.title, 'zh-CN'))
    return made(sorted.map((item) => item.class), kindColours(sorted.length), [], sorted.map((item) => item.title))
  }
  const bounds = known.slice(1).map((item) => Number(item.from))
  const places = placesFor(bounds.slice(1).map((to, at) => ({ from: bounds[at]!, to, count: 0 })))
  const texts = known.map((item, at) => {
    const [from, below] = [bounds[at - 1], bounds[at]]
    if (from !== undefined && below !== undefined) return say.range(from, below, places, false)
    const bound = from ?? below
    return bound === undefined ? item.title : say.beyond(bound, places, from === undefined)
  })
  return made(known.map((item) => item.class), (kind === 'change' ? changeColours : measureColours)(known.length), bounds, texts, true)
}

/** Where a value is a number, by entry. */
export function numbers(rows: readonly ParcelRow[], read: (row: ParcelRow) => string | null | undefined): Map<number, number> {
  return new Map(rows.flatMap((row) => {
    const text = read(row)
    const value = text ? Number(text) : Number.NaN // missing is not zero
    return Number.isFinite(value) ? [[row.entry, value] as const] : []
  }))
}
/** A measure of a row: per mu where it can be, else as it is. */
export function measureOf(row: ParcelRow, measure: string, per: boolean): string | undefined {
  const cell = row.values.find((one) => one.measure === measure)
  return per ? cell?.per_mu : cell?.value
}
/** How far each parcel moved in an order of grades, up positive; only where both times have a grade of it. */
export function gradeMoves(now: readonly ParcelRow[], before: readonly ParcelRow[], order: readonly string[]): Map<number, number> {
  const was = new Map(before.map((row) => [row.entry, order.indexOf(row.grade ?? '')]))
  return new Map(now.flatMap((row) => {
    const [to, from] = [order.indexOf(row.grade ?? ''), was.get(row.entry) ?? -1]
    return to >= 0 && from >= 0 ? [[row.entry, from - to] as const] : []
  }))
}
/** How much a number differs from before, where both are known. */
export function differences(now: ReadonlyMap<number, number>, before: ReadonlyMap<number, number>): Map<number, number> {
  return new Map([...now].flatMap(([entry, value]) => { const was = before.get(entry); return was === undefined ? [] : [[entry, value - was] as const] }))
}
