// What jobs of the intake end with.
import type { JobView } from '@/api/types'

/** Reading a file (again) ends with the staged file; a corrected one's stands beside what it made different. */
interface Read { id?: number; staged?: { id: number } }
/** Accepting ends with the revision; with none where nothing was different any more. */
interface Accepted { revision?: number | null }

function resultOf<T>(job: JobView): T | undefined {
  return job.state === 'done' && typeof job.result === 'object' ? (job.result as T) : undefined
}

/** The staged workbook that reading a file ended with. */
export function stagedOf(job: JobView): number | undefined {
  if (job.kind === 'accept') return undefined
  const result = resultOf<Read>(job)
  return result?.staged?.id ?? result?.id
}
/** The revision that accepting ended with. */
export function revisionOf(job: JobView): number | undefined {
  return job.kind === 'accept' ? (resultOf<Accepted>(job)?.revision ?? undefined) : undefined
}
