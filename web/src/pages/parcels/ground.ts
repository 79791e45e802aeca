// The day and year the pages about land stand on when their address names none: the server's, which for a demonstration is the
// day its data ends with.
import { useQuery } from '@tanstack/vue-query'
import { computed, type ComputedRef } from 'vue'
import { get } from '@/api/client'
import type { ParcelPage } from '@/api/parcels'

export interface Ground { day: string; year: number }

/** Nothing until the server has said it. */
export function useGround(): ComputedRef<Ground | undefined> {
  const first = useQuery({ queryKey: ['parcels', 'ground'], queryFn: ({ signal }) => get<ParcelPage>('/parcels', { limit: 1 }, { signal }), staleTime: 60_000 })
  return computed(() => first.data.value && { day: first.data.value.on, year: first.data.value.year })
}
/** Years to choose from: the one in force and those around it, newest first. */
export function yearsAround(...years: (number | undefined)[]): number[] {
  const known = years.filter((year): year is number => year !== undefined)
  const newest = Math.max(...known)
  return Array.from({ length: Math.max(6, newest - Math.min(...known) + 1) }, (_, at) => newest - at)
}
/** The last year that is over on the day: evaluations are of whole years. */
export function lastWhole(ground: Ground | undefined): number {
  const day = ground?.day ?? new Date().toISOString().slice(0, 10)
  return Number(day.slice(0, 4)) - (day.slice(5) === '12-31' ? 0 : 1)
}
