// Follows a long piece of work: server-sent events while they come, asking every two seconds when they do not.
import { address, ApiProblem, get } from './client'
import type { JobView } from './types'

/** Whether a job has come to its end, whatever end. */
export function ended(job: JobView): boolean { return job.state !== 'waiting' && job.state !== 'running' }

/** Calls back with every state of a job until it ends; the answer stops following. */
export function followJob(id: number, onJob: (job: JobView) => void, onFault: (fault: unknown) => void): () => void {
  let stopped = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const events = new EventSource(address(`/jobs/${id}/events`))
  const stop = () => {
    stopped = true
    events.close()
    clearTimeout(timer)
  }
  const take = (job: JobView) => {
    if (stopped) return
    onJob(job)
    if (ended(job)) stop()
  }
  const ask = async () => {
    try {
      take(await get<JobView>(`/jobs/${id}`))
    } catch (fault) {
      if (fault instanceof ApiProblem && fault.status !== 0 && fault.status < 500) {
        stop()
        onFault(fault)
      }
    }
    if (!stopped) timer = setTimeout(ask, 2000)
  }
  events.addEventListener('job', (event) => take(JSON.parse((event as MessageEvent<string>).data) as JobView))
  events.addEventListener('error', () => {
    events.close()
    if (!stopped && timer === undefined) void ask()
  })
  return stop
}
