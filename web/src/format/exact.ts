// Exact sums and differences of decimal texts: what is computed beside the server's numbers must not lose a cent either.
// Deliberately absent: multiplication and rounding (`./number` rounds).

const DECIMAL = /^([+-]?)(\d+)(?:\.(\d*))?$/

interface Scaled {
  digits: bigint
  places: number
}

function read(text: string): Scaled {
  const parts = DECIMAL.exec(text.trim())
  if (!parts) throw new RangeError(`not a decimal: ${text}`)
  const [, sign, whole = '', fraction = ''] = parts
  const digits = BigInt(whole + fraction)
  return { digits: sign === '-' ? -digits : digits, places: fraction.length }
}

function print({ digits, places }: Scaled): string {
  const text = (digits < 0n ? -digits : digits).toString().padStart(places + 1, '0')
  const whole = text.slice(0, text.length - places)
  const fraction = places ? text.slice(-places).replace(/0+$/, '') : ''
  return `${digits < 0n ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`
}

function aligned(a: Scaled, b: Scaled): [bigint, bigint, number] {
  const places = Math.max(a.places, b.places)
  return [a.digits * 10n ** BigInt(places - a.places), b.digits * 10n ** BigInt(places - b.places), places]
}

export function add(a: string, b: string): string {
  const [x, y, places] = aligned(read(a), read(b))
  return print({ digits: x + y, places })
}

export function subtract(a: string, b: string): string {
  const [x, y, places] = aligned(read(a), read(b))
  return print({ digits: x - y, places })
}

/** Negative, zero or positive as `a` is less than, equal to or greater than `b`. */
export function compare(a: string, b: string): number {
  const [x, y] = aligned(read(a), read(b))
  return x < y ? -1 : x > y ? 1 : 0
}
