// Filters of the coverage matrix. Deliberately absent: what counts as known – the server says it cell by cell.
import type { CoverageCell, CoverageRow, Gap, ParcelCoverage } from '@/api/parcels'

export type CellState = CoverageCell['state']
export const STATES: readonly CellState[] = ['present', 'estimated', 'conflicting', 'missing', 'none']
/** Signs that are told apart without colour. */
export const SIGN: Record<CellState, string> = { present: '●', estimated: '◐', conflicting: '≠', missing: '○', none: '–' }

export interface MatrixFilter { department: string; domain: string; state: string; status: string; q: string }

/** The gaps of a department, of all where none is named. */
export function gapsOf(coverage: ParcelCoverage, department: string): Gap[] {
  return coverage.gaps.filter((list) => !department || list.department === department).flatMap((list) => list.gaps)
}
/** The rows that a filter leaves: with gaps of the department, with a cell in the state (in the domain, where one is named). */
export function filtered(coverage: ParcelCoverage, filter: MatrixFilter): CoverageRow[] {
  const lacking = filter.department ? new Set(gapsOf(coverage, filter.department).map((gap) => gap.parcel)) : undefined
  const at = coverage.domains.findIndex((domain) => domain.id === filter.domain)
  const q = filter.q.trim().toLowerCase()
  return coverage.rows.filter((row) => {
    const cells = at >= 0 ? [row.cells[at]!] : row.cells
    return (!lacking || lacking.has(row.entry)) && (!filter.state || cells.some((cell) => cell.state === filter.state)) && (!filter.status || row.status === filter.status)
      && (!q || row.name.toLowerCase().includes(q) || row.code.toLowerCase().includes(q))
  })
}
