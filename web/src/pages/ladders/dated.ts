// What stood on the day that was chosen; the answer of another day stays until the new one is there.
import { computed } from 'vue'
import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { get } from '@/api/client'
import { useAddress } from './address'

export interface Dated { on: string; revision: number; items: unknown[] }
export function useDated<T extends Dated>(from: string) {
  const { on } = useAddress()
  const { data, error, refetch } = useQuery(computed(() => ({ queryKey: ['dated', from, on.value], queryFn: ({ signal }: { signal: AbortSignal }) => get<T>(from, { on: on.value || undefined }, { signal }), placeholderData: keepPreviousData })))
  return { on, data: computed(() => data.value as T | undefined), error, refetch }
}
