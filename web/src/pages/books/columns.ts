// Which columns a book's grid has, how wide they are and how they are filtered. Follows the kinds of fields alone.
import type { BookDef, FieldDef, FieldKind } from '@/api/types'
import type { FilterShape, GridColumn } from '@/components/DataGridTypes'
import { titleOf } from '@/format'

/** More columns than this are chosen by the reader, not shown at once. */
const AT_FIRST = 14
const NUMBERS: readonly FieldKind[] = ['integer', 'decimal', 'amount']
const VALUES: readonly FieldKind[] = ['choice', 'boolean', 'reference', 'year', 'unit', 'figure']
const MONTHS: readonly FieldKind[] = ['month', 'period']
/** What a cell of a list cannot show. */
const LARGE: readonly FieldKind[] = ['geometry', 'file']

export function isNumber(field: FieldDef): boolean {
  return NUMBERS.includes(field.kind)
}

export function filterShape(kind: FieldKind): FilterShape {
  if (NUMBERS.includes(kind)) return 'number'
  if (VALUES.includes(kind)) return 'values'
  if (MONTHS.includes(kind)) return 'month'
  return kind === 'date' ? 'date' : 'text'
}

function width(field: FieldDef, first: boolean): number {
  const heading = [...titleOf(field)].reduce((sum, letter) => sum + (letter > 'ÿ' ? 14 : 8), field.unit ? 96 : 60)
  const own = NUMBERS.includes(field.kind)
    ? 120
    : { date: 112, month: 96, period: 112, year: 80, boolean: 80, choice: 128, phone: 128, person: 96, uscc: 184 }[field.kind as string] ?? 176
  return Math.min(260, Math.max(first ? 220 : own, heading))
}

export function gridColumn(field: FieldDef, first: boolean, widths: Record<string, number>): GridColumn {
  return {
    id: field.id,
    title: titleOf(field),
    unit: field.unit,
    width: widths[field.id] ?? width(field, first),
    right: isNumber(field),
    masked: field.masked,
    filter: filterShape(field.kind),
  }
}

/** Every field in the order of reading: what names an entry, what makes it unique, the rest as the book has it. */
export function ordered(book: BookDef): FieldDef[] {
  const lead = [book.display, book.subject, ...book.key].filter((id): id is string => !!id)
  const rank = (field: FieldDef): number => (lead.includes(field.id) ? lead.indexOf(field.id) : lead.length)
  return book.fields.toSorted((a, b) => rank(a) - rank(b))
}

export function firstColumns(book: BookDef): string[] {
  const fields = ordered(book).filter((field) => !LARGE.includes(field.kind))
  return fields.slice(0, AT_FIRST).map((field) => field.id)
}

/** The chosen columns that the book (still) has, or those it shows at first. */
export function shownColumns(book: BookDef, chosen: readonly string[]): string[] {
  const known = chosen.filter((id) => book.fields.some((field) => field.id === id))
  return known.length > 0 ? known : firstColumns(book)
}

/** Fields that entries are usefully grouped by. */
export function groupFields(book: BookDef): FieldDef[] {
  return ordered(book).filter((field) => ['values', 'month'].includes(filterShape(field.kind)) && !field.masked)
}
