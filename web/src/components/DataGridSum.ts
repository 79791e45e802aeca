// How many cells are chosen and what their numbers add up to, exactly: decimals are added as text, never as floats.
import type { Rectangle } from './DataGridSelection'
import type { GridColumn, GridSource } from './DataGridTypes'

export interface SelectionSum {
  cells: number
  /** Missing where no chosen cell is a number, or where rows that are chosen have not been seen yet. */
  sum?: string
}

/** More rows than this are for the groups of the server to add up. */
const MOST_ROWS = 5000

export function sumOf(source: GridSource, columns: readonly GridColumn[], area: Rectangle): SelectionSum {
  const top = Math.max(0, area.top)
  const cells = Math.max(0, area.bottom - top + 1) * (area.right - area.left + 1)
  if (cells < 2 || area.bottom - top >= MOST_ROWS) return { cells }
  const numbers: string[] = []
  for (let index = top; index <= area.bottom; index += 1) {
    const row = source.row(index)
    if (!row) return { cells }
    if (row.kind === 'group') continue
    for (let column = area.left; column <= area.right; column += 1) {
      const value = row.cells[column]?.value
      if (columns[column]?.right && typeof value === 'string') numbers.push(value)
    }
  }
  return numbers.length > 0 ? { cells, sum: addUp(numbers) } : { cells }
}

/** The exact sum of decimals written as text; what is no number is left out. */
export function addUp(numbers: readonly string[]): string {
  const parts = numbers.map((text) => /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text)).filter((part) => part !== null)
  const places = parts.reduce((most, part) => Math.max(most, part[3]?.length ?? 0), 0)
  const total = parts.reduce((sum, part) => {
    const scaled = BigInt(part[2]! + (part[3] ?? '').padEnd(places, '0'))
    return sum + (part[1] === '-' ? -scaled : scaled)
  }, 0n)
  const digits = (total < 0n ? -total : total).toString().padStart(places + 1, '0')
  const text = places > 0 ? `${digits.slice(0, -places)}.${digits.slice(-places)}` : digits
  return (total < 0n ? '-' : '') + text
}
