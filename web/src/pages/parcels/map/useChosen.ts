// Parcels that were chosen on a map of tiles and may not be among the first rows: each with its row and its boundary.
import type * as GeoJSON from 'geojson'
import { useQueries } from '@tanstack/vue-query'
import { computed } from 'vue'
import { get } from '@/api/client'
import type { ParcelPage, ParcelRow, ParcelView } from '@/api/parcels'
import type { MapState, useMapData } from './useMap'

export interface Chosen { row: ParcelRow; geometry?: GeoJSON.Geometry }

export function useChosen(state: MapState, data: ReturnType<typeof useMapData>) {
  const wanted = computed(() => (data.tiled.value ? [...new Set([...(state.value.picked === undefined ? [] : [state.value.picked]), ...state.value.compared])] : []))
  const found = useQueries({
    queries: computed(() => wanted.value.map((entry) => {
      const at = { on: data.on.value, year: data.year.value }
      const shown = { run: data.run.value, measure: data.measure.value ? [data.measure.value] : [] }
      return {
        queryKey: ['parcel-chosen', entry, at, shown], staleTime: 60_000,
        queryFn: async ({ signal }: { signal: AbortSignal }): Promise<Chosen> => {
          const view = await get<ParcelView>(`/parcels/${entry}`, at, { signal })
          const page = await get<ParcelPage>('/parcels', { ...at, ...shown, filter: [`code:eq:${view.row.code}`], limit: 10 }, { signal })
          return { row: page.items.find((row) => row.entry === entry) ?? view.row, geometry: view.geometry }
        },
      }
    })),
  })
  return computed(() => new Map(found.value.flatMap(({ data: one }) => (one ? [[one.row.entry, one] as const] : []))))
}
