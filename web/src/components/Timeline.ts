// Dates placed on a strip of days. Deliberately absent: what the dates mean; whoever draws says so.

export type Zoom = 'year' | 'quarter' | 'month'

export interface Mark {
  id: string
  label: string
  planned?: string | null
  actual?: string | null
  /** It happened after its plan. */
  late?: boolean
}

export interface Row {
  id: number
  title: string
  note: string
  /** Something is overdue; said in the note, shown by its weight. */
  late?: boolean
  marks: Mark[]
}

export interface Tick {
  day: number
  label: string
  major: boolean
}

const DAY = 86_400_000

/** Days since 1970 of a date such as 2023-09-30; without time zones, so that no day slips. */
export function dayOf(date: string): number {
  const [year, month = 1, day = 1] = date.split('-').map(Number)
  return Math.round(Date.UTC(year!, month - 1, day) / DAY)
}

export function dateOf(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10)
}

/** Whole years around every date shown and today. */
export function rangeOf(rows: Row[], today: string): [number, number] {
  const days = rows.flatMap((row) => row.marks.flatMap((m) => [m.planned, m.actual])).filter((d): d is string => !!d).map(dayOf)
  const all = [...days, dayOf(today)]
  // A loop, not Math.min(...all): a park with many thousands of dates would overflow the arguments.
  let low = all[0]!
  let high = all[0]!
  for (const day of all) {
    if (day < low) low = day
    if (day > high) high = day
  }
  return [dayOf(`${dateOf(low).slice(0, 4)}-01-01`), dayOf(`${Number(dateOf(high).slice(0, 4)) + 1}-01-01`)]
}

export const PIXELS_PER_DAY: Record<Zoom, number> = { year: 0.55, quarter: 1.3, month: 3.2 }

/** Where the strip is ruled: years and quarters, or months when there is room. */
export function ticks(from: number, to: number, zoom: Zoom): Tick[] {
  const step = zoom === 'month' ? 1 : 3
  const marks: Tick[] = []
  for (let year = Number(dateOf(from).slice(0, 4)); year <= Number(dateOf(to).slice(0, 4)); year += 1) {
    for (let month = 1; month <= 12; month += step) {
      const day = dayOf(`${year}-${String(month).padStart(2, '0')}-01`)
      if (day < from || day >= to) continue
      const major = month === 1
      if (zoom === 'year' && !major) marks.push({ day, label: '', major })
      else marks.push({ day, label: major ? String(year) : zoom === 'month' ? String(month) : `Q${(month + 2) / 3}`, major })
    }
  }
  return marks
}
