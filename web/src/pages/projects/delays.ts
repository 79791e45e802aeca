// How late a milestone is. Deliberately absent: words (messages) and what the milestones are called (the server's list).
import { dayOf } from '@/components/Timeline'

export interface Milestone {
  id: string
  planned?: string | null
  actual?: string | null
}

export type Delay =
  | { kind: 'late' | 'early' | 'overdue'; days: number }
  | { kind: 'on_time' | 'open' | 'unknown' | 'empty' }

/** One milestone against a day; `passed` says that a later one has already happened, so that it can no longer be overdue. */
export function delayOf(milestone: Milestone, on: string, passed = false): Delay {
  const { planned, actual } = milestone
  if (actual) {
    if (!planned) return { kind: 'unknown' }
    const days = dayOf(actual) - dayOf(planned)
    return days > 0 ? { kind: 'late', days } : days < 0 ? { kind: 'early', days: -days } : { kind: 'on_time' }
  }
  if (!planned) return { kind: 'empty' }
  const days = dayOf(on) - dayOf(planned)
  return days > 0 && !passed ? { kind: 'overdue', days } : { kind: 'open' }
}

/** All milestones of a project, in their order. */
export function delaysOf(milestones: readonly Milestone[], on: string): Delay[] {
  const last = milestones.reduce((found, m, at) => (m.actual ? at : found), -1)
  return milestones.map((m, at) => delayOf(m, on, at < last))
}

/** What a list says of a project: the first thing overdue, else how the last thing that happened went. */
export function headline(milestones: readonly Milestone[], on: string): { milestone: Milestone; delay: Delay } | undefined {
  const delays = delaysOf(milestones, on)
  const overdue = delays.findIndex((d) => d.kind === 'overdue')
  if (overdue >= 0) return { milestone: milestones[overdue]!, delay: delays[overdue]! }
  const last = milestones.reduce((found, m, at) => (m.actual && delays[at]!.kind !== 'unknown' ? at : found), -1)
  return last >= 0 ? { milestone: milestones[last]!, delay: delays[last]! } : undefined
}
