/** The selected cells of a grid: a rectangle between the cell it was begun at and the cell it was drawn to. */
export interface CellAt {
  row: number
  column: number
}

export interface Selection {
  anchor: CellAt
  head: CellAt
}

export interface Rectangle {
  top: number
  bottom: number
  left: number
  right: number
}

/** How far a key moves; undefined for keys that do not move. */
export interface Extent {
  rows: number
  columns: number
  page: number
}

export function rectangle({ anchor, head }: Selection): Rectangle {
  return {
    top: Math.min(anchor.row, head.row),
    bottom: Math.max(anchor.row, head.row),
    left: Math.min(anchor.column, head.column),
    right: Math.max(anchor.column, head.column),
  }
}

/** Where a key takes the cell `from`. Ctrl goes to the edge, as in a spreadsheet. */
export function moved(from: CellAt, key: string, ctrl: boolean, extent: Extent): CellAt | undefined {
  const last: CellAt = { row: extent.rows - 1, column: extent.columns - 1 }
  const step = (row: number, column: number): CellAt => ({
    row: Math.max(0, Math.min(last.row, from.row + row)),
    column: Math.max(0, Math.min(last.column, from.column + column)),
  })
  switch (key) {
    case 'ArrowUp':
      return ctrl ? { ...from, row: 0 } : step(-1, 0)
    case 'ArrowDown':
      return ctrl ? { ...from, row: last.row } : step(1, 0)
    case 'ArrowLeft':
      return ctrl ? { ...from, column: 0 } : step(0, -1)
    case 'ArrowRight':
      return ctrl ? { ...from, column: last.column } : step(0, 1)
    case 'PageUp':
      return step(-extent.page, 0)
    case 'PageDown':
      return step(extent.page, 0)
    case 'Home':
      return ctrl ? { row: 0, column: 0 } : { ...from, column: 0 }
    case 'End':
      return ctrl ? last : { ...from, column: last.column }
    default:
      return undefined
  }
}

/** Text as a spreadsheet takes it from the clipboard. */
export function toTsv(rows: readonly (readonly string[])[]): string {
  const cell = (text: string): string => (/[\t\r\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  return rows.map((row) => row.map(cell).join('\t')).join('\r\n')
}

/** Reads what a spreadsheet put on the clipboard; cells in quotes may hold tabs, line breaks and doubled quotes. */
export function fromTsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let at = 0
  while (at < text.length || row.length > 0) {
    const [cell, next] = text[at] === '"' ? quoted(text, at) : plain(text, at)
    row.push(cell)
    at = next
    if (text[at] === '\t') {
      at += 1
      if (at < text.length) continue
      row.push('')
    }
    rows.push(row)
    row = []
    if (text[at] === '\r') at += 1
    if (text[at] === '\n') at += 1
  }
  while (rows.length > 0 && rows[rows.length - 1]!.every((cell) => cell === '')) rows.pop()
  return rows
}

function plain(text: string, from: number): [string, number] {
  let to = from
  while (to < text.length && !'\t\r\n'.includes(text[to]!)) to += 1
  return [text.slice(from, to), to]
}

function quoted(text: string, from: number): [string, number] {
  let cell = ''
  let at = from + 1
  while (at < text.length) {
    if (text[at] !== '"') {
      cell += text[at]
      at += 1
    } else if (text[at + 1] === '"') {
      cell += '"'
      at += 2
    } else {
      at += 1
      break
    }
  }
  const [rest, to] = plain(text, at)
  return [cell + rest, to]
}
