// How a standing is shown: held, met, one condition away, not met, unknown – never by colour alone.
import type { StandingRow } from '@/api/ladders'

export type Shown = 'met' | 'near' | 'not_met' | 'unknown'
/** Whether the qualification is held. */
export function holds(row: Pick<StandingRow, 'standing'>): boolean { return row.standing === 'recognised' || row.standing === 're_recognised' }
/** The verdict, and whether one condition alone is in the way. */
export function shownAs(row: Pick<StandingRow, 'verdict' | 'near'>): Shown { return row.near ? 'near' : row.verdict }
export const TONES: Record<Shown, string> = { met: 'good', near: 'note', not_met: '', unknown: 'warning' }
