// How a standing is shown: one condition away is said only of those that are not met.
import { expect, test } from 'vitest'
import { holds, shownAs, TONES } from '@/pages/ladders/wording'

test('a verdict is shown with whether one condition alone is in the way', () => {
  expect(shownAs({ verdict: 'not_met', near: true })).toBe('near')
  expect(shownAs({ verdict: 'not_met', near: false })).toBe('not_met')
  expect(shownAs({ verdict: 'unknown', near: false })).toBe('unknown')
  expect(TONES[shownAs({ verdict: 'met', near: false })]).toBe('good')
})

test('only recognition is holding', () => {
  expect(['recognised', 're_recognised'].map((standing) => holds({ standing } as never))).toEqual([true, true])
  expect(['applied', 'publicised', 'expired', 'revoked', 'none', undefined].map((standing) => holds({ standing } as never))).toEqual([false, false, false, false, false, false])
})
