// Addresses of cells and the places of columns on a sheet.
export interface At {
  row: number
  column: number
}

/** `1` → A, `28` → AB. */
export function letters(column: number): string {
  let text = ''
  for (let left = column; left > 0; left = Math.floor((left - 1) / 26)) text = String.fromCharCode(65 + ((left - 1) % 26)) + text
  return text
}

/** `F12`, `$F$12`, `F12:G14` (its first cell) and `产值!F12`, counted from 1. */
export function parseCell(text: string | undefined): At | undefined {
  const match = /(?:^|!)\$?([A-Za-z]{1,3})\$?(\d{1,7})(?::|$)/.exec(text ?? '')
  if (!match) return undefined
  const column = [...match[1]!.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
  return { row: Number(match[2]), column }
}

export function writeCell({ row, column }: At): string {
  return letters(column) + row
}

/** Widths of columns in pixels, from widths in characters as workbooks state them. */
export class Geometry {
  readonly lefts: number[]
  readonly total: number

  constructor(columns: readonly { width?: number | null; hidden: boolean }[]) {
    this.lefts = []
    let left = 0
    for (const { width } of columns) {
      this.lefts.push(left)
      left += Math.round(Math.min(60, Math.max(4, width ?? 9)) * 7.5) + 8
    }
    this.total = left
  }

  left(column: number): number {
    return this.lefts[column - 1] ?? this.total
  }

  width(column: number, span = 1): number {
    return this.left(column + span) - this.left(column)
  }

  /** The columns that some part of `from`–`to` shows, counted from 1. */
  visible(from: number, to: number): [number, number] {
    let first = 0
    while (first + 1 < this.lefts.length && this.lefts[first + 1]! <= from) first += 1
    let last = first
    while (last + 1 < this.lefts.length && this.lefts[last + 1]! < to) last += 1
    return [first + 1, last + 1]
  }
}
