// The catalogue of books, figures and reports this person may see. Loaded once after signing in, before a page is shown;
// `refresh` asks again (entries were accepted, a layout was kept).
import { computed, shallowRef, type ComputedRef } from 'vue'
import { get } from './client'
import type { BookDef, Catalogue, FieldDef, FigureDef, ReportDef, UnitDef } from './types'

const EMPTY: Catalogue = { digest: '', revision: 0, books: [], topics: [], claims: [], exclusions: [], reports: [], units: [], pages: [] }
const catalogue = shallowRef<Catalogue>(EMPTY)
const loaded = shallowRef(false)
let loading: Promise<Catalogue> | null = null

const books = computed(() => new Map(catalogue.value.books.map((b) => [b.id, b])))
const figures = computed(() => new Map(catalogue.value.topics.flatMap((t) => t.figures).map((f) => [f.id, f])))
const units = computed(() => new Map(catalogue.value.units.map((u) => [u.id, u])))

/** Loads the catalogue; once, unless told to ask again. */
export function loadContent(again = false): Promise<Catalogue> {
  if (loaded.value && !again) return Promise.resolve(catalogue.value)
  loading ??= get<Catalogue>('/content').then((next) => {
    catalogue.value = next
    loaded.value = true
    return next
  }).finally(() => { loading = null })
  return loading
}

export interface UseContent {
  catalogue: ComputedRef<Catalogue>
  book(id: string): BookDef | undefined
  /** The first book that declares a role. */
  bookOfRole(role: string): BookDef | undefined
  field(book: string, id: string): FieldDef | undefined
  figure(id: string): FigureDef | undefined
  report(id: string): ReportDef | undefined
  unit(id: string): UnitDef | undefined
  refresh(): Promise<Catalogue>
  forget(): void
}

/** The content in force, as this person may see it. */
export function useContent(): UseContent {
  return {
    catalogue: computed(() => catalogue.value),
    book: (id) => books.value.get(id),
    bookOfRole: (role) => catalogue.value.books.find((b) => b.role === role),
    field: (book, id) => books.value.get(book)?.fields.find((f) => f.id === id),
    figure: (id) => figures.value.get(id),
    report: (id) => catalogue.value.reports.find((r) => r.id === id),
    unit: (id) => units.value.get(id),
    refresh: () => loadContent(true),
    forget() {
      catalogue.value = EMPTY
      loaded.value = false
    },
  }
}
