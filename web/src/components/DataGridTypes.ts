/** What a grid is given: columns, and rows it may ask for. */
import type { Cell } from '../api/types'
import type { FilterShape } from '../fields/registry'

export type { FilterShape } from '../fields/registry'

export interface GridColumn {
  id: string
  title: string
  unit?: string
  width: number
  right: boolean
  masked: boolean
  filter: FilterShape
}

export interface GridEntry {
  kind: 'entry'
  id: number
  version: number
  cells: readonly Cell[]
}

export interface GridGroup {
  kind: 'group'
  group: number
  text: string
  count: number
  sums: string
  open: boolean
}

export type GridRow = GridEntry | GridGroup

/** Rows by position. `tick` changes whenever `row` may answer differently; `count` when their number changes. */
export interface GridSource {
  readonly count: number
  readonly tick: number
  row(index: number): GridRow | undefined
  want(first: number, last: number): void
  range(first: number, last: number): Promise<GridRow[]>
}

/** A value a column takes, and how often. */
export interface ValueCount {
  value: string
  text: string
  count: number
}
