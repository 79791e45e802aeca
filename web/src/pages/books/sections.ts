// The fields of a book in the sections of its form, by kind, each in the order the book has them.
import type { BookDef, FieldDef, FieldKind } from '@/api/types'

export type SectionId = 'identity' | 'numbers' | 'dates' | 'text' | 'personal'
export interface Section { id: SectionId; fields: FieldDef[] }

const ORDER: readonly SectionId[] = ['identity', 'numbers', 'dates', 'text', 'personal']
const CODES: readonly FieldKind[] = ['uscc', 'orgcode', 'parcel_code']
const NUMBERS: readonly FieldKind[] = ['integer', 'decimal', 'amount']
const STATES: readonly FieldKind[] = ['date', 'month', 'period', 'year', 'choice', 'boolean']

function sectionOf(book: BookDef, field: FieldDef): SectionId {
  if (field.class === 'personal') return 'personal'
  if (book.key.includes(field.id) || field.id === book.display || field.id === book.subject || CODES.includes(field.kind)) return 'identity'
  if (NUMBERS.includes(field.kind)) return 'numbers'
  return STATES.includes(field.kind) ? 'dates' : 'text'
}

export function sections(book: BookDef): Section[] {
  return ORDER.map((id) => ({ id, fields: book.fields.filter((field) => sectionOf(book, field) === id) })).filter(
    (section) => section.fields.length > 0,
  )
}
