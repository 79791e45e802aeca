// The colouring of the map from its state and its rows: classes, colours, legend, and how a list line says its value.
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import type { MeasureHead, ParcelRow } from '@/api/parcels'
import { group, round, titleOf, writeAmount } from '@/format'
import { amount, gradeWords, percent } from '../wording'
import { classOf } from './classes'
import { byChange, byGrade, byKind, byMeasure, differences, gradeMoves, measureOf, numbers, ofTiles, type Colouring, type Say } from './colouring'
import { wordsOf } from './style'
import type { MapState, useMapData } from './useMap'

/** The day a year before a day. */
const yearBefore = (day: string): string => `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`

export function useColours(state: MapState, data: ReturnType<typeof useMapData>) {
  const { t } = useI18n()
  const head = computed<MeasureHead | undefined>(() => data.measures.value.find((one) => one.id === data.measure.value))
  const items = computed(() => data.rows.data.value?.items ?? [])
  const say = computed<Say>(() => {
    const unit = head.value?.unit
    const write = (value: number, places: number) => (unit && !state.value.per ? writeAmount(value.toFixed(places), unit, places).text : group(value.toFixed(places)))
    return {
      none: t(data.color.value === 'grade' && state.value.against === undefined ? 'parcels.map.no_grade' : 'parcels.map.no_value'),
      beyond: (bound, places, below) => t(below ? 'parcels.map.below' : 'parcels.map.from_on', { n: write(bound, places) }),
      range: (from, to, places) => (from === to ? write(from, places) : t('parcels.map.range', { from: write(from, places), to: write(to, places) })),
    }
  })
  const read = (row: ParcelRow): string | null | undefined => (data.measure.value ? measureOf(row, data.measure.value, state.value.per) : data.color.value === 'coverage' ? row.coverage : undefined)

  const kind = (row: ParcelRow): string | null | undefined => {
    if (data.color.value !== 'change') return row.state
    return t(row.since && row.since > yearBefore(data.on.value ?? '') ? 'parcels.map.changed' : 'parcels.map.unchanged')
  }

  /** What is coloured by where it is a number: a value, or how far it moved. */
  const known = computed<Map<number, number> | undefined>(() => {
    const rows = items.value
    const color = data.color.value
    if (state.value.against === undefined) return color === 'grade' || color === 'state' || color === 'change' ? undefined : numbers(rows, read)
    const before = data.before.data.value?.items
    if (!before) return undefined
    return color === 'grade' ? gradeMoves(rows, before, data.order.value) : differences(numbers(rows, read), numbers(before, read))
  })
  const all = computed<Colouring>(() => {
    const [rows, count] = [items.value, items.value.length]
    const color = data.color.value
    if (known.value) return (state.value.against === undefined ? byMeasure : byChange)(known.value, count, say.value)
    if (color === 'grade') return byGrade(rows, data.order.value, t('parcels.map.no_grade'))
    return byKind(rows, kind, t('parcels.map.no_value'))
  })
  const tiles = computed(() => {
    if (!data.tiled.value) return undefined
    const color = data.color.value
    const plain = color === 'grade' ? 'grade' : color === 'state' || color === 'change' ? 'kind' : 'measure'
    return ofTiles(data.shapes.data.value?.legend ?? [], state.value.against === undefined ? plain : 'change', data.order.value, say.value)
  })
  const colouring = computed<Colouring>(() => tiles.value ?? all.value)
  /** What is shown of it: one class of the legend, or all. */
  const classes = computed(() => (state.value.only === undefined ? colouring.value.classes : new Map([...colouring.value.classes].filter(([, k]) => k === state.value.only))))
  const own = computed(() => (tiles.value ? wordsOf('class', tiles.value.words, state.value.only) : undefined))
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
    if (data.color.value === 'change') return kind(row) ?? ''
    const value = read(row)
    return value === undefined || value === null ? t(`parcels.state.${row.values[0]?.state ?? 'missing'}`) : amount(value, state.value.per ? undefined : head.value?.unit)
  }
  /** The class of a row, wherever the classes come from. */
  const k = (row: ParcelRow): number => {
    if (!tiles.value) return colouring.value.classes.get(row.entry) ?? -1
    const number = known.value?.get(row.entry)
    if (number !== undefined) return classOf(number, tiles.value.breaks)
    if (known.value || state.value.against !== undefined) return -1
    if (data.color.value === 'change') return tiles.value.legend.find((line) => line.text === kind(row))?.k ?? -1
    return tiles.value.words.indexOf((data.color.value === 'grade' ? row.grade : row.state) ?? '')
  }
  /** What the legend says of a class that a tile carries. */
  const classText = (word: unknown): string => {
    const at = tiles.value?.words.indexOf(String(word)) ?? -1
    return tiles.value?.legend.find((line) => line.k === at)?.text ?? ''
  }
  return { colouring, classes, own, title, valueOf, k, classText, head, items }
}
