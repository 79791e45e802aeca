// What lies around parcels on the map: the park's boundary, rivers, roads – whatever the book of boundaries holds on the day.
import type * as GeoJSON from 'geojson'
import { useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { get } from '@/api/client'
import { useContent } from '@/api/content'
import type { EntryPage } from '@/api/types'

export interface Area { name: string; geometry: GeoJSON.Geometry; from?: string; to?: string }

/** Those in force on a day; without days it always was. */
export function inForce(areas: readonly Area[], day: string): Area[] {
  return areas.filter((area) => (!area.from || area.from <= day) && (!area.to || area.to >= day))
}

export function useAreas(day: Ref<string | undefined>) {
  const { bookOfRole } = useContent()
  const book = computed(() => bookOfRole('boundary'))
  const shape = computed(() => book.value?.fields.find((one) => one.kind === 'geometry')?.id)
  /** The first two dates of the book are the first and last day, as in every register of spans. */
  const dates = computed(() => book.value?.fields.filter((one) => one.kind === 'date').slice(0, 2).map((one) => one.id) ?? [])
  const name = computed(() => book.value?.display ?? book.value?.key[0])
  const entries = useQuery(computed(() => ({
    queryKey: ['parcel-areas', book.value?.id], enabled: Boolean(book.value && shape.value && name.value), staleTime: 300_000,
    queryFn: async ({ signal }: { signal: AbortSignal }) => {
      const columns = [name.value!, shape.value!, ...dates.value]
      const page = await get<EntryPage>(`/books/${book.value!.id}/entries`, { columns: columns.join(','), limit: 1000 }, { signal })
      return page.items.flatMap(({ cells }): Area[] => {
        const text = cells[1]?.value
        if (typeof text !== 'string') return []
        const date = (at: number) => (typeof cells[at]?.value === 'string' ? cells[at].value : undefined)
        try { return [{ name: cells[0]?.text ?? '', geometry: JSON.parse(text) as GeoJSON.Geometry, from: date(2), to: date(3) }] } catch { return [] }
      })
    },
  })))
  return computed<GeoJSON.FeatureCollection>(() => ({
    type: 'FeatureCollection',
    features: inForce(entries.data.value ?? [], day.value ?? '').map((area) => ({ type: 'Feature', properties: { name: area.name }, geometry: area.geometry })),
  }))
}
