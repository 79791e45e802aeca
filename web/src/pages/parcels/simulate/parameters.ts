// The numbers of a scheme that a what-if may change, as sliders: what each is called, how far and how finely it moves.
// Deliberately absent: what a number does – the server judges – and any name of a scheme or indicator.
import type { SchemeIndicator, SchemeView } from '@/api/parcels'

export interface Parameter {
  path: string
  /** The indicator it belongs to, when it belongs to one. */
  indicator?: SchemeIndicator
  /** The last word of its path: weight, cap, benchmark … */
  word: string
  /** What stands between: the group, a grade. */
  between: string[]
  value: string
  min: number
  max: number
  step: number
}

/** What is moved most stands first. */
const WORDS = ['weight', 'benchmark', 'cap', 'floor']
const NUMBER = /^-?\d+(\.\d+)?$/
const places = (text: string): number => text.split('.')[1]?.length ?? 0

/** How far a slider goes: shares to one, weights to a hundred, the rest to some times what it is. */
export function reach(word: string, value: string): { min: number; max: number; step: number } {
  const now = Number(value)
  if (word === 'weight') return { min: 0, max: Math.max(100, now), step: places(value) ? 0.1 : 1 }
  if (now >= 0 && now <= 1 && (places(value) > 0 || now === 0)) return { min: 0, max: 1, step: 0.01 }
  const max = now === 0 ? 1 : Math.abs(now) * 3
  // A hundred steps or finer than the number is written, whichever is finer; steps are powers of ten.
  return { min: now < 0 ? -max : 0, max, step: 10 ** Math.min(Math.floor(Math.log10(max / 100)), -places(value)) }
}

/** All numbers of a scheme in the order of its indicators; what belongs to none stands last. */
export function parametersOf(scheme: Pick<SchemeView, 'parameters' | 'indicators'>): Parameter[] {
  const order = new Map(scheme.indicators.map((one, at) => [one.id, at] as const).toReversed())
  const list = Object.entries(scheme.parameters).filter(([, value]) => NUMBER.test(value)).map(([path, value]): Parameter => {
    const parts = path.split('.')
    const word = parts.at(-1)!
    const indicator = parts.map((part) => scheme.indicators.find((one) => one.id === part && (parts.includes(one.group) || !scheme.indicators.some((other) => other.id === part && parts.includes(other.group))))).find(Boolean)
    return { path, indicator, word, between: parts.slice(0, -1).filter((part) => part !== indicator?.id), value, ...reach(word, value) }
  })
  const rank = (one: Parameter): number => { const at = WORDS.indexOf(one.word); return at < 0 ? WORDS.length : at }
  const place = (one: Parameter): number => (one.indicator ? (order.get(one.indicator.id) ?? 0) : Number.MAX_SAFE_INTEGER)
  return list.map((one, at) => ({ one, at })).sort((a, b) => place(a.one) - place(b.one) || rank(a.one) - rank(b.one) || a.at - b.at).map(({ one }) => one)
}

/** A slider's position as the decimal it stands for. */
export function decimalOf(position: number, step: number): string {
  return position.toFixed(Math.max(0, Math.round(-Math.log10(step))))
}

/** Only what differs from the scheme travels. */
export function changesOf(parameters: readonly Parameter[], values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(parameters.flatMap(({ path, value }) => {
    const now = values[path]
    return now !== undefined && NUMBER.test(now) && Number(now) !== Number(value) ? [[path, now]] : []
  }))
}
