// A chart of a report as an ECharts option.
import type { EChartsCoreOption } from 'echarts/core'
import type { ReportChart as Chart } from '@/api/types'

/** The numbers come as texts, exact as printed; a chart is the one place where they become floats. */
export function optionOf(chart: Chart): EChartsCoreOption {
  const pie = chart.series.find((series) => series.kind === 'pie')
  if (pie) return pieOf(chart.categories, pie)
  const lying = chart.series.some((series) => series.kind === 'bar')
  const second = chart.series.some((series) => series.second_axis)
  const unit = (of: boolean) => chart.series.find((series) => series.second_axis === of)?.unit ?? ''
  const names = { type: 'category', data: chart.categories, inverse: lying, axisTick: { show: false } }
  const values = [{ type: 'value', name: unit(false) }, ...(second ? [{ type: 'value', name: unit(true), splitLine: { show: false } }] : [])]
  return {
    legend: chart.series.length > 1 ? { bottom: 0 } : undefined,
    grid: { left: 12, right: second ? 12 : 40, top: 32, bottom: chart.series.length > 1 ? 36 : 8, containLabel: true },
    xAxis: lying ? values : names,
    yAxis: lying ? names : values,
    series: chart.series.map((series) => ({
      name: series.title,
      type: series.kind === 'line' ? 'line' : 'bar',
      yAxisIndex: !lying && series.second_axis ? 1 : 0,
      barMaxWidth: 36,
      label: { show: true, position: lying ? 'right' : 'top', fontSize: 10, formatter: ({ dataIndex }: { dataIndex: number }) => series.points[dataIndex] ?? '' },
      data: series.points.map((point) => (point === null || point === undefined ? null : Number(point))),
    })),
  }
}

/** Slices named where they lie, with the printed numbers. */
function pieOf(names: readonly string[], series: Chart['series'][number]): EChartsCoreOption {
  const shown = new Map(names.flatMap((name, at) => (series.points[at] ? [[name, series.points[at]] as const] : [])))
  return {
    series: [{
      name: series.title,
      type: 'pie',
      radius: '68%',
      // The number stands below its name: a long name is never cut before it.
      label: { fontSize: 10, overflow: 'break', formatter: ({ name }: { name: string }) => `${name}\n${shown.get(name) ?? ''}` },
      itemStyle: { borderColor: '#fff', borderWidth: 1 },
      data: [...shown].map(([name, point]) => ({ name, value: Number(point) })),
    }],
  }
}
