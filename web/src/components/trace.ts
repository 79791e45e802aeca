// Opens the one trace drawer of the frame. A question is a query string of the figures API.
import { shallowRef } from 'vue'

export interface TraceQuestion { figure: string; question: string; title?: string }
const asked = shallowRef<TraceQuestion | null>(null)

/** Shows where a number comes from. */
export function useTrace() {
  return {
    asked,
    openTrace(question: TraceQuestion) { asked.value = question },
    closeTrace() { asked.value = null },
  }
}
