// Rows of parcels from the server: all of them where they are few enough to be held by a page, else the first and how many more.
import { get, type Query } from '@/api/client'
import type { ParcelPage } from '@/api/parcels'

/** As many as the map gets as shapes at once; above, the server sends tiles. */
export const ALL = 5000
const PAGE = 1000

export interface Rows extends ParcelPage { /** Only the first of more are here. */ partial: boolean }

/** Asks page after page; a list that changed meanwhile is asked for anew by the caller's query. */
export async function allRows(query: Query, signal?: AbortSignal): Promise<Rows> {
  const ask = (offset: number) => get<ParcelPage>('/parcels', { ...query, offset, limit: PAGE }, { signal })
  const first = await ask(0)
  const more = first.total > ALL ? [] : Array.from({ length: Math.ceil(first.total / PAGE) - 1 }, (_, at) => (at + 1) * PAGE)
  const rest = await Promise.all(more.map(ask))
  return { ...first, items: [...first.items, ...rest.flatMap((page) => page.items)], partial: first.total > ALL }
}
