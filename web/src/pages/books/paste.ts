// Turns what was copied in a spreadsheet into rows of a book: by a heading row when it has one, else from a first column.
import type { BookDef, FieldDef, Json, PasteRow } from '@/api/types'

export interface PastePlan {
  /** The field each pasted column goes into; nothing: it is left out. */
  fields: (FieldDef | undefined)[]
  headed: boolean
  lines: string[][]
}

const exact = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '').toLowerCase()
const bare = (text: string): string => exact(text).replace(/\([^)]*\)$/, '')

/** The field a heading names: as written, else without what stands in brackets at its end, where that names one alone. */
export function named(book: { fields: readonly FieldDef[] }, heading: string): FieldDef | undefined {
  const names = (field: FieldDef): string[] => [field.title, field.title_en, field.id]
  if (!heading.trim()) return undefined
  const whole = book.fields.find((field) => names(field).some((name) => exact(name) === exact(heading)))
  if (whole) return whole
  const near = book.fields.filter((field) => names(field).some((name) => bare(name) === bare(heading)))
  return near.length === 1 ? near[0] : undefined
}

/** A first line counts as headings when at least half of its filled cells name fields. */
export function plan(book: BookDef, columns: readonly string[], lines: string[][], first: number): PastePlan {
  const width = lines.reduce((most, line) => Math.max(most, line.length), 0)
  const headings = (lines[0] ?? []).map((text) => named(book, text))
  const filled = (lines[0] ?? []).filter((text) => text.trim() !== '').length
  const hits = headings.filter(Boolean).length
  if (lines.length > 1 && hits > 0 && hits * 2 >= filled)
    return { headed: true, lines: lines.slice(1), fields: Array.from({ length: width }, (_, at) => headings[at]) }
  const fields = Array.from({ length: width }, (_, at) => book.fields.find((field) => field.id === columns[first + at]))
  return { headed: false, lines, fields }
}

/** The rows to send. Rows over existing entries name them; the others are matched by the book's key at the server. */
export function pasteRows(planned: PastePlan, over: readonly ({ id: number; version: number } | undefined)[]): PasteRow[] {
  return planned.lines.map((line, at) => {
    const values: Record<string, Json> = {}
    planned.fields.forEach((field, column) => {
      if (field) values[field.id] = line[column]?.trim() || null
    })
    const entry = over[at]
    return entry ? { entry: entry.id, based_on: entry.version, values } : { values }
  })
}
