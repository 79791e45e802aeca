// Titles of entries by id, for filters on references: asked for once, shown when they come.
import { reactive } from 'vue'
import { get } from '@/api/client'
import type { EntryView } from '@/api/types'

const known = reactive(new Map<string, string>())

export function useNames(): { of(book: string, id: string): string } {
  return {
    of(_book, id) {
      const title = known.get(id)
      if (title !== undefined || !/^\d+$/.test(id)) return title ?? id
      known.set(id, id)
      void get<EntryView>(`/entries/${id}`).then((entry) => known.set(id, entry.title), () => undefined)
      return id
    },
  }
}
