// What stood on the day that was chosen, as known now or then; the answer of another day stays until the new one is there.
import { computed } from 'vue'
import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { get } from '@/api/client'
import { useAddress } from './address'

export interface Dated { on: string; revision: number; items: unknown[] }
export function useDated<T extends Dated>(from: string) {
  const { when, carried } = useAddress()
  const { data, error, refetch } = useQuery(computed(() => ({ queryKey: ['dated', from, when.value], queryFn: ({ signal }: { signal: AbortSignal }) => get<T>(from, when.value, { signal }), placeholderData: keepPreviousData })))
  return { carried, data: computed(() => data.value as T | undefined), error, refetch }
}
