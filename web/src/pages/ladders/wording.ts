// How a standing is shown: held, met, one condition away, not met, unknown – never by colour alone.
import type { StandingRow } from '@/api/ladders'
import { trim, writeAmount } from '@/format'

export type Shown = 'met' | 'near' | 'not_met' | 'unknown'
/** Whether the qualification is held. */
export function holds(row: Pick<StandingRow, 'standing'>): boolean { return row.standing === 'recognised' || row.standing === 're_recognised' }
/** The verdict, and whether one condition alone is in the way. */
export function shownAs(row: Pick<StandingRow, 'verdict' | 'near'>): Shown { return row.near ? 'near' : row.verdict }
export const TONES: Record<Shown, string> = { met: 'good', near: 'note', not_met: '', unknown: 'warning' }

/** A number with its unit, two places at most; nothing for none. */
export function amount(number: string | null | undefined, unit?: string | null): string {
  if (number === undefined || number === null) return ''
  const written = writeAmount(number, unit ?? undefined, 2)
  return `${trim(written.text)}${written.unit ? ` ${written.unit}` : ''}`
}
const SIGNS: Record<string, string> = { at_least: '≥', above: '>', at_most: '≤', below: '<' }
/** What a criterion asks for. */
export function threshold(of: { threshold?: string | null; side?: string | null; unit?: string | null }): string {
  return of.threshold === undefined || of.threshold === null ? '' : `${SIGNS[of.side ?? ''] ?? ''} ${amount(of.threshold, of.unit)}`
}
