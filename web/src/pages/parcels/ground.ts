// The day and year the pages about land stand on when their address names none: today, or, where the park's data ends long before,
// the last day it covers – the same day projects are judged on.
import { useQuery } from '@tanstack/vue-query'
import { computed, type ComputedRef } from 'vue'
import { get } from '@/api/client'
import type { Overview } from '@/api/types'
import { asOf } from '../projects/useAsOf'

export interface Ground { day: string; year: number; isToday: boolean }

/** Nothing until the overview has said how far the data reaches. */
export function useGround(): ComputedRef<Ground | undefined> {
  const overview = useQuery({ queryKey: ['overview', ''], queryFn: ({ signal }) => get<Overview>('/overview', {}, { signal }), staleTime: 60_000 })
  const now = new Date()
  const today = `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`
  return computed(() => {
    if (!overview.data.value && !overview.error.value) return undefined
    const { date, isToday } = asOf(today, overview.data.value?.latest_period ?? overview.data.value?.period ?? '')
    return { day: date, year: Number(date.slice(0, 4)), isToday }
  })
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
