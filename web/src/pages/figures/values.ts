// A value as people read it: a number in the reader's scale, a text, a list, or the reason why there is none.
import type { GroupLine, Growth, Val } from '@/api/types'
import { useContent } from '@/api/content'
import { group, round, scaledUnit, useScale, writeAmount } from '@/format'

export interface Shown {
  text: string
  unit?: string
  /** Why there is nothing to show. */
  blank?: string
}

export function show(value: Val, unit: string | undefined, decimals: number): Shown {
  if (value.number !== undefined && value.number !== null) return writeAmount(value.number, unit, decimals)
  if (value.text) return { text: value.text }
  if (value.list?.length) return { text: value.list.join('、') }
  return { text: '', blank: value.blank?.text }
}

/** A percentage or a number of points, one place. */
export function percent(number: string | null | undefined, places = 1): string {
  return number === null || number === undefined ? '' : group(round(number, places))
}

export const isNumber = (value: Val): value is Val & { number: string } => typeof value.number === 'string'

/** Growth as a sortable number. */
export function growthOf(growth: Growth): number | null {
  return growth.percent === undefined || growth.percent === null ? null : Number(growth.percent)
}

export type Column = 'name' | 'value' | 'prior' | 'yoy' | 'share' | 'contribution' | 'pull' | 'rank' | 'entries'

function key(line: GroupLine, column: Column): number | string | null {
  const number = (text: string | null | undefined) => (text === null || text === undefined ? null : Number(text))
  switch (column) {
    case 'name': return line.name
    case 'value': return number(line.value.number)
    case 'prior': return number(line.prior.number)
    case 'yoy': return growthOf(line.yoy)
    case 'share': return number(line.share)
    case 'contribution': return number(line.contribution)
    case 'pull': return number(line.pull)
    case 'rank': return line.rank ?? null
    case 'entries': return line.entries
  }
}

/** Sorted by a column; what is blank there stands last in either direction. */
export function sorted(lines: readonly GroupLine[], column: Column, down: boolean): GroupLine[] {
  return [...lines].sort((a, b) => {
    const [x, y] = [key(a, column), key(b, column)]
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1
    const order = typeof x === 'string' || typeof y === 'string' ? String(x).localeCompare(String(y), 'zh-CN') : x - y
    return down ? -order : order
  })
}

/** How many places the reader's scale moves the point of numbers in a unit; charts move theirs alike. */
export function placesOf(unit: string | undefined): number {
  return scaledUnit(unit, useScale().scale.value, useContent().catalogue.value.units).places
}
