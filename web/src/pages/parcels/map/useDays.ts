// Days on which parcels came to be or ceased: what the slider of time stops at. They are the dates of the book of lineage.
import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { get } from '@/api/client'
import { useContent } from '@/api/content'
import type { EntryPage } from '@/api/types'

export function useDays() {
  const { bookOfRole } = useContent()
  const book = computed(() => bookOfRole('lineage'))
  const field = computed(() => book.value?.fields.find((one) => one.kind === 'date'))
  const entries = useQuery(computed(() => ({
    queryKey: ['parcel-days', book.value?.id], enabled: Boolean(book.value && field.value), staleTime: 60_000,
    queryFn: ({ signal }: { signal: AbortSignal }) => get<EntryPage>(`/books/${book.value!.id}/entries`, { columns: field.value!.id, limit: 1000 }, { signal }),
  })))
  /** The day after a change shows what came of it; the change itself is dated on its first day. */
  return computed(() => [...new Set((entries.data.value?.items ?? []).flatMap((item) => (typeof item.cells[0]?.value === 'string' ? [item.cells[0].value] : [])))].sort())
}
