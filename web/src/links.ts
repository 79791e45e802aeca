// Addresses of pages that other pages lead to, so that none of them writes another's address by hand.
import type { RouteLocationRaw } from 'vue-router'
import { useSession } from './api/session'
import type { SourcePlace } from './api/types'

/** A book's grid; `filters` are written like the API's (FIELD:OP:VALUE). */
export function bookLink(book: string, filters: string[] = []): RouteLocationRaw {
  return { path: `/books/${book}`, query: filters.length ? { filter: filters } : {} }
}
/** One entry, whatever its book. */
export function entryLink(entry: number): RouteLocationRaw { return `/entries/${entry}` }
/** A case book as a board of states. */
export function boardLink(book: string): RouteLocationRaw { return `/books/${book}/board` }
/** Who has sent which period's return. */
export function completenessLink(book: string, year?: string): RouteLocationRaw {
  return { path: `/books/${book}/completeness`, query: year ? { year } : {} }
}
/** A kept original, at a cell; the return of an enterprise a value was accepted from. Neither is for enterprises to open. */
export function sourceLink(place: SourcePlace): RouteLocationRaw | undefined {
  if (useSession().person.value?.enterprise) return undefined
  if (place.filing) return returnLink(place.filing)
  if (!place.source) return undefined
  return { path: `/intake/sources/${place.source}`, query: { sheet: place.sheet, cell: place.cell } }
}
/** A staged workbook. */
export function stagedLink(id: number): RouteLocationRaw { return `/intake/${id}` }
/** The matching queue. */
export function matchesLink(): RouteLocationRaw { return '/intake/matches' }
/** A figure in the explorer; `question` is a query string of the API. */
export function figureLink(figure: string, question = ''): RouteLocationRaw {
  return `/figures/${figure}${question ? `?${question.replace(/^\?/, '')}` : ''}`
}
/** The file of an enterprise, at a part of it where one is named. */
export function enterpriseLink(entry: number, tab?: string): RouteLocationRaw { return { path: `/enterprises/${entry}`, query: tab ? { tab } : {} } }
/** The form of a new entry with some values given, and where to go when it is saved. */
export function newEntryLink(book: string, given: Record<string, string>, back: string): RouteLocationRaw {
  return { path: `/books/${book}/new`, query: { set: Object.entries(given).map(([field, value]) => `${field}:${value}`), back } }
}
/** One investment project. */
export function projectLink(entry: number): RouteLocationRaw { return `/projects/${entry}` }
/** One parcel, as an evaluation saw it where one is named. */
export function parcelLink(entry: number, run?: number): RouteLocationRaw { return { path: `/parcels/${entry}`, query: run ? { run: String(run) } : {} } }
/** The map with one parcel chosen, on a day where one is named. */
export function mapLink(entry: number, on?: string): RouteLocationRaw { return { path: '/parcels', query: { ...(on ? { on } : {}), sel: String(entry) } } }
/** An evaluation of a year. */
export function evaluationLink(run: number): RouteLocationRaw { return `/parcels/evaluations/${run}` }
/** A report's preview. */
export function reportLink(report: string, period?: string): RouteLocationRaw {
  return { path: `/reports/${report}`, query: period ? { period } : {} }
}
/** One revision of the ledger. */
export function revisionLink(seq: number): RouteLocationRaw { return `/intake/revisions/${seq}` }
/** The form of a visit to an enterprise. */
export function visitLink(enterprise: number): RouteLocationRaw { return `/visits/new/${enterprise}` }
/** A return that was handed in, as the committee looks at it. */
export function returnLink(id: number): RouteLocationRaw { return `/returns/${id}` }
/** A return of one's own enterprise, to fill in. */
export function ownReturnLink(book: string, period: string): RouteLocationRaw { return `/portal/returns/${book}/${period}` }
