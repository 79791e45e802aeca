// States of the coverage matrix. Deliberately absent: what counts as known, and which rows are asked for – the server says it.
import type { CoverageCell } from '@/api/parcels'

export type CellState = CoverageCell['state']
export const STATES: readonly CellState[] = ['present', 'estimated', 'conflicting', 'missing', 'none']
/** Signs that are told apart without colour. */
export const SIGN: Record<CellState, string> = { present: '●', estimated: '◐', conflicting: '≠', missing: '○', none: '–' }
