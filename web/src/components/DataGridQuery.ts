/**
 * What a grid shows, as it stands in the address and in the query to the server: filters, order, columns, group.
 *
 * Filters are written `FIELD:OP:VALUE`, as the server reads them, so that an address can be taken apart by a person.
 */
export type FilterOp =
  | 'eq'
  | 'ne'
  | 'in'
  | 'contains'
  | 'starts'
  | 'gt'
  | 'ge'
  | 'lt'
  | 'le'
  | 'between'
  | 'empty'
  | 'filled'

export interface GridFilter {
  field: string
  op: FilterOp
  value: string
}

export interface GridSort {
  field: string
  descending: boolean
}

export interface GridQuery {
  q: string
  filters: GridFilter[]
  sort: GridSort[]
  columns: string[]
  group: string
  /** The day whose knowledge is shown; empty for now. */
  asOf: string
}

export type Address = Record<string, string | (string | null)[] | null | undefined>

/** The server orders by no more columns at once. */
const MOST_SORTS = 3

const OPS: readonly string[] = [
  'eq',
  'ne',
  'in',
  'contains',
  'starts',
  'gt',
  'ge',
  'lt',
  'le',
  'between',
  'empty',
  'filled',
]

export function writeFilter({ field, op, value }: GridFilter): string {
  return op === 'empty' || op === 'filled' ? `${field}:${op}` : `${field}:${op}:${value}`
}

export function readFilter(text: string): GridFilter | undefined {
  const [field, op, ...rest] = text.split(':')
  if (!field || !op || !OPS.includes(op)) return undefined
  return { field, op: op as FilterOp, value: rest.join(':') }
}

export function writeSort(sort: readonly GridSort[]): string {
  return sort.map(({ field, descending }) => (descending ? `-${field}` : field)).join(',')
}

export function readSort(text: string): GridSort[] {
  return text
    .split(',')
    .filter((part) => part !== '' && part !== '-')
    .map((part) => (part.startsWith('-') ? { field: part.slice(1), descending: true } : { field: part, descending: false }))
}

/** The next order when a heading is chosen: ascending, descending, none. `more` keeps the other headings (shift). */
export function nextSort(sort: readonly GridSort[], field: string, more: boolean): GridSort[] {
  const now = sort.find((part) => part.field === field)
  const next: GridSort | undefined = !now
    ? { field, descending: false }
    : now.descending
      ? undefined
      : { field, descending: true }
  if (!more) return next ? [next] : []
  if (!now) return sort.length < MOST_SORTS ? [...sort, next!] : [...sort]
  return sort.flatMap((part) => (part.field !== field ? [part] : next ? [next] : []))
}

function one(value: Address[string]): string {
  const first = Array.isArray(value) ? value[0] : value
  return first ?? ''
}

function many(value: Address[string]): string[] {
  const list = Array.isArray(value) ? value : [value]
  return list.filter((part): part is string => typeof part === 'string')
}

export function readQuery(address: Address): GridQuery {
  return {
    q: one(address.q),
    filters: many(address.filter).flatMap((text) => readFilter(text) ?? []),
    sort: readSort(one(address.sort)),
    columns: one(address.columns)
      .split(',')
      .filter((part) => part !== ''),
    group: one(address.group),
    asOf: one(address.as_of),
  }
}

/** The query as parameters; what is empty is left out, so that addresses stay short. */
export function writeQuery(query: GridQuery): Record<string, string | string[]> {
  const out: Record<string, string | string[]> = {}
  if (query.q) out.q = query.q
  if (query.filters.length > 0) out.filter = query.filters.map(writeFilter)
  if (query.sort.length > 0) out.sort = writeSort(query.sort)
  if (query.columns.length > 0) out.columns = query.columns.join(',')
  if (query.group) out.group = query.group
  if (query.asOf) out.as_of = query.asOf
  return out
}

/** Replaces the filters of one field. */
export function withFilters(filters: readonly GridFilter[], field: string, own: readonly GridFilter[]): GridFilter[] {
  return [...filters.filter((filter) => filter.field !== field), ...own]
}
