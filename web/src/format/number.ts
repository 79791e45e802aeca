// Decimals as the ledger keeps them: text. Nothing here turns an amount into a float.

/** Puts commas between thousands; the sign and the digits after the point stay. */
export function group(number: string): string {
  const match = /^([+-]?)(\d+)(\.\d+)?$/.exec(number)
  if (!match) return number
  return match[1] + match[2]!.replace(/\B(?=(\d{3})+$)/g, ',') + (match[3] ?? '')
}

/** Moves the decimal point `places` to the left (negative: to the right), exactly. */
export function shift(number: string, places: number): string {
  const match = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(number)
  if (!match) return number
  const [sign, whole, part] = [match[1]!, match[2]!, match[3] ?? '']
  let digits = whole + part
  let point = whole.length - places
  if (point <= 0) {
    digits = '0'.repeat(1 - point) + digits
    point = 1
  } else if (point > digits.length) digits = digits.padEnd(point, '0')
  const left = digits.slice(0, point).replace(/^0+(?=\d)/, '')
  const right = digits.slice(point)
  return sign + left + (right ? `.${right}` : '')
}

/** Rounds half away from zero on the decimal, as the figures do. */
export function round(number: string, decimals: number): string {
  const match = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(number)
  if (!match) return number
  const part = (match[3] ?? '').padEnd(decimals + 1, '0')
  let scaled = BigInt(match[2]! + part.slice(0, decimals))
  if (part[decimals]! >= '5') scaled += 1n
  const text = scaled.toString().padStart(decimals + 1, '0')
  const value = decimals ? `${text.slice(0, -decimals)}.${text.slice(-decimals)}` : text
  return (match[1] === '-' && scaled !== 0n ? '-' : '') + value
}

/** Leaves out zeros that say nothing after the point. */
export function trim(number: string): string {
  return number.includes('.') ? number.replace(/\.?0+$/, '') : number
}

/** A float for drawing only; nothing stays nothing. */
export function toPlot(number: string | null | undefined): number | null {
  return number ? Number(number) : null
}

/** Bytes as people read them. */
export function bytes(count: number): string {
  const names = ['B', 'KB', 'MB', 'GB', 'TB']
  let at = 0
  let value = count
  while (value >= 1024 && at < names.length - 1) {
    value /= 1024
    at += 1
  }
  return `${at === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${names[at]}`
}
