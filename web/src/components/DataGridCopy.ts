/** Copies cells of a grid to the clipboard as a spreadsheet takes them. */
import { type Rectangle, toTsv } from './DataGridSelection'
import type { GridEntry, GridColumn, GridRow, GridSource } from './DataGridTypes'

/** More rows than this are for the export, not for the clipboard. */
const LIMIT = 50_000

/** What a cell is on the clipboard: numbers without grouping, everything else as people read it. */
export function clipText(row: GridEntry, column: number, columns: readonly GridColumn[]): string {
  const cell = row.cells[column]
  if (!cell) return ''
  const plain = columns[column]?.right && !cell.masked && (typeof cell.value === 'string' || typeof cell.value === 'number')
  return plain ? String(cell.value) : cell.text
}

function lines(rows: readonly GridRow[], columns: readonly GridColumn[], area: Rectangle): string[][] {
  const out: string[][] = []
  for (const row of rows) {
    if (row.kind === 'group') {
      out.push([row.text, String(row.count)])
      continue
    }
    const line: string[] = []
    for (let column = area.left; column <= area.right; column += 1) line.push(clipText(row, column, columns))
    out.push(line)
  }
  return out
}

/** Rows copied; throws when the clipboard cannot be written or the rows cannot be had. */
export async function copyCells(
  source: GridSource,
  columns: readonly GridColumn[],
  area: Rectangle,
  event?: ClipboardEvent,
): Promise<number> {
  const bottom = Math.min(area.bottom, area.top + LIMIT - 1)
  const here: GridRow[] = []
  for (let index = area.top; index <= bottom; index += 1) {
    const row = source.row(index)
    if (!row) break
    here.push(row)
  }
  const complete = here.length === bottom - area.top + 1
  if (complete && event?.clipboardData) {
    event.clipboardData.setData('text/plain', toTsv(lines(here, columns, area)))
    return here.length
  }
  const rows = complete ? here : await source.range(area.top, bottom)
  await writeClipboard(toTsv(lines(rows, columns, area)))
  return rows.length
}

/** Writes text to the clipboard, also on addresses without TLS, where browsers offer only the old way. */
export async function writeClipboard(text: string): Promise<void> {
  if (navigator.clipboard && window.isSecureContext) {
    await navigator.clipboard.writeText(text)
    return
  }
  const before = document.activeElement as HTMLElement | null
  const area = document.createElement('textarea')
  area.value = text
  area.setAttribute('aria-hidden', 'true')
  area.className = 'off-screen'
  document.body.append(area)
  area.select()
  const done = document.execCommand('copy')
  area.remove()
  before?.focus()
  if (!done) throw new Error('clipboard')
}
