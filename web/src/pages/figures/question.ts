// What is asked, as it stands in the address: a copied address asks the same again.
import type { LocationQuery, LocationQueryRaw, LocationQueryValue } from 'vue-router'

export type Basis = 'comparable' | 'raw'
export type View = 'groups' | 'series' | 'bars' | 'waterfall' | 'why' | 'vintages' | 'side'
export const VIEWS: readonly View[] = ['groups', 'series', 'bars', 'waterfall', 'why', 'vintages', 'side']

export interface Condition {
  path: string
  text: string
}

export interface State {
  figures: string[]
  /** The figure whose detail is open; the first one when empty. */
  focus: string
  period: string
  window: string
  by: string
  exclude: string
  only: Condition[]
  basis: Basis
  exact: boolean
  /** The day whose knowledge is shown; empty for now. */
  asOf: string
  /** Empty: groups where there is a breakdown, else the series. */
  view: View | ''
  months: number
}

type One = LocationQueryValue | LocationQueryValue[] | undefined

const texts = (value: One): string[] =>
  (Array.isArray(value) ? value : [value]).filter((v): v is string => typeof v === 'string' && v !== '')
const text = (value: One): string => texts(value)[0] ?? ''

function condition(written: string): Condition[] {
  const at = written.indexOf(':')
  return at > 0 ? [{ path: written.slice(0, at), text: written.slice(at + 1) }] : []
}

/** `first` is the figure named in the path of a link from elsewhere. */
export function fromQuery(query: LocationQuery, first = ''): State {
  const figures = [...new Set([first, ...texts(query.f)].flatMap((f) => f.split(',')).filter(Boolean))]
  const focus = text(query.focus)
  const view = text(query.view) as View
  const months = Number(text(query.months))
  return {
    figures,
    focus: figures.includes(focus) ? focus : (figures[0] ?? ''),
    period: text(query.period),
    window: text(query.window),
    by: text(query.by),
    exclude: text(query.exclude),
    only: texts(query.only).flatMap(condition),
    basis: text(query.basis) === 'raw' ? 'raw' : 'comparable',
    exact: ['1', 'true'].includes(text(query.exact)),
    asOf: text(query.as_of),
    view: VIEWS.includes(view) ? view : '',
    months: [12, 24, 36, 60].includes(months) ? months : 24,
  }
}

/** The address of a state; what is as usual is left out, so that addresses stay short enough to paste. */
export function toQuery(state: State): LocationQueryRaw {
  const query: LocationQueryRaw = {}
  if (state.figures.length) query.f = state.figures.join(',')
  if (state.focus && state.focus !== state.figures[0]) query.focus = state.focus
  if (state.period) query.period = state.period
  if (state.window) query.window = state.window
  if (state.by) query.by = state.by
  if (state.exclude) query.exclude = state.exclude
  if (state.only.length) query.only = state.only.map((c) => `${c.path}:${c.text}`)
  if (state.basis === 'raw') query.basis = 'raw'
  if (state.exact) query.exact = '1'
  if (state.asOf) query.as_of = state.asOf
  if (state.view) query.view = state.view
  if (state.months !== 24) query.months = String(state.months)
  return query
}

/** A question as the server takes it. */
export type Asked = Partial<Record<'period' | 'window' | 'by' | 'exclude' | 'basis' | 'as_of', string>> & { only?: string[]; exact?: boolean }

/** The same question for the server; `by` only where the figure has that breakdown. */
export function asked(state: State, by: string): Asked {
  return {
    period: state.period || undefined,
    window: state.window || undefined,
    by: by || undefined,
    exclude: state.exclude || undefined,
    only: state.only.length ? state.only.map((c) => `${c.path}:${c.text}`) : undefined,
    basis: state.basis === 'raw' ? 'raw' : undefined,
    exact: state.exact || undefined,
    as_of: state.asOf || undefined,
  }
}

/** Whom to leave out; the kinds go together. */
export interface Exclusion {
  sets: string[]
  /** The so many largest of the base; 0 for none. */
  top: number
  names: string[]
}

export function readExclusion(written: string): Exclusion {
  const exclusion: Exclusion = { sets: [], top: 0, names: [] }
  for (const part of written.split(/[,，、\n]/).map((one) => one.trim()).filter(Boolean)) {
    const top = /^top:(\d+)$/.exec(part)
    if (top) exclusion.top = Number(top[1])
    else if (part.startsWith('set:')) exclusion.sets.push(part.slice(4))
    else exclusion.names.push(part)
  }
  return exclusion
}

export function writeExclusion({ sets, top, names }: Exclusion): string {
  return [...sets.map((id) => `set:${id}`), ...(top > 0 ? [`top:${top}`] : []), ...names].join(',')
}
