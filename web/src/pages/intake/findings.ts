// Findings of two readings of one workbook, told apart by what they say and about which row and column.
import type { Finding } from '@/api/types'

const key = (finding: Finding): string => [finding.code, finding.place.sheet, finding.place.cell, finding.place.entry, finding.place.field, finding.message].join('\u0001')

export function compareFindings(before: readonly Finding[], now: readonly Finding[]): { gone: Finding[]; stay: number; come: number } {
  const left = new Map<string, number>()
  for (const finding of now) left.set(key(finding), (left.get(key(finding)) ?? 0) + 1)
  const gone = before.filter((finding) => {
    const count = left.get(key(finding)) ?? 0
    if (count > 0) left.set(key(finding), count - 1)
    return count === 0
  })
  const stay = before.length - gone.length
  return { gone, stay, come: now.length - stay }
}
