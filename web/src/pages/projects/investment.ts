// A project's months of one year: what was added up, and how the charts show it.
import type { ProjectView } from '@/api/types'
import { toPlot } from '@/format'
import { add } from '@/format/exact'

export interface MonthLine {
  period: string
  parts: Record<string, string>
  total?: string
  cumulative?: string
}

export function yearsOf(project: ProjectView): string[] {
  return [...new Set(project.months.map((m) => m.period.slice(0, 4)))].sort().toReversed()
}

/** The months of a year in order, each with the year so far: as returned, else added up while no month is missing. */
export function monthsOf(project: ProjectView, year: string): MonthLine[] {
  let cumulative: string | undefined = '0'
  return project.months
    .filter((m) => m.period.startsWith(year))
    .sort((a, b) => a.period.localeCompare(b.period))
    .map((m) => {
      cumulative = m.year_to_date ?? (cumulative !== undefined && m.total ? add(cumulative, m.total) : undefined)
      return { ...m, cumulative }
    })
}

const GRID = { left: 12, right: 16, top: 56, bottom: 8, containLabel: true }
const LEGEND = { top: 0, left: 0, itemWidth: 14, itemHeight: 8 }
const RULE = { lineStyle: { color: '#e6e9ed' } }

/** Composition by month, stacked; parts also differ by hatching, for those who cannot tell colours apart. */
export function stackOption(lines: readonly MonthLine[], parts: readonly { id: string; title: string }[], monthName: (period: string) => string, unit: string) {
  const tones = ['#1f5a96', '#7ba3cf', '#b4541a', '#9aa6b2', '#16703c', '#7b4fa3']
  return {
    grid: GRID,
    legend: LEGEND,
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
    xAxis: { type: 'category', data: lines.map((l) => monthName(l.period)), axisTick: { show: false } },
    yAxis: { type: 'value', name: unit, splitLine: RULE },
    series: parts.map((part, at) => ({
      name: part.title, type: 'bar', stack: 'parts', barMaxWidth: 34, data: lines.map((l) => toPlot(l.parts[part.id])),
      itemStyle: { color: tones[at % tones.length], borderColor: '#fff', borderWidth: 1 },
    })),
  }
}

/** A round number somewhat above, for the end of an axis. */
export function above(value: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1)
  return Math.ceil((value * 1.05) / step) * step
}

export function cumulativeOption(lines: readonly MonthLine[], plan: string | undefined, words: { series: string; plan: string }, monthName: (period: string) => string, unit: string) {
  return {
    grid: { ...GRID, right: 24 },
    legend: { ...LEGEND, show: false },
    tooltip: { trigger: 'axis' },
    xAxis: { type: 'category', data: lines.map((l) => monthName(l.period)), axisTick: { show: false } },
    yAxis: { type: 'value', name: unit, splitLine: RULE, // The plan is on the chart even where the year is far from it.
      max: plan ? (extent: { max: number }) => (extent.max < Number(plan) ? above(Number(plan)) : null) : undefined },
    series: [
      {
        name: words.series, type: 'line', symbolSize: 6, data: lines.map((l) => toPlot(l.cumulative)), itemStyle: { color: '#1f5a96' },
        markLine: plan ? { symbol: 'none', silent: true, lineStyle: { color: '#8a5300', type: 'dashed' }, label: { formatter: words.plan, color: '#8a5300', position: 'insideEndTop' }, data: [{ yAxis: Number(plan) }] } : undefined,
      },
    ],
  }
}
