/**
 * The rows of a grid, fetched from the server window by window as they come into view.
 *
 * Keeps what was seen last, drops requests for what has been scrolled past, and starts over when the ledger has moved
 * on under it (another revision answers). Knows nothing of columns or of the page around it.
 */
export interface Window<T> {
  total: number
  revision: number
  items: T[]
}

export type FetchWindow<T> = (offset: number, limit: number, signal: AbortSignal) => Promise<Window<T>>

const SIZE = 200
const KEPT = 60
const AT_ONCE = 3

export class RowWindows<T> {
  total: number
  private revision: number | undefined
  private readonly pages = new Map<number, T[]>()
  private readonly asked = new Map<number, AbortController>()
  private wanted: [number, number] = [0, 0]
  private generation = 0
  private failed = false

  constructor(
    private readonly fetchWindow: FetchWindow<T>,
    private readonly changed: (what: 'total' | 'rows') => void,
    private readonly failure: (error: unknown) => void,
    total = 0,
  ) {
    this.total = total
  }

  /** The row at `index`, if it is here. */
  row(index: number): T | undefined {
    return this.pages.get(Math.floor(index / SIZE))?.[index % SIZE]
  }

  /** Says which rows are in view; what is missing is fetched, what is no longer needed is not waited for. */
  want(first: number, last: number): void {
    this.wanted = [Math.floor(first / SIZE), Math.floor(Math.max(first, last) / SIZE)]
    for (const [page, request] of this.asked) {
      if (page < this.wanted[0] - 1 || page > this.wanted[1] + 1) {
        request.abort()
        this.asked.delete(page)
      }
    }
    this.fill()
  }

  /** Every row from `first` to `last`, fetched if need be: for copying. */
  async range(first: number, last: number): Promise<T[]> {
    const rows: T[] = []
    for (let page = Math.floor(first / SIZE); page <= Math.floor(last / SIZE); page += 1) {
      const items =
        this.pages.get(page) ?? (await this.fetchWindow(page * SIZE, SIZE, new AbortController().signal)).items
      const from = Math.max(0, first - page * SIZE)
      rows.push(...items.slice(from, Math.min(items.length, last - page * SIZE + 1)))
    }
    return rows
  }

  /** Asks again after a failure. */
  retry(): void {
    this.failed = false
    this.fill()
  }

  /** Forgets everything and fetches what is in view again. */
  reload(): void {
    this.dispose()
    this.pages.clear()
    this.revision = undefined
    this.failed = false
    this.fill()
  }

  /** Stops every request. */
  dispose(): void {
    this.generation += 1
    for (const request of this.asked.values()) request.abort()
    this.asked.clear()
  }

  private fill(): void {
    if (this.failed) return
    for (let page = this.wanted[0]; page <= this.wanted[1]; page += 1) {
      if (this.asked.size >= AT_ONCE) return
      if (!this.pages.has(page) && !this.asked.has(page)) void this.ask(page)
    }
  }

  private async ask(page: number): Promise<void> {
    const request = new AbortController()
    const generation = this.generation
    this.asked.set(page, request)
    try {
      const answer = await this.fetchWindow(page * SIZE, SIZE, request.signal)
      if (request.signal.aborted || generation !== this.generation) return
      this.asked.delete(page)
      this.keep(page, answer)
    } catch (error) {
      if (request.signal.aborted || generation !== this.generation) return
      this.asked.delete(page)
      this.failed = true
      this.failure(error)
      return
    }
    this.fill()
  }

  private keep(page: number, answer: Window<T>): void {
    if (this.revision !== undefined && answer.revision !== this.revision) this.pages.clear()
    this.revision = answer.revision
    this.pages.set(page, answer.items)
    for (const old of this.pages.keys()) {
      if (this.pages.size <= KEPT) break
      if (old < this.wanted[0] || old > this.wanted[1]) this.pages.delete(old)
    }
    const resized = answer.total !== this.total
    this.total = answer.total
    this.changed(resized ? 'total' : 'rows')
  }
}
