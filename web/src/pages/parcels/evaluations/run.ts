// Small things about frozen evaluations: what their jobs end with, which rows a filter leaves, whose grade moved which way.
import type { ComparedSide, ResultRow, Stage } from '@/api/parcels'
import type { JobView } from '@/api/types'

export const TONE: Record<Stage, string> = { draft: '', area: 'note', result: 'good' }

/** The evaluation a job ended with. */
export function runOf(job: JobView): number | undefined {
  const result = job.state === 'done' ? (job.result as { run?: number; id?: number } | null | undefined) : undefined
  return result?.run ?? result?.id
}

export interface RowFilter { group: string; grade: string; status: string; q: string }
/** What stands where there is no grade. */
export const NO_GRADE = '-'

export function rowsLeft(rows: readonly ResultRow[], filter: RowFilter): ResultRow[] {
  const q = filter.q.trim().toLowerCase()
  return rows.filter((row) => (!filter.group || row.group === filter.group) && (!filter.grade || (row.grade ?? NO_GRADE) === filter.grade) && (!filter.status || row.status === filter.status)
    && (!q || row.name.toLowerCase().includes(q) || row.code.toLowerCase().includes(q)))
}

export type Order = 'score' | '-score' | 'name' | 'area'
/** Rows in an order; what has no score or area stands last either way. */
export function ordered(rows: readonly ResultRow[], order: Order): ResultRow[] {
  const number = (text: string | undefined | null): number | undefined => (text ? Number(text) : undefined)
  const last = (a: number | undefined, b: number | undefined, up: boolean): number => (a === undefined || b === undefined ? Number(a === undefined) - Number(b === undefined) : up ? a - b : b - a)
  return [...rows].sort((a, b) => {
    if (order === 'name') return a.name.localeCompare(b.name, 'zh-CN')
    if (order === 'area') return last(number(a.area), number(b.area), false)
    return last(number(a.score), number(b.score), order === 'score')
  })
}

/** Which way a grade moved in the order of a scheme: up, down, or neither because one side has none. */
export function direction(before: ComparedSide | undefined, after: ComparedSide | undefined, order: readonly string[]): 'up' | 'down' | 'none' {
  const [from, to] = [order.indexOf(before?.grade ?? ''), order.indexOf(after?.grade ?? '')]
  if (from < 0 || to < 0 || from === to) return 'none'
  return to < from ? 'up' : 'down'
}
