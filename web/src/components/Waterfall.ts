// From the value of a year before to this period's, group by group: who added and who took away.
// Deliberately absent: drawing (Waterfall.vue) and rounding (the caller's format).
import { add, compare, subtract } from '@/format/exact'

export interface Line {
  name: string
  entry?: number | null
  comparable: string | null
  prior: string | null
  contribution: string | null
}

export interface Step {
  kind: 'start' | 'change' | 'rest' | 'end'
  name: string
  entry?: number | null
  /** What it adds; of the ends: their height. */
  amount: string
  /** Where its bar begins and ends on the scale. */
  from: string
  to: string
  contribution: string | null
  /** Of the rest: how many groups it holds. */
  count: number
}

interface Change {
  line: Line
  amount: string
}

const size = (amount: string) => (amount.startsWith('-') ? amount.slice(1) : amount)

function changes(lines: Line[]): Change[] {
  return lines
    .filter((line) => line.comparable !== null || line.prior !== null)
    .map((line) => ({ line, amount: subtract(line.comparable ?? '0', line.prior ?? '0') }))
    .filter(({ amount }) => compare(amount, '0') !== 0)
    .sort((a, b) => compare(size(b.amount), size(a.amount)))
}

/**
 * The steps from `prior` to `current`: the `most` largest changes – those that add first, largest first, then those that
 * take away – and what is left as one step, so that the ends always meet.
 */
export function steps(prior: string, current: string, lines: Line[], most: number): Step[] {
  const all = changes(lines)
  const shown = all.slice(0, most).sort((a, b) => compare(b.amount, a.amount))
  const walk: Step[] = [{ kind: 'start', name: '', amount: prior, from: '0', to: prior, contribution: null, count: 0 }]
  let at = prior
  for (const { line, amount } of shown) {
    const to = add(at, amount)
    walk.push({ kind: 'change', name: line.name, entry: line.entry, amount, from: at, to, contribution: line.contribution, count: 1 })
    at = to
  }
  const rest = subtract(current, at)
  if (compare(rest, '0') !== 0) {
    walk.push({ kind: 'rest', name: '', amount: rest, from: at, to: current, contribution: null, count: Math.max(all.length - shown.length, 0) })
  }
  walk.push({ kind: 'end', name: '', amount: current, from: '0', to: current, contribution: null, count: 0 })
  return walk
}
