// What the map shows, as its address says: the colouring, the day, the year, the evaluation, what it is compared with, and what is
// chosen. Reload and links keep it all.
import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed, ref, watch, type Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { get } from '@/api/client'
import type { ParcelCoverage, ParcelMap, RunSummary, SchemeView } from '@/api/parcels'
import type { Items } from '@/api/types'
import type { Ground } from '../ground'
import { allRows } from './rows'

export const PLAIN = ['grade', 'coverage', 'state', 'change'] as const

/** The address of the map as state, and how to change it. */
export function useMapState() {
  const route = useRoute()
  const router = useRouter()
  const one = (name: string): string => (typeof route.query[name] === 'string' ? (route.query[name] as string) : '')
  const number = (name: string): number | undefined => (/^\d+$/.test(one(name)) ? Number(one(name)) : undefined)
  const state = computed(() => ({
    color: one('color'), per: one('per') !== '0', on: one('on'), year: number('year'), run: number('run'), against: number('with'), q: one('q'),
    picked: number('sel'), compared: one('cmp').split(',').filter((id) => /^\d+$/.test(id)).map(Number).slice(0, 2), only: one('only') === '' ? undefined : Number(one('only')),
    labels: one('labels') !== '0', buildings: one('buildings') !== '0',
  }))
  function change(patch: Record<string, string | number | undefined>): void {
    const query = Object.fromEntries(Object.entries({ ...route.query, ...patch }).flatMap(([key, value]) => (value === undefined || value === '' ? [] : [[key, String(value)]])))
    void router.replace({ query })
  }
  return { state, change }
}
export type MapState = ReturnType<typeof useMapState>['state']

/** What the map needs from the server. */
export function useMapData(state: MapState, ground: Ref<Ground | undefined>) {
  const on = computed(() => state.value.on || ground.value?.day)
  const year = computed(() => state.value.year ?? ground.value?.year)
  const runs = useQuery({ queryKey: ['evaluations'], queryFn: ({ signal }) => get<Items<RunSummary>>('/evaluations', {}, { signal }) })
  const parcelRuns = computed(() => (runs.data.value?.items ?? []).filter((run) => run.subject === 'parcel'))
  /** Grades where there are any; before the first evaluation, how the land is used. */
  const color = computed(() => state.value.color || (parcelRuns.value.length ? 'grade' : 'state'))
  const run = computed(() => state.value.run ?? parcelRuns.value[0]?.id)
  const settled = computed(() => ground.value !== undefined && !runs.isPending.value)
  const tiled = ref(false)
  const shapes = useQuery(computed(() => {
    // Shapes do not depend on the colouring while all are here: then the page paints them from its rows.
    const painted = tiled.value ? { color: color.value, with: state.value.against, whole: state.value.per ? undefined : 'true' } : {}
    const query = { on: on.value, year: year.value, run: run.value, ...painted }
    return { queryKey: ['parcel-map', query], queryFn: ({ signal }: { signal: AbortSignal }) => get<ParcelMap>('/parcels/map', query, { signal }), enabled: settled.value, placeholderData: keepPreviousData, staleTime: 60_000 }
  }))
  watch(shapes.data, (data) => { tiled.value = Boolean(data?.tiles) }, { immediate: true })
  const measure = computed(() => (color.value.startsWith('measure:') ? color.value.slice('measure:'.length) : undefined))
  const rowsOf = (ofRun: number | undefined, ofYear: number | undefined, enabled: boolean) => {
    const query = { on: on.value, year: ofYear, run: ofRun, measure: measure.value ? [measure.value] : [], q: tiled.value ? state.value.q : '' }
    return { queryKey: ['parcels', query], queryFn: ({ signal }: { signal: AbortSignal }) => allRows(query, signal), enabled, placeholderData: keepPreviousData, staleTime: 60_000 }
  }
  const rows = useQuery(computed(() => rowsOf(run.value, year.value, shapes.data.value !== undefined)))
  // Grades are compared between evaluations, everything else between years.
  const before = useQuery(computed(() => (color.value !== 'grade' ? rowsOf(run.value, state.value.against, state.value.against !== undefined) : rowsOf(state.value.against, year.value, state.value.against !== undefined))))
  const scheme = computed(() => parcelRuns.value.find((one) => one.id === run.value)?.scheme)
  const grades = useQuery(computed(() => ({ queryKey: ['scheme', scheme.value], queryFn: () => get<SchemeView>(`/schemes/${scheme.value}`), enabled: scheme.value !== undefined, staleTime: Infinity })))
  const coverage = useQuery(computed(() => ({ queryKey: ['parcel-domains', String(year.value ?? '')], queryFn: ({ signal }: { signal: AbortSignal }) => get<ParcelCoverage>('/parcels/coverage', { year: year.value, limit: 1, gaps: 0 }, { signal }), enabled: year.value !== undefined, staleTime: 60_000 })))
  const measures = computed(() => coverage.data.value?.domains.flatMap((domain) => domain.measures) ?? [])
  const order = computed(() => grades.data.value?.grades.filter((grade) => grade.ranked).map((grade) => grade.id) ?? [])
  return { on, year, color, run, shapes, tiled, measure, rows, before, parcelRuns, order, measures }
}
