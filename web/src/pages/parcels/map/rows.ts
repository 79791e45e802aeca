// Rows from the server: all of them where they are few enough to be held by a page, else the first and how many more.
import { get, type Query } from '@/api/client'
import type { ParcelPage } from '@/api/parcels'

/** As many as the map gets as shapes at once; above, the server sends tiles. */
export const ALL = 5000
const PAGE = 1000

interface Paged<Row> { total: number; items: Row[] }
export type Whole<Page> = Page & { /** Only the first of more are here. */ partial: boolean }
export type Rows = Whole<ParcelPage>

/** Asks page after page; a list that changed meanwhile is asked for anew by the caller's query. */
export async function allPages<Page extends Paged<unknown>>(path: string, query: Query, signal?: AbortSignal): Promise<Whole<Page>> {
  const ask = (offset: number) => get<Page>(path, { ...query, offset, limit: PAGE }, { signal })
  const first = await ask(0)
  const more = first.total > ALL ? 0 : Math.max(0, Math.ceil(first.total / PAGE) - 1)
  const rest = await Promise.all(Array.from({ length: more }, (_, at) => ask((at + 1) * PAGE)))
  return { ...first, items: [...first.items, ...rest.flatMap((page) => page.items)], partial: first.total > ALL }
}
export const allRows = (query: Query, signal?: AbortSignal): Promise<Rows> => allPages<ParcelPage>('/parcels', query, signal)
