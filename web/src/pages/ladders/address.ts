// What a page of ladders asks stands in its address: the day, the rung, the filters.
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'

export function useAddress() {
  const route = useRoute()
  const router = useRouter()
  const one = (name: string): string => (typeof route.query[name] === 'string' ? (route.query[name] as string) : '')
  const on = computed(() => one('on'))
  function change(patch: Record<string, string | undefined>): void {
    void router.replace({ query: Object.fromEntries(Object.entries({ ...route.query, ...patch }).filter(([, value]) => value)) })
  }
  return { route, one, on, change }
}
