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

/** The place a finding speaks of: it repeats the finding's sentence, or its text stands in it. */
export function slotOfFinding(preview: Preview, finding: Finding): Slot | undefined {
  return (
    preview.slots.find((slot) => slot.finding === finding.message) ??
    preview.slots.find((slot) => slot.finding && (finding.message.includes(slot.finding) || slot.finding.includes(finding.message))) ??
    preview.slots.find((slot) => slot.figure && slot.title && finding.message.includes(slot.title))
  )
}

/** The first place a claim decided. */
export function slotOfClaim(preview: Preview, claim: Claim): Slot | undefined {
  return (
    preview.slots.find((slot) => slot.kind === 'claim' && slot.tag.includes(claim.id)) ??
    preview.slots.find((slot) => claim.slot_texts.includes(slot.text) && slot.kind === 'claim') ??
    preview.slots.find((slot) => claim.slot_texts.includes(slot.text))
  )
}
