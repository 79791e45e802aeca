// Sums of policies as they are printed: 元 to the cent, grouped.
import type { PolicyCard } from '@/api/types'
import { group, round } from '@/format/number'
import { subtract } from '@/format/exact'

export function money(amount: string | null | undefined): string {
  return amount === null || amount === undefined ? '—' : group(round(amount, 2))
}

/** What of the money set aside is not bound. */
export function left(card: PolicyCard): string | undefined {
  return card.budget ? subtract(card.budget, card.bound) : undefined
}

/** A document number, or that there is none yet. */
export function documentOf(document: string, none: string): string {
  return document === 'to be supplied' ? none : document
}
