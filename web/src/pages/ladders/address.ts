// What a page of ladders asks stands in its address: the day, the day whose knowledge counts, the rung, the filters.
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'

export function useAddress() {
  const route = useRoute()
  const router = useRouter()
  const one = (name: string): string => (typeof route.query[name] === 'string' ? (route.query[name] as string) : '')
  const on = computed(() => one('on'))
  const asOf = computed(() => one('as_of'))
  /** What every question of the page asks for. */
  const when = computed(() => ({ on: on.value || undefined, as_of: asOf.value || undefined }))
  /** The same for an address: without what is not chosen. */
  const carried = computed(() => Object.fromEntries(Object.entries(when.value).filter(([, value]) => value)))
  function change(patch: Record<string, string | undefined>): void {
    void router.replace({ query: Object.fromEntries(Object.entries({ ...route.query, ...patch }).filter(([, value]) => value)) })
  }
  return { route, one, on, asOf, when, carried, change }
}
