// Dates, months, periods and instants as the reader's language writes them. The patterns are messages.
import { i18n } from '../i18n'

const t = (key: string, values: Record<string, unknown> = {}): string => i18n.global.t(`format.${key}`, values)
const english = (): boolean => i18n.global.locale.value === 'en'
const monthName = (n: number): string => new Intl.DateTimeFormat('en', { month: 'short', timeZone: 'UTC' }).format(Date.UTC(2000, n - 1, 1))

/** `2023-09` → 2023年9月 */
export function month(text: string): string {
  const [y, m] = text.split('-').map(Number)
  if (!y || !m) return text
  return t('month', { year: y, month: english() ? monthName(m) : m })
}

/** `2023-09-30` → 2023年9月30日 */
export function date(text: string): string {
  const [y, m, d] = text.slice(0, 10).split('-').map(Number)
  if (!y || !m || !d) return text
  return t('date', { year: y, month: english() ? monthName(m) : m, day: d })
}

/** A period as the server prints one: `2023-09`, `2023-09/ytd`, `2023Q3`, `2023H1`, `2023`. */
export function period(text: string): string {
  const [whole, window] = text.split('/') as [string, string?]
  if (/^\d{4}$/.test(whole)) return t('year', { year: whole })
  const part = /^(\d{4})([QH])(\d)$/.exec(whole)
  if (part) return t(part[2] === 'Q' ? 'quarter' : 'half', { year: part[1], n: part[3], name: t(`${part[2] === 'Q' ? 'q' : 'h'}${part[3]}`) })
  const at = Number(whole.slice(5))
  if (window === 'ytd' && at > 1) {
    return t('ytd', { year: whole.slice(0, 4), month: english() ? monthName(at) : at })
  }
  return month(whole)
}

const two = (n: number): string => String(n).padStart(2, '0')

/** An instant in the reader's own time zone, to the minute. */
export function instant(text: string): string {
  const at = new Date(text)
  if (Number.isNaN(at.getTime())) return text
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${date(day)} ${two(at.getHours())}:${two(at.getMinutes())}`
}

/** How long ago, or in how long. */
export function relative(text: string, now = Date.now()): string {
  const at = new Date(text).getTime()
  if (Number.isNaN(at)) return text
  const seconds = Math.round((at - now) / 1000)
  const steps: [Intl.RelativeTimeFormatUnit, number][] = [['day', 86400], ['hour', 3600], ['minute', 60]]
  if (Math.abs(seconds) > 30 * 86400) return instant(text)
  const format = new Intl.RelativeTimeFormat(i18n.global.locale.value, { numeric: 'auto' })
  for (const [unit, size] of steps) if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit)
  return t('just_now')
}

/** A stretch of seconds in its two largest parts. */
export function duration(seconds: number): string {
  const [d, h, m] = [Math.floor(seconds / 86400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60]
  if (d) return t('days_hours', { d, h })
  if (h) return t('hours_minutes', { h, m })
  return t('minutes', { m })
}

/** The month before (negative) or after. */
export function addMonths(text: string, count: number): string {
  const [y, m] = text.split('-').map(Number) as [number, number]
  const at = y * 12 + m - 1 + count
  return `${Math.floor(at / 12)}-${two((at % 12) + 1)}`
}
