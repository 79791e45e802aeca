// An audit as the page shows it: numbers by verdict, the worst first.
import type { Audited, AuditItem, Verdict } from '@/api/types'

export type AuditTab = Verdict | 'conflicts'
/** The views, in the order in which they matter. */
export const VERDICTS: readonly AuditTab[] = ['contradicted', 'conflicts', 'incomparable', 'unknown', 'supported']

/** The numbers of each verdict, in the order of the text. */
export function byVerdict(items: readonly AuditItem[]): Record<Verdict, AuditItem[]> {
  const groups: Record<Verdict, AuditItem[]> = { supported: [], contradicted: [], unknown: [], incomparable: [] }
  for (const item of items) groups[item.verdict].push(item)
  return groups
}

/** The first view that holds something. */
export function firstTab(audited: Audited): AuditTab {
  const groups = byVerdict(audited.items)
  return VERDICTS.find((tab) => (tab === 'conflicts' ? audited.conflicts : groups[tab]).length > 0) ?? 'supported'
}

/** Whether a note says more than what the ledger holds, which stands beside it. */
export function more(item: Pick<AuditItem, 'note' | 'ledger'>): boolean {
  return item.note !== '' && !(item.ledger && !/[，,；;]/.test(item.note) && item.note.endsWith(item.ledger))
}

/** A sentence around its number: before, the number, behind. */
export function around(item: Pick<AuditItem, 'sentence' | 'text'>): [string, string, string] {
  // A cell is told by its heads, and stands behind them.
  const cell = item.sentence.includes(' × ')
  const at = cell ? item.sentence.lastIndexOf(item.text) : item.sentence.indexOf(item.text)
  return at < 0 ? [item.sentence, '', ''] : [item.sentence.slice(0, at), item.text, item.sentence.slice(at + item.text.length)]
}
