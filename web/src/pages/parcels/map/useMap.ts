// What the map shows, as its address says: the colouring, the day, the year, the evaluation, what it is compared with, and what is
// chosen. Reload and links keep it all.
import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed, ref, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { get } from '@/api/client'
import type { ParcelCoverage, ParcelMap, RunSummary, SchemeView } from '@/api/parcels'
import type { Items } from '@/api/types'
import { allRows } from './rows'

export const PLAIN = ['grade', 'coverage', 'state'] as const

/** The address of the map as state, and how to change it. */
export function useMapState() {
  const route = useRoute()
  const router = useRouter()
  const one = (name: string): string => (typeof route.query[name] === 'string' ? (route.query[name] as string) : '')
  const number = (name: string): number | undefined => (/^\d+$/.test(one(name)) ? Number(one(name)) : undefined)
  const state = computed(() => ({
    color: one('color') || 'grade', per: one('per') !== '0', on: one('on'), year: number('year'), run: number('run'), against: number('with'), q: one('q'),
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
export function useMapData(state: MapState) {
  const tiled = ref(false)
  const shapes = useQuery(computed(() => {
    // Shapes do not depend on the colouring while all are here: then the page paints them from its rows.
    const query = { on: state.value.on, year: state.value.year, run: state.value.run, color: tiled.value ? state.value.color : undefined }
    return { queryKey: ['parcel-map', query], queryFn: ({ signal }: { signal: AbortSignal }) => get<ParcelMap>('/parcels/map', query, { signal }), placeholderData: keepPreviousData, staleTime: 60_000 }
  }))
  watch(shapes.data, (data) => { tiled.value = Boolean(data?.tiles) }, { immediate: true })
  const measure = computed(() => (state.value.color.startsWith('measure:') ? state.value.color.slice('measure:'.length) : undefined))
  const rowsOf = (run: number | undefined, year: number | undefined, enabled: boolean) => {
    const query = { on: state.value.on, year, run, measure: measure.value ? [measure.value] : [], q: tiled.value ? state.value.q : '' }
    return { queryKey: ['parcels', query], queryFn: ({ signal }: { signal: AbortSignal }) => allRows(query, signal), enabled, placeholderData: keepPreviousData, staleTime: 60_000 }
  }
  const rows = useQuery(computed(() => rowsOf(state.value.run, state.value.year, shapes.data.value !== undefined)))
  const before = useQuery(computed(() => (measure.value ? rowsOf(state.value.run, state.value.against, state.value.against !== undefined) : rowsOf(state.value.against, state.value.year, state.value.against !== undefined))))
  const runs = useQuery({ queryKey: ['evaluations'], queryFn: ({ signal }) => get<Items<RunSummary>>('/evaluations', {}, { signal }) })
  const parcelRuns = computed(() => (runs.data.value?.items ?? []).filter((run) => run.subject === 'parcel'))
  const scheme = computed(() => parcelRuns.value.find((run) => run.id === (rows.data.value?.run ?? state.value.run))?.scheme)
  const grades = useQuery(computed(() => ({ queryKey: ['scheme', scheme.value], queryFn: () => get<SchemeView>(`/schemes/${scheme.value}`), enabled: scheme.value !== undefined, staleTime: Infinity })))
  const coverage = useQuery(computed(() => ({ queryKey: ['parcel-coverage', state.value.year], queryFn: ({ signal }: { signal: AbortSignal }) => get<ParcelCoverage>('/parcels/coverage', { year: state.value.year }, { signal }), staleTime: 60_000 })))
  const measures = computed(() => coverage.data.value?.domains.flatMap((domain) => domain.measures) ?? [])
  const order = computed(() => grades.data.value?.grades.map((grade) => grade.id) ?? [])
  return { shapes, tiled, measure, rows, before, parcelRuns, order, measures }
}
