// The day projects are judged on: today, or, where the park's data ends long before, the last day it covers.
import { computed, type ComputedRef } from 'vue'
import { dateOf, dayOf } from '@/components/Timeline'
import { time } from '@/format'
import { useLatestPeriod } from '../figures/useLatestPeriod'

/** A quarter: statistics for a month come weeks after it, but never this late while the ledger is in use. */
const STALE_DAYS = 92

export function asOf(today: string, latest: string): { date: string; isToday: boolean } {
  if (!/^\d{4}-\d{2}/.test(latest)) return { date: today, isToday: true }
  const end = dateOf(dayOf(`${time.addMonths(latest.slice(0, 7), 1)}-01`) - 1)
  return dayOf(today) - dayOf(end) > STALE_DAYS ? { date: end, isToday: false } : { date: today, isToday: true }
}

export function useAsOf(): ComputedRef<{ date: string; isToday: boolean }> {
  const latest = useLatestPeriod()
  const now = new Date()
  const today = `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`
  return computed(() => asOf(today, latest.value))
}
