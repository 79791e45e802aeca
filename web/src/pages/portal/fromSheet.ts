// What was copied from a spreadsheet, as values of a return: one item a row, or a row of headings with the values below it.
import type { FieldDef } from '@/api/types'
import { named } from '../books/paste'

export interface Pasted {
  values: Record<string, string>
  /** Names that no field has. */
  unknown: string[]
  /** There were more rows of values than the one that was taken. */
  more: boolean
}

const numeric = (field: FieldDef): boolean => ['amount', 'decimal', 'integer'].includes(field.kind)
const isNumber = (text: string): boolean => /^[-+]?[\d,]*\.?\d+%?$/.test(text.normalize('NFKC').replace(/\s/g, ''))
const clean = (field: FieldDef, text: string): string => (numeric(field) ? text.normalize('NFKC').replace(/[,\s]/g, '').replace(/%$/, '') : text.trim())

/** The value in a row behind its name: not the unit; of a number, the first that is one. */
function valueOf(field: FieldDef, cells: string[]): string {
  const said = cells.map((cell) => cell.trim()).filter((cell) => cell !== '' && cell !== field.unit)
  return clean(field, (numeric(field) ? said.find(isNumber) : undefined) ?? said[0] ?? '')
}

export function fromSheet(fields: readonly FieldDef[], rows: readonly string[][]): Pasted {
  const form = { fields }
  const filled = rows.filter((row) => row.some((cell) => cell.trim() !== ''))
  const headings = (filled[0] ?? []).map((text) => named(form, text))
  const out: Pasted = { values: {}, unknown: [], more: false }
  const put = (field: FieldDef, text: string): void => { if (text !== '' && !(field.id in out.values)) out.values[field.id] = text }
  if (headings.filter(Boolean).length > 1) {
    headings.forEach((field, at) => {
      if (field) put(field, clean(field, filled[1]?.[at] ?? ''))
      else if (filled[0]![at]!.trim()) out.unknown.push(filled[0]![at]!.trim())
    })
    out.more = filled.length > 2
    return out
  }
  for (const row of filled) {
    const at = row.findIndex((cell) => named(form, cell) !== undefined)
    if (at >= 0) put(named(form, row[at]!)!, valueOf(named(form, row[at]!)!, row.slice(at + 1)))
    else if (row[0]?.trim() && row.slice(1).some((cell) => isNumber(cell))) out.unknown.push(row[0].trim())
  }
  return out
}
