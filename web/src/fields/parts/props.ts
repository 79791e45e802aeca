// What every Edit and Show of a field kind is given.
import type { Cell, FieldDef, Json } from '../../api/types'

export interface EditProps {
  field: FieldDef
  /** The raw value: decimal text, ISO date, period, boolean, entry number(s), or null. */
  modelValue: Json
  disabled?: boolean
  /** Set when a label of the form names it; without one the control names itself. */
  id?: string
  /** The cell the value came from, so that a reference can show its title without asking. */
  cell?: Cell
}
export interface ShowProps { field: FieldDef; cell: Cell }
export interface EditEmits { 'update:modelValue': [value: Json] }

/** A raw value as text for a control. */
export function textOf(value: Json): string {
  return value === null || value === undefined ? '' : String(value)
}
/** Full-width digits and signs become plain ones; spaces around go. */
export function plain(text: string): string { return text.normalize('NFKC').trim() }
