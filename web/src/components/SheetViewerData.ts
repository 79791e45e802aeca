// The cells of one sheet, fetched in windows of rows as they come into view.
import { type Ref, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { get } from '../api/client'
import type { SheetView } from '../api/types'
import { RowWindows } from './DataGridRows'
import type { Scrollable } from './DataGridView'
import { parseCell, writeCell } from './SheetViewerCells'

export type SheetCell = SheetView['cells'][number]
export type SheetMark = SheetView['marks'][number]
export interface SheetRow {
  row: number
  hidden: boolean
  cells: Map<number, SheetCell>
}

export interface SheetData extends Scrollable {
  readonly tick: number
  readonly columns: Ref<SheetView['columns']>
  readonly marks: Ref<Map<string, SheetMark>>
  readonly fault: Ref<unknown>
  row(index: number): SheetRow | undefined
  /** Merged cells seen so far that reach over more than one row. */
  readonly merged: Ref<SheetCell[]>
  retry(): void
}

const WORST = { note: 0, warning: 1, error: 2 } as const

/** The worst mark of each cell. */
function worst(marks: readonly SheetMark[]): Map<string, SheetMark> {
  const map = new Map<string, SheetMark>()
  for (const mark of marks) {
    // A mark of an area stands at its first cell.
    const at = parseCell(mark.cell)
    if (!at) continue
    const other = map.get(writeCell(at))
    if (!other || WORST[mark.severity] > WORST[other.severity]) map.set(writeCell(at), mark)
  }
  return map
}

/**
 * Widths in characters, from what stands in the first rows: the reader is not told the workbook's own. Nine cells in ten
 * fit, so that a note under the table does not widen its first column.
 */
function fitted(view: SheetView): SheetView['columns'] {
  const lengths = view.columns.map((): number[] => [])
  for (const cell of view.cells) {
    if ((cell.span?.[1] ?? 1) > 1) continue
    lengths[cell.c]?.push([...cell.t].reduce((sum, letter) => sum + (letter > '\u2e80' ? 1.9 : 1), 1))
  }
  return view.columns.map((column, index) => {
    const own = lengths[index]!.sort((a, b) => a - b)
    return { ...column, width: column.width ?? Math.min(32, own[Math.floor(own.length * 0.9)] ?? 8) }
  })
}

export function useSheetData(base: () => string, index: () => number | undefined): SheetData {
  const count = ref(0)
  const tick = ref(0)
  const columns = shallowRef<SheetView['columns']>([])
  const marks = shallowRef(new Map<string, SheetMark>())
  const merged = shallowRef<SheetCell[]>([])
  const fault = shallowRef<unknown>()
  let windows: RowWindows<SheetRow> | undefined

  function take(view: SheetView, limit: number): SheetRow[] {
    if (view.columns.length > columns.value.length) columns.value = fitted(view)
    if (view.marks.length > 0) marks.value = new Map([...marks.value, ...worst(view.marks)])
    const hidden = new Set(view.hidden_rows)
    const rows = new Map<number, Map<number, SheetCell>>()
    // The answer counts columns from 0, people and addresses from 1.
    const cells = view.cells.map((cell) => ({ ...cell, c: cell.c + 1 }))
    for (const cell of cells) {
      const row = rows.get(cell.r) ?? new Map<number, SheetCell>()
      rows.set(cell.r, row.set(cell.c, cell))
    }
    const tall = cells.filter((cell) => (cell.span?.[0] ?? 1) > 1)
    if (tall.length > 0) {
      const others = merged.value.filter((cell) => !tall.some((one) => one.r === cell.r && one.c === cell.c))
      merged.value = [...others, ...tall]
    }
    const last = Math.min(view.rows, view.from + limit - 1)
    return Array.from({ length: Math.max(0, last - view.from + 1) }, (_, at) => {
      const row = view.from + at
      return { row, hidden: hidden.has(row), cells: rows.get(row) ?? new Map<number, SheetCell>() }
    })
  }

  function start(): void {
    windows?.dispose()
    columns.value = []
    marks.value = new Map()
    merged.value = []
    fault.value = undefined
    const sheet = index()
    if (sheet === undefined) return
    const path = `${base()}/sheets/${sheet}`
    windows = new RowWindows<SheetRow>(
      async (offset, limit, signal) => {
        const view = await get<SheetView>(path, { from: offset + 1, rows: limit }, { signal })
        return { total: view.rows, revision: 0, items: take(view, limit) }
      },
      () => {
        count.value = windows!.total
        tick.value += 1
      },
      (error) => { fault.value = error },
    )
    windows.want(0, 40)
  }
  watch(() => [base(), index()].join('#'), start, { immediate: true })
  onScopeDispose(() => windows?.dispose())

  return {
    get count() { return count.value },
    get tick() { return tick.value },
    columns,
    marks,
    merged,
    fault,
    row: (at) => windows?.row(at),
    want: (first, last) => windows?.want(first, last),
    retry: () => {
      fault.value = undefined
      windows?.retry()
    },
  }
}
