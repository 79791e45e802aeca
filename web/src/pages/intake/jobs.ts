// What jobs of the intake end with.
import type { JobView, Json } from '@/api/types'

function number(result: Json | undefined, key: string): number | undefined {
  const value = typeof result === 'object' && result !== null && !Array.isArray(result) ? result[key] : undefined
  return typeof value === 'number' ? value : undefined
}

/** The staged workbook that reading a file ended with. */
export function stagedOf(job: JobView): number | undefined {
  return job.state === 'done' ? number(job.result, 'import') : undefined
}
/** The revision that accepting ended with. */
export function revisionOf(job: JobView): number | undefined {
  return job.state === 'done' ? number(job.result, 'revision') : undefined
}
