// Lists that people search and count as a whole, fetched page by page.
import { type Query, get } from '@/api/client'

const AT_ONCE = 1000
/** More than this is not read by people; what is left out is told by `total`. */
const MOST = 5000

export interface Whole<T> { total: number; items: T[] }

export async function whole<T>(path: string, query: Query = {}): Promise<Whole<T>> {
  const ask = (offset: number) => get<Whole<T>>(path, { ...query, offset, limit: AT_ONCE })
  const first = await ask(0)
  const items = [...first.items]
  while (items.length < Math.min(first.total, MOST)) {
    const next = await ask(items.length)
    if (next.items.length === 0) break
    items.push(...next.items)
  }
  return { total: first.total, items }
}
