// How a task is said: its target, actual, gap and pace in its own unit.
import { queryString } from '@/api/client'
import type { Task } from '@/api/types'
import { group, round, trim, writeAmount } from '@/format'

type Say = (key: string, values?: Record<string, unknown>) => string

const written = (number: string, unit: string | undefined) => {
  const shown = writeAmount(trim(number), unit)
  return `${shown.text}${shown.unit ?? ''}`
}

export const points = (number: string) => trim(round(number, 1))
export const percent = (number: string) => group(trim(round(number, 1)))

export function target(task: Task, t: Say): string {
  const text = written(task.target, task.unit)
  return task.at_least ? t('tasks.at_least', { text }) : text
}

/** At most two places: what has more comes from a division. */
export function amount(number: string | undefined, unit: string | undefined): string {
  return number === undefined || number === null ? '' : written(trim(round(number, 2)), unit)
}

/** What is missing; of percentages it is points, not percent. */
export function gap(task: Task, t: Say): string {
  if (!task.gap) return ''
  const ratio = task.kind === 'growth' || task.kind === 'share'
  return ratio ? t('tasks.points', { points: trim(round(task.gap, 2)) }) : amount(task.gap, task.unit)
}

export function status(task: Task, t: Say): string {
  if (task.status === 'behind') {
    // Levels are behind the year that has passed; rates have no schedule and are below their target.
    const below = task.kind === 'growth' || task.kind === 'share' ? 'below' : 'behind'
    return task.behind ? t(`tasks.${below}`, { points: points(task.behind) }) : t('tasks.status.behind')
  }
  if (task.status === 'no_data') return task.actual.blank?.text ?? t('tasks.status.no_data')
  return t(`tasks.status.${task.status}`)
}

/** Targets are of a year: the figure is asked for the year so far, where it can be. */
export function asked(period: string, windows: readonly string[] = []): { period: string; window?: string } {
  return windows.includes('ytd') ? { period, window: 'ytd' } : { period }
}

export const question = (period: string, windows?: readonly string[]) => queryString(asked(period, windows))

/** How it was forecast; methods this client has no words for speak for themselves. */
export function method(task: Task, t: Say, known: (key: string) => boolean): string {
  const { method: name = '', words = '' } = task.forecast ?? {}
  return known(`tasks.method.${name}`) ? t(`tasks.method.${name}`) : words || name
}

/** What makes a row of the list one of its own. */
export const keyOf = (task: Task) => `${task.figure} ${task.setter} ${task.kind}`

export function csvOf(tasks: readonly Task[], t: Say, titleOf: (task: Task) => string): string[][] {
  const columns = ['figure', 'setter', 'target', 'actual', 'progress', 'gap', 'pace', 'forecast', 'document'] as const
  const head = columns.flatMap((c) => (c === 'target' ? [t('tasks.columns.target'), t('common.unit')] : [t(`tasks.columns.${c}`)]))
  const rows = tasks.map((task) => [
    titleOf(task), task.setter, task.target, task.unit ?? '', task.actual.number ?? task.actual.blank?.text ?? '', task.progress ? `${percent(task.progress)}%` : '', task.gap ?? '', task.monthly_pace ?? '', task.forecast?.value ?? '', task.document ?? '',
  ])
  return [head, ...rows]
}
