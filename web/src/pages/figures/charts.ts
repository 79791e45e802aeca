// What the chart library is told to draw. Deliberately absent: loading it (components/ChartBox.vue).
import type { GroupLine, SeriesPoint } from '@/api/types'
import { shift, toPlot } from '@/format'

/** What stands in the chart, in words. */
export interface ChartWords {
  value: string
  growth: string
  current: string
  prior: string
}

/** The point of a number moved, as it is in the tables beside the chart. */
const plot = (number: string | undefined | null, places: number) => (number === undefined || number === null ? null : toPlot(shift(number, places)))

const AXIS = { axisLine: { show: true }, axisTick: { show: false } }

/** Bars of the value with a line of its growth, on axes of their own. */
export function seriesOption(points: readonly SeriesPoint[], words: ChartWords, unit: string, places: number) {
  const growth = points.some((p) => p.yoy.percent !== undefined && p.yoy.percent !== null)
  return {
    grid: { left: 12, right: 12, top: 56, bottom: 8, containLabel: true },
    legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 8 },
    tooltip: { trigger: 'axis', renderMode: 'richText', confine: true },
    xAxis: { type: 'category', data: points.map((p) => p.period.slice(0, 7)), ...AXIS, axisLabel: { hideOverlap: true } },
    yAxis: [
      { type: 'value', name: unit, nameTextStyle: { align: 'left' }, splitLine: { lineStyle: { color: '#e6e9ed' } } },
      ...(growth ? [{ type: 'value', name: '%', splitLine: { show: false }, axisLabel: { formatter: '{value}' } }] : []),
    ],
    series: [
      { name: words.value, type: 'bar', data: points.map((p) => plot(p.value.number, places)), itemStyle: { color: '#7ba3cf' }, barMaxWidth: 22 },
      ...(growth
        ? [{ name: words.growth, type: 'line', yAxisIndex: 1, connectNulls: false, symbolSize: 5, data: points.map((p) => toPlot(p.yoy.percent === undefined || p.yoy.percent === null ? undefined : p.yoy.percent)), itemStyle: { color: '#b4541a' }, lineStyle: { width: 1.5 } }]
        : []),
    ],
  }
}

/** Lying bars of the groups: now and a year before. */
export function groupsOption(lines: readonly GroupLine[], words: ChartWords, unit: string, places: number) {
  const upwards = lines.toReversed()
  const prior = lines.some((line) => typeof line.prior.number === 'string')
  return {
    grid: { left: 12, right: 56, top: 32, bottom: 8, containLabel: true },
    legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 8 },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, renderMode: 'richText', confine: true },
    xAxis: { type: 'value', name: unit, splitLine: { lineStyle: { color: '#e6e9ed' } } },
    yAxis: { type: 'category', data: upwards.map((line) => line.name), ...AXIS, axisLabel: { width: 230, overflow: 'truncate' } },
    series: [
      ...(prior ? [{ name: words.prior, type: 'bar', data: upwards.map((line) => plot(line.prior.number, places)), itemStyle: { color: '#c3ccd6' }, barMaxWidth: 12, barGap: '10%' }] : []),
      { name: words.current, type: 'bar', data: upwards.map((line) => plot(line.value.number, places)), itemStyle: { color: '#3a74b4' }, barMaxWidth: 12 },
    ],
  }
}
