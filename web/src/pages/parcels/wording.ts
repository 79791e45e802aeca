// How parcels are said: grades and states in words, values with their unit, missing never as zero.
import type { MeasureHead, ParcelRow, SchemeIndicator } from '@/api/parcels'
import { group, round, shift, titleOf, writeAmount } from '@/format'

export type Say = (key: string, values?: Record<string, unknown>) => string

/** The grade, or why there is none. */
export function gradeWords(row: Pick<ParcelRow, 'grade' | 'status' | 'state'>, t: Say): string {
  if (row.grade) return t('parcels.grade', { grade: row.grade })
  if (row.status) return t(`parcels.status.${row.status}`)
  return row.state ?? t('parcels.status.none')
}
/** A number in its unit. */
export function amount(number: string | null | undefined, unit?: string, places = 2): string {
  if (number === undefined || number === null || number === '') return ''
  const written = writeAmount(number, unit, places)
  return `${written.text}${written.unit ? ` ${written.unit}` : ''}`
}
/** A share in percent. */
export function percent(number: string | null | undefined, places = 1): string { return number === undefined || number === null || number === '' ? '' : `${group(round(number, places))}%` }
/** A measure of a parcel: value, per mu in brackets, and what is doubtful about it. */
export function measureWords(row: Pick<ParcelRow, 'values'>, measure: MeasureHead, t: Say): string {
  const cell = row.values.find((one) => one.measure === measure.id)
  if (!cell || (cell.value === undefined || cell.value === null)) return t(`parcels.state.${cell?.state ?? 'missing'}`)
  const per = cell.per_mu ? t('parcels.per_mu', { n: amount(cell.per_mu, measure.unit) }) : ''
  const doubt = cell.state === 'present' ? '' : t(`parcels.state.${cell.state}`)
  return [amount(cell.value, measure.unit), per, doubt].filter(Boolean).join(t('parcels.comma'))
}
/** What a group of a scheme is called. */
export function groupTitle(one: Pick<SchemeIndicator, 'group' | 'group_title' | 'group_title_en'>): string { return titleOf({ title: one.group_title || one.group, title_en: one.group_title_en }) }
/** The titles of groups by their ids. */
export function groupTitles(indicators: readonly SchemeIndicator[]): Map<string, string> { return new Map(indicators.map((one) => [one.group, groupTitle(one)])) }
/** ㎡ in mu, exactly: one is 0.0015 of the other, which is fifteen with its point moved by four places. */
export function muOf(area: string): string {
  const [whole, part = ''] = area.split('.') as [string, string?]
  const fifteenfold = (BigInt(whole + part) * 15n).toString()
  return shift(fifteenfold, 4 + part.length)
}
