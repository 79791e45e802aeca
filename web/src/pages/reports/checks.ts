// What is to be checked before a report goes out, from its preview.
import type { Finding, Preview, Slot } from '@/api/types'

export type Claim = Preview['claims'][number]

/** Claims that do not hold, or of which nobody can say whether they do. */
export function failing(preview: Preview): Claim[] {
  return preview.claims.filter((claim) => claim.holds !== true)
}

/** Places that could not be filled, or were filled with something to look at. */
export function doubtful(preview: Preview): Slot[] {
  return preview.slots.filter((slot) => slot.finding)
}

/** The name a place begins with, before the part and the period: “Gross output value Jan–Oct” begins with its figure. */
const words = (slot: Slot) => slot.title.split(/\s+/).filter(Boolean)

/** How sure it is that a sentence speaks of a place: its reason, its name, its part. */
function likeness(slot: Slot, sentence: string): number {
  const [name = '', part = ''] = words(slot)
  const reason = slot.finding && sentence.includes(slot.finding) ? 4 : 0
  const named = name !== '' && sentence.includes(name) ? 2 : 0
  return named === 0 ? 0 : reason + named + (part !== '' && sentence.includes(part) ? 1 : 0)
}

function likest(slots: readonly Slot[], sentence: string): Slot | undefined {
  let best: Slot | undefined
  let most = 0
  for (const slot of slots) {
    const score = likeness(slot, sentence)
    if (score > most) [best, most] = [slot, score]
  }
  return best
}

/** The first place that states what a claim was judged by. */
export function slotOfClaim(preview: Preview, claim: Claim): Slot | undefined {
  for (const operand of claim.slot_texts) {
    const found = likest(preview.slots, operand)
    if (found) return found
  }
  return undefined
}

/** The code of findings that say a place has no value: one for each such place, in the order of the document. */
const UNFILLED = 'report-unfilled'

/** The place a finding speaks of; of a claim, the place it was judged by. */
export function slotOfFinding(preview: Preview, finding: Finding): Slot | undefined {
  const [unfilled, empty] = [preview.findings.filter((one) => one.code === UNFILLED), doubtful(preview)]
  const at = unfilled.indexOf(finding)
  if (at >= 0 && unfilled.length === empty.length) return empty[at]
  const claim = preview.claims.find((one) => finding.message.includes(one.title))
  return (claim && slotOfClaim(preview, claim)) ?? likest(preview.slots, finding.message)
}
