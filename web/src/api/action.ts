// One write at a time with its state: busy while it runs, the problem when it was refused.
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'

export interface Action {
  busy: Ref<boolean>
  problem: ShallowRef<unknown>
  /** Runs the work unless one is running; the answer, or nothing when it was refused. */
  run<T>(work: () => Promise<T>): Promise<T | undefined>
}

export function useAction(): Action {
  const busy = ref(false)
  const problem = shallowRef<unknown>()
  return {
    busy,
    problem,
    async run(work) {
      if (busy.value) return undefined
      busy.value = true
      problem.value = undefined
      try {
        return await work()
      } catch (fault) {
        problem.value = fault
        return undefined
      } finally {
        busy.value = false
      }
    },
  }
}
