// What is wrong with a number as it is typed. The server judges; this only says it sooner.
export interface NumberRule { whole?: boolean; min?: string; max?: string }
export interface NumberFault { code: 'integer' | 'decimal' | 'min' | 'max'; min?: string; max?: string }

/** Compares two decimals exactly: negative, zero or positive. */
export function compareDecimals(a: string, b: string): number {
  const parts = (text: string): [boolean, string, string] => {
    const match = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text)!
    return [match[1] === '-', match[2]!, match[3] ?? '']
  }
  const [na, wa, fa] = parts(a)
  const [nb, wb, fb] = parts(b)
  const places = Math.max(fa.length, fb.length)
  const scaled = (negative: boolean, whole: string, part: string): bigint => {
    const value = BigInt(whole + part.padEnd(places, '0'))
    return negative ? -value : value
  }
  const difference = scaled(na, wa, fa) - scaled(nb, wb, fb)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** The first thing wrong with it; nothing when it is empty or fine. */
export function numberFault(text: string, rule: NumberRule): NumberFault | undefined {
  if (text === '') return undefined
  if (!/^[+-]?\d+(\.\d+)?$/.test(text)) return { code: rule.whole ? 'integer' : 'decimal' }
  if (rule.whole && /\.\d*[1-9]/.test(text)) return { code: 'integer' }
  if (rule.min !== undefined && rule.min !== null && compareDecimals(text, rule.min) < 0) return { code: 'min', min: rule.min }
  if (rule.max !== undefined && rule.max !== null && compareDecimals(text, rule.max) > 0) return { code: 'max', max: rule.max }
  return undefined
}
