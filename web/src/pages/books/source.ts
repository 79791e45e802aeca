// The rows of a book's grid: one list, or groups that open to theirs.
import { type Ref, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { type Query, get } from '@/api/client'
import type { BookDef, Cell, EntryPage, EntryRow, Group, Json } from '@/api/types'
import { type GridFilter, type GridQuery, writeFilter, writeSort } from '@/components/DataGridQuery'
import { RowWindows } from '@/components/DataGridRows'
import type { GridEntry, GridRow, GridSource } from '@/components/DataGridTypes'
import { fieldKind } from '@/fields/registry'
import { group as grouped, titleOf } from '@/format'

/** A query of the API for what the grid shows. */
export function apiQuery(query: GridQuery, more: readonly GridFilter[] = []): Query {
  return {
    q: query.q,
    filter: [...query.filters, ...more].map(writeFilter),
    sort: writeSort(query.sort),
    as_of: query.asOf || undefined,
  }
}

export function valueText(value: Json): string {
  return typeof value === 'string' ? value : value === null ? '' : String(value)
}

function groupFilter(field: string, value: Json): GridFilter {
  return value === null ? { field, op: 'empty', value: '' } : { field, op: 'eq', value: valueText(value) }
}

/** More groups than this tell nobody anything; the rest is left out. */
const MOST_GROUPS = 5000
const GROUPS_AT_ONCE = 1000
export interface GroupPage { total: number; revision: number; items: Group[] }

async function allGroups(book: string, query: Query, signal: AbortSignal): Promise<GroupPage> {
  const ask = (offset: number) => get<GroupPage>(`/books/${book}/groups`, { ...query, offset, limit: GROUPS_AT_ONCE }, { signal })
  const first = await ask(0)
  const items = first.items
  while (items.length < Math.min(first.total, MOST_GROUPS)) {
    const next = await ask(items.length)
    if (next.items.length === 0) break
    items.push(...next.items)
  }
  return { ...first, items }
}

interface OpenGroup { value: Json; text: string; count: number; sums: string; rows?: RowWindows<GridEntry>; row: GridRow }

export interface BookSource extends GridSource {
  /** Entries, whatever the grouping. */
  readonly total: Ref<number | undefined>
  readonly revision: Ref<number | undefined>
  readonly fault: Ref<unknown>
  readonly busy: Ref<boolean>
  toggle(group: number): void
  reload(): void
}

export function useBookSource(book: Ref<BookDef>, query: Ref<GridQuery>, columns: Ref<string[]>, empty: string): BookSource {
  const count = ref(0)
  const tick = ref(0)
  const total = ref<number>()
  const revision = ref<number>()
  const fault = shallowRef<unknown>()
  const busy = ref(true)
  let flat: RowWindows<GridEntry> | undefined
  let groups: OpenGroup[] | undefined
  let starts: number[] = []
  let view: [number, number] = [0, 0]
  let asking: AbortController | undefined

  const failed = (error: unknown): void => {
    fault.value = error
    busy.value = false
  }

  function windows(more: readonly GridFilter[], known = 0): RowWindows<GridEntry> {
    const path = `/books/${book.value.id}/entries`
    const base = { ...apiQuery(query.value, more), columns: columns.value.join(',') }
    const fetchWindow = async (offset: number, limit: number, signal: AbortSignal) => {
      const page = await get<EntryPage>(path, { ...base, offset, limit }, { signal })
      revision.value = page.revision
      const numbers = page.columns.map((id) => fieldKind(book.value.fields.find((field) => field.id === id)?.kind ?? 'text').numeric)
      // Digits are grouped once as they come, not whenever a row is drawn.
      const written = (cell: Cell, at: number): Cell => (cell && numbers[at] && !cell.masked ? { ...cell, text: grouped(cell.text) } : cell)
      return { ...page, items: page.items.map((item: EntryRow): GridEntry => ({ ...item, kind: 'entry', cells: item.cells.map(written) })) }
    }
    return new RowWindows(fetchWindow, arrived, failed, known)
  }

  function arrived(): void {
    fault.value = undefined
    busy.value = false
    if (flat) total.value = flat.total
    layOut()
  }

  function layOut(): void {
    if (groups) {
      starts = []
      let at = 0
      for (const group of groups) {
        starts.push(at)
        at += 1 + (group.rows?.total ?? 0)
      }
      count.value = at
    } else count.value = flat?.total ?? 0
    tick.value += 1
    want(...view)
  }

  /** The group a row belongs to: the last that starts at or above it. */
  function groupAt(index: number): number {
    let [low, high] = [0, starts.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (starts[middle]! <= index) low = middle
      else high = middle - 1
    }
    return low
  }

  function row(index: number): GridRow | undefined {
    if (!groups) return flat?.row(index)
    const at = groupAt(index)
    const group = groups[at]
    const inside = index - (starts[at] ?? 0) - 1
    return inside < 0 ? group?.row : group?.rows?.row(inside)
  }

  function want(first: number, last: number): void {
    view = [first, last]
    if (!groups) {
      flat?.want(first, last)
      return
    }
    for (let at = groupAt(first); at < groups.length && starts[at]! <= last; at += 1) {
      const rows = groups[at]!.rows
      const [from, to] = [first - starts[at]! - 1, last - starts[at]! - 1]
      if (rows && to >= 0) rows.want(Math.max(0, from), Math.min(rows.total - 1, to))
    }
  }

  async function range(first: number, last: number): Promise<GridRow[]> {
    if (!groups) return flat?.range(first, last) ?? []
    const rows: GridRow[] = []
    for (let at = groupAt(first); at < groups.length && starts[at]! <= last; at += 1) {
      const group = groups[at]!
      const [from, to] = [first - starts[at]! - 1, last - starts[at]! - 1]
      if (from < 0) rows.push(group.row)
      if (group.rows && to >= 0) rows.push(...(await group.rows.range(Math.max(0, from), Math.min(group.rows.total - 1, to))))
    }
    return rows
  }

  const groupRow = (group: OpenGroup, index: number): GridRow => ({
    kind: 'group',
    group: index,
    text: group.text || empty,
    count: group.count,
    sums: group.sums,
    open: group.rows !== undefined,
  })

  function sums(of: Record<string, string>): string {
    return book.value.fields
      .filter((field) => of[field.id] !== undefined && columns.value.includes(field.id))
      .slice(0, 3)
      .map((field) => `${titleOf(field)} ${grouped(of[field.id]!)}${field.unit ?? ''}`)
      .join('  ·  ')
  }

  async function loadGroups(by: string): Promise<void> {
    asking = new AbortController()
    const { signal } = asking
    try {
      const answer = await allGroups(book.value.id, { by, ...apiQuery({ ...query.value, sort: [] }) }, signal)
      const kind = book.value.fields.find((field) => field.id === by)?.kind
      // Periods are read in their order, the newest first; everything else as it comes, the largest first.
      if (kind && fieldKind(kind).filter === 'month') answer.items.sort((a, b) => valueText(b.value).localeCompare(valueText(a.value)))
      groups = answer.items.map((item, index) => {
        const group = { value: item.value, text: item.text, count: item.count, sums: sums(item.sums) } as OpenGroup
        group.row = groupRow(group, index)
        return group
      })
      total.value = answer.items.reduce((sum, item) => sum + item.count, 0)
      revision.value = answer.revision
      arrived()
    } catch (error) {
      if (!signal.aborted) failed(error)
    }
  }

  function toggle(index: number): void {
    const group = groups?.[index]
    if (!group) return
    if (group.rows) {
      group.rows.dispose()
      group.rows = undefined
    } else group.rows = windows([groupFilter(query.value.group, group.value)], group.count)
    group.row = groupRow(group, index)
    layOut()
  }

  function stop(): void {
    asking?.abort()
    flat?.dispose()
    groups?.forEach((group) => group.rows?.dispose())
    flat = undefined
    groups = undefined
  }

  function start(): void {
    stop()
    if (!book.value.id) return // not a book this person may see: the page says so
    busy.value = true
    fault.value = undefined
    if (query.value.group) void loadGroups(query.value.group)
    else {
      flat = windows([], count.value)
      flat.want(...view)
      tick.value += 1
    }
  }

  const key = (): string => JSON.stringify([book.value.id, query.value, columns.value])
  watch(key, start, { immediate: true })
  onScopeDispose(stop)

  return {
    get count() { return count.value },
    get tick() { return tick.value },
    row,
    want,
    range,
    total,
    revision,
    fault,
    busy,
    toggle,
    reload: start,
  }
}
