// Check digits, so that a slip is seen while it is typed. The server's verdict is the one that counts.

const USCC = '0123456789ABCDEFGHJKLMNPQRTUWXY'
/** What can be said of a code so far. */
export type CodeState =
  | { is: 'empty' } | { is: 'short'; length: number } | { is: 'letter'; at: number; letter: string }
  | { is: 'right' } | { is: 'wrong'; expected: string }

/** Unified social credit code, GB 32100-2015: 17 characters weighted by powers of 3 modulo 31. */
export function usccState(code: string): CodeState {
  if (code === '') return { is: 'empty' }
  const letters = [...code]
  const strange = letters.findIndex((letter) => !USCC.includes(letter))
  if (strange >= 0) return { is: 'letter', at: strange + 1, letter: letters[strange]! }
  if (letters.length !== 18) return { is: 'short', length: letters.length }
  let sum = 0
  let weight = 1
  for (const letter of letters.slice(0, 17)) {
    sum += USCC.indexOf(letter) * weight
    weight = (weight * 3) % 31
  }
  const expected = USCC[(31 - (sum % 31)) % 31]!
  return expected === letters[17] ? { is: 'right' } : { is: 'wrong', expected }
}

const ORG_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]
/** Organisation code, GB 11714-1997: 8 characters weighted modulo 11; a hyphen before the last is allowed. */
export function orgCodeState(code: string): CodeState {
  const letters = [...code.replace('-', '')]
  if (letters.length === 0) return { is: 'empty' }
  const strange = letters.findIndex((letter) => !/[0-9A-Z]/.test(letter))
  if (strange >= 0) return { is: 'letter', at: strange + 1, letter: letters[strange]! }
  if (letters.length !== 9) return { is: 'short', length: letters.length }
  const value = (letter: string): number => (/\d/.test(letter) ? Number(letter) : letter.charCodeAt(0) - 55)
  const sum = ORG_WEIGHTS.reduce((total, weight, at) => total + weight * value(letters[at]!), 0)
  const digit = 11 - (sum % 11)
  const expected = digit === 10 ? 'X' : digit === 11 ? '0' : String(digit)
  return expected === letters[8] ? { is: 'right' } : { is: 'wrong', expected }
}
