// Which columns a book's grid has, how wide they are and how they are filtered. Follows the kinds of fields alone.
import type { BookDef, FieldDef } from '@/api/types'
import type { GridColumn } from '@/components/DataGridTypes'
import { fieldKind } from '@/fields/registry'
import { titleOf } from '@/format'

/** More columns than this are chosen by the reader, not shown at once. */
const AT_FIRST = 14

function width(field: FieldDef, first: boolean): number {
  const heading = [...titleOf(field)].reduce((sum, letter) => sum + (letter > 'ÿ' ? 14 : 8), field.unit ? 96 : 60)
  return Math.min(260, Math.max(first ? 220 : fieldKind(field.kind).width, heading))
}

export function gridColumn(field: FieldDef, first: boolean, widths: Record<string, number>): GridColumn {
  const { numeric, filter } = fieldKind(field.kind)
  return {
    id: field.id,
    title: titleOf(field),
    unit: field.unit,
    width: widths[field.id] ?? width(field, first),
    right: numeric,
    masked: field.masked,
    filter,
  }
}

function leading(book: BookDef): string[] {
  return [book.display, book.subject, ...book.key].filter((id): id is string => !!id)
}

/** Every field in the order of reading: what names an entry, what makes it unique, the rest as the book has it. */
export function ordered(book: BookDef): FieldDef[] {
  const lead = leading(book)
  const rank = (field: FieldDef): number => (lead.includes(field.id) ? lead.indexOf(field.id) : lead.length)
  return book.fields.toSorted((a, b) => rank(a) - rank(b))
}

export function firstColumns(book: BookDef): string[] {
  const fields = ordered(book).filter((field) => !fieldKind(field.kind).large)
  if (fields.length <= AT_FIRST) return fields.map((field) => field.id)
  // Too many: what must be filled comes before what may stay empty, numbers and classes before codes and remarks.
  const lead = leading(book)
  const rank = (field: FieldDef): number => {
    if (lead.includes(field.id)) return 0
    const { part } = fieldKind(field.kind)
    if (part === 'numbers') return 2
    return field.required ? 1 : part === 'classes' ? 2 : 3
  }
  return fields.toSorted((a, b) => rank(a) - rank(b)).slice(0, AT_FIRST).map((field) => field.id)
}

/** The chosen columns that the book (still) has, or those it shows at first. */
export function shownColumns(book: BookDef, chosen: readonly string[]): string[] {
  const known = chosen.filter((id) => book.fields.some((field) => field.id === id))
  return known.length > 0 ? known : firstColumns(book)
}

/** Fields that entries are usefully grouped by. */
export function groupFields(book: BookDef): FieldDef[] {
  return ordered(book).filter((field) => ['values', 'month'].includes(fieldKind(field.kind).filter) && !field.masked)
}
