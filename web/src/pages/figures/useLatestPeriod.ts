// The month a page shows when its address names none: the latest one the park has data for.
import { computed, type ComputedRef } from 'vue'
import { useQuery } from '@tanstack/vue-query'
import { get } from '@/api/client'
import type { Overview } from '@/api/types'

export function useLatestPeriod(): ComputedRef<string> {
  const overview = useQuery({ queryKey: ['overview', ''], queryFn: ({ signal }) => get<Overview>('/overview', {}, { signal }), staleTime: 60_000 })
  return computed(() => overview.data.value?.latest_period ?? overview.data.value?.period ?? '')
}
