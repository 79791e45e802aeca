// The fields of a book in the sections of its form, by kind, each in the order the book has them.
import type { BookDef, FieldDef } from '@/api/types'
import { type FormPart, fieldKind } from '@/fields/registry'

export type SectionId = FormPart | 'personal'
export interface Section { id: SectionId; fields: FieldDef[] }

const ORDER: readonly SectionId[] = ['identity', 'numbers', 'classes', 'text', 'personal']

function sectionOf(book: BookDef, field: FieldDef): SectionId {
  if (field.class === 'personal') return 'personal'
  const names = book.key.includes(field.id) || field.id === book.display || field.id === book.subject
  return names ? 'identity' : fieldKind(field.kind).part
}

export function sections(book: BookDef): Section[] {
  return ORDER.map((id) => ({ id, fields: book.fields.filter((field) => sectionOf(book, field) === id) })).filter(
    (section) => section.fields.length > 0,
  )
}
