import { describe, expect, it } from 'vitest'
import { dateOf, dayOf, rangeOf, ticks } from '@/components/Timeline'
import { delaysOf, headline } from '@/pages/projects/delays'
import { monthsOf, yearsOf } from '@/pages/projects/investment'
import { asOf } from '@/pages/projects/useAsOf'
import type { ProjectView } from '@/api/types'

describe('delays', () => {
  const on = '2023-10-31'
  it('counts days between plan and deed, over a leap day too', () => {
    const milestones = [
      { id: 'a', planned: '2020-02-27', actual: '2020-03-01' }, // 28, 29 February, 1 March
      { id: 'b', planned: '2020-05-10', actual: '2020-05-08' },
      { id: 'c', planned: '2020-06-01', actual: '2020-06-01' },
      { id: 'd', actual: '2020-07-01' },
      { id: 'e', planned: '2023-10-01' },
      { id: 'f', planned: '2023-12-01' },
      { id: 'g' },
    ]
    expect(delaysOf(milestones, on)).toEqual([
      { kind: 'late', days: 3 }, { kind: 'early', days: 2 }, { kind: 'on_time' }, { kind: 'unknown' }, { kind: 'overdue', days: 30 }, { kind: 'open' }, { kind: 'empty' },
    ])
    expect(headline(milestones, on)?.milestone.id).toBe('e')
  })
  it('does not call overdue what a later milestone has passed', () => {
    const milestones = [{ id: 'a', planned: '2023-01-01' }, { id: 'b', planned: '2023-03-01', actual: '2023-03-11' }]
    expect(delaysOf(milestones, on)[0]).toEqual({ kind: 'open' })
    expect(headline(milestones, on)).toEqual({ milestone: milestones[1], delay: { kind: 'late', days: 10 } })
  })
})

describe('the day projects are judged on', () => {
  it('is today while the data is fresh, else the last day it covers', () => {
    expect(asOf('2023-12-20', '2023-10')).toEqual({ date: '2023-12-20', isToday: true })
    expect(asOf('2026-01-01', '2023-02')).toEqual({ date: '2023-02-28', isToday: false })
    expect(asOf('2026-01-01', '')).toEqual({ date: '2026-01-01', isToday: true })
  })
})

describe('the strip of time', () => {
  it('covers whole years and is ruled by quarters', () => {
    const [from, to] = rangeOf([{ id: 1, title: '', note: '', marks: [{ id: 'a', label: '', planned: '2022-05-01', actual: '2023-02-01' }] }], '2023-10-31')
    expect([dateOf(from), dateOf(to)]).toEqual(['2022-01-01', '2024-01-01'])
    expect(ticks(from, to, 'quarter').map((t) => t.label)).toEqual(['2022', 'Q2', 'Q3', 'Q4', '2023', 'Q2', 'Q3', 'Q4'])
    expect(ticks(from, to, 'month')).toHaveLength(24)
    expect(dayOf('1970-01-02')).toBe(1)
  })
})

describe('investment', () => {
  it('adds up the months of a year exactly, in their order', () => {
    const project = { months: [{ period: '2023-03', parts: {}, total: '0.2' }, { period: '2022-12', parts: {}, total: '9' }, { period: '2023-02', parts: {}, total: '0.1' }] } as unknown as ProjectView
    expect(yearsOf(project)).toEqual(['2023', '2022'])
    expect(monthsOf(project, '2023').map((m) => [m.period, m.cumulative])).toEqual([['2023-02', '0.1'], ['2023-03', '0.3']])
  })
})
