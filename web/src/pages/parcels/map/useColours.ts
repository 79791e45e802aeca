// The colouring of the map from its state and its rows: classes, colours, legend, and how a list line says its value.
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import type { LegendItem, MeasureHead, ParcelRow } from '@/api/parcels'
import { group, round, titleOf, writeAmount } from '@/format'
import { amount, gradeWords, percent } from '../wording'
import { byChange, byGrade, byKind, byMeasure, differences, gradeMoves, measureOf, numbers, type Colouring, type LegendLine, type Say } from './colouring'
import { changeColours, gradeColours, kindColours, measureColours, UNJUDGED } from './palette'
import { wordsOf } from './style'
import type { MapState, useMapData } from './useMap'

const EMPTY: Colouring = { colours: [], breaks: [], classes: new Map(), legend: [] }

/** Colours for the classes that come with tiles: those of a measure lie in order, those of grades too. */
function ofTiles(items: readonly LegendItem[], color: string): { colours: string[]; legend: LegendLine[]; words: string[] } {
  const known = items.filter((item) => item.class !== 'none')
  const colours = color === 'grade' ? gradeColours(known.length) : color === 'state' ? kindColours(known.length) : color === 'change' ? changeColours(known.length) : measureColours(known.length)
  const legend = items.map((item) => {
    const k = known.indexOf(item)
    return { k, colour: k < 0 ? UNJUDGED : colours[k % colours.length]!, text: item.title, count: item.count, hatched: k < 0 }
  })
  return { colours, legend, words: known.map((item) => item.class) }
}

export function useColours(state: MapState, data: ReturnType<typeof useMapData>) {
  const { t } = useI18n()
  const head = computed<MeasureHead | undefined>(() => data.measures.value.find((one) => one.id === data.measure.value))
  const items = computed(() => data.rows.data.value?.items ?? [])
  const say = computed<Say>(() => {
    const unit = head.value?.unit
    const write = (value: number, places: number) => (unit && !state.value.per ? writeAmount(value.toFixed(places), unit, places).text : group(value.toFixed(places)))
    return {
      none: t('parcels.map.no_value'),
      range: (from, to, places) => (from === to ? write(from, places) : t('parcels.map.range', { from: write(from, places), to: write(to, places) })),
    }
  })
  const read = (row: ParcelRow): string | null | undefined => (data.measure.value ? measureOf(row, data.measure.value, state.value.per) : data.color.value === 'coverage' ? row.coverage : undefined)

  const all = computed<Colouring>(() => {
    const [rows, count] = [items.value, items.value.length]
    const before = state.value.against === undefined ? undefined : data.before.data.value?.items
    const color = data.color.value
    if (before) {
      const moved = color === 'grade' ? gradeMoves(rows, before, data.order.value) : differences(numbers(rows, read), numbers(before, read))
      return byChange(moved, count, say.value)
    }
    if (color === 'grade') return byGrade(rows, data.order.value, t('parcels.map.no_grade'))
    if (color === 'state') return byKind(rows, (row) => row.state, t('parcels.map.no_value'))
    return byMeasure(numbers(rows, read), count, say.value)
  })
  const tiles = computed(() => (data.tiled.value ? ofTiles(data.shapes.data.value?.legend ?? [], data.color.value) : undefined))
  const colouring = computed<Colouring>(() => (tiles.value ? { ...EMPTY, colours: tiles.value.colours, legend: tiles.value.legend } : all.value))
  /** What is shown of it: one class of the legend, or all. */
  const classes = computed(() => (state.value.only === undefined ? colouring.value.classes : new Map([...colouring.value.classes].filter(([, k]) => k === state.value.only))))
  const own = computed(() => (tiles.value ? wordsOf('class', tiles.value.words) : undefined))
  const title = computed(() => {
    const { per, against } = state.value
    const color = data.color.value
    const unit = head.value?.unit ? (per ? t('parcels.unit_per_mu', { unit: head.value.unit }) : head.value.unit) : ''
    const name = head.value ? `${titleOf(head.value)}${unit ? `（${unit}）` : ''}` : t(`parcels.color.${color}`)
    return against === undefined ? name : t('parcels.map.change_of', { what: name })
  })
  function valueOf(row: ParcelRow): string {
    if (data.color.value === 'grade') return row.grade && row.score ? `${row.grade} · ${round(row.score, 1)}` : gradeWords(row, t)
    if (data.color.value === 'coverage') return percent(row.coverage, 0)
    if (data.color.value === 'state') return row.state ?? ''
    const value = read(row)
    return value === undefined || value === null ? t(`parcels.state.${row.values[0]?.state ?? 'missing'}`) : amount(value, state.value.per ? undefined : head.value?.unit)
  }
  const k = (row: ParcelRow): number => {
    if (!tiles.value) return colouring.value.classes.get(row.entry) ?? -1
    return data.color.value === 'grade' ? tiles.value.words.indexOf(row.grade ?? '') : -1
  }
  return { colouring, classes, own, title, valueOf, k, head, items }
}
