// The parameters of a report between address, form and server: `NAME:VALUE`, any number of times.
import { ApiProblem } from '@/api/client'
import type { ParameterDef } from '@/api/types'

export type Settings = Record<string, string>

/** What a query of the address (or of the server) sets; names before the first colon. */
export function fromSet(query: unknown): Settings {
  const lines = (Array.isArray(query) ? query : [query]).filter((line): line is string => typeof line === 'string')
  return Object.fromEntries(lines.filter((line) => line.includes(':')).map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]))
}

/** The same as lines, in the order of names, without empty ones. */
export function asSet(settings: Settings): string[] {
  return Object.entries(settings).filter(([, value]) => value).map(([name, value]) => `${name}:${value}`).sort()
}

/** Parameters that nobody has set and that have no default. */
export function missing(parameters: readonly ParameterDef[], settings: Settings): ParameterDef[] {
  return parameters.filter((one) => !settings[one.id] && !one.default)
}

/** What the server says of single parameters. */
export function faultsOf(problem: unknown): Record<string, string> {
  if (!(problem instanceof ApiProblem)) return {}
  return Object.fromEntries((problem.problem.fields ?? []).map((one) => [one.field, one.message]))
}
