// The names of the contract's part about parcels: pages ask for them here, whichever way the server's document says them.
import type * as GeoJSON from 'geojson'
import type { Cell, Finding } from './types'

export interface Linked { entry: number; title: string }
export interface MeasureHead { id: string; title: string; title_en: string; unit: string; domain: string }
export interface MeasureCell { measure: string; value?: string; per_mu?: string; state: 'present' | 'estimated' | 'conflicting' | 'missing' | 'withheld'; known?: string }
export interface ParcelFlag { code: string; text: string }
export interface ParcelRow {
  entry: number; code: string; name: string; holder?: Linked; area?: string; area_source: string; mu?: string; land_use?: string; location?: string; layer: string
  state?: string; status?: 'scored' | 'not_due' | 'exempt' | 'no_data'; grade?: string; score?: string; values: MeasureCell[]; coverage?: string; flags: ParcelFlag[]; drawn: boolean
}
export interface ParcelTotals { count: number; area: string; mu: string; without_area: number; by_status: { status: string; count: number; area: string }[] }
export interface ParcelPage { on: string; year: number; run?: number; measures: MeasureHead[]; total: number; offset: number; items: ParcelRow[]; totals: ParcelTotals; revision: number }
export type Extent = [west: number, south: number, east: number, north: number]
export interface LegendItem { class: string; title: string; count: number; from?: string; below?: string }
export interface ParcelMap {
  on: string; run?: number; color: string; extent?: Extent; count: number; undrawn: number; legend: LegendItem[]; features?: GeoJSON.FeatureCollection; tiles?: string
  buildings?: GeoJSON.FeatureCollection; revision: number
}
export interface CoverageCell { state: 'present' | 'estimated' | 'conflicting' | 'missing' | 'none'; known?: string; fresh?: string }
export interface DomainCoverage { present: number; estimated: number; conflicting: number; missing: number; by_count?: string; by_area?: string }
export interface DomainHead { id: string; title: string; title_en: string; measures: MeasureHead[]; coverage: DomainCoverage }
export interface CoverageTotals { all: number; scored: number; not_due: number; exempt: number; no_data: number; by_count?: string; by_area?: string; area_scored: string; area_due: string }
export interface CoverageRow { entry: number; code: string; name: string; area?: string; status: string; words: string; cells: CoverageCell[] }
export interface Gap { parcel: number; code: string; name: string; domain: string; measure?: string; enterprise?: Linked; text: string }
export interface ParcelCoverage { year: number; domains: DomainHead[]; totals: CoverageTotals; rows: CoverageRow[]; gaps: { department: string; gaps: Gap[] }[]; revision: number }

export interface OccupancyView {
  entry: number; kind: string; landlord?: Linked; landlord_name?: Cell; tenant?: Linked; tenant_name?: Cell; floor_area?: string; land_area?: string; from?: string; to?: string
  present: boolean; within: OccupancyView[]
}
export interface CommitmentView {
  entry: number; title: string; op: string; value?: string; unit: string; due?: string; actual?: string; fulfilment?: string; state: 'kept' | 'broken' | 'not_due' | 'unknown'
  words: string; document?: string
}
export interface LineageView { entry: number; kind: string; on?: string; parent?: Linked; child?: Linked; area?: string }
export interface PartView { enterprise: Linked; whole?: string; weight?: string; value?: string; method: string; method_words: string; evidence: string; question?: string }
export interface AttributionView extends MeasureHead { measure: string; value?: string; per_mu?: string; state: string; known?: string; figure: string; parts: PartView[]; withheld_parts: number }
export interface EvaluationOfParcel { run: number; year: number; scheme: string; scheme_title: string; version: number; status: string; grade?: string; score?: string; published: boolean }
export interface ParcelView {
  on: string; year: number; row: ParcelRow; areas: { source: string; title: string; area: string; mu: string }[]
  rights: { entry: number; holder?: Linked; certificate?: string; kind?: string; area?: string; from?: string; to?: string }[]
  buildings: { entry: number; name: string; storeys?: string; floor_area?: string; counted_area?: string; completed?: string; geometry?: GeoJSON.Geometry }[]
  floor_area?: string; far?: string; occupancies: OccupancyView[]; commitments: CommitmentView[]; lineage: LineageView[]; geometry?: GeoJSON.Geometry; geometry_area?: string
  attribution: AttributionView[]; evaluations: EvaluationOfParcel[]
  disposals: { entry: number; kind?: string; state?: string; on?: string; due?: string; done?: string; text?: string }[]; cells: Record<string, Cell>; revision: number
}

// --- schemes and evaluations
export interface SchemeSummary { id: string; title: string; title_en: string; subject: 'parcel' | 'enterprise'; document: string; from_year?: number; to_year?: number; digest: string; usual: boolean }
export interface SchemeIndicator { group: string; id: string; title: string; title_en: string; unit: string; weight: string; numerator: string; denominator?: string; benchmark: string }
export interface SchemeView extends SchemeSummary { indicators: SchemeIndicator[]; grades: { id: string; words: string }[]; parameters: Record<string, string>; text: string }
export type Stage = 'draft' | 'area' | 'result'
export interface RunSummary {
  id: number; scheme: string; scheme_title: string; subject: 'parcel' | 'enterprise'; year: number; version: number; replaces?: number; at: string; who: string; note: string
  revision: number; scheme_digest: string; digest: string; subjects: number; graded: number; stage: Stage
}
export interface RunBenchmark { group: string; indicator: string; title: string; value?: string; unit: string; words: string }
export interface RunView extends RunSummary {
  grades: { group: string; grade: string; count: number; area: string; share?: string }[]; statuses: Record<string, number>; benchmarks: RunBenchmark[]
  publications: { stage: 'area' | 'result'; at: string; until?: string; who: string; note: string }[]; open_objections: number; outdated: boolean
}
export interface FrozenIndicator { indicator: string; numerator?: string; denominator?: string; value?: string; benchmark?: string; raw?: string; points?: string; reason: string; withheld: boolean }
export interface ResultRow {
  entry: number; code: string; name: string; group: string; area?: string; status: string; words: string; first_grade?: string; grade?: string; score?: string; rank?: number
  indicators: FrozenIndicator[]; marks: string[]
}
export interface ResultPage { run: number; total: number; offset: number; indicators: SchemeIndicator[]; items: ResultRow[]; order: string }
export interface Objection {
  entry: number; version: number; parcel?: Linked; enterprise?: Linked; kind?: string; text?: string; evidence?: string; on?: string; late: boolean
  state: 'received' | 'upheld' | 'rejected' | 'withdrawn'; state_words: string; decided?: string; decision?: string
}
export interface ObjectionList { items: Objection[]; kinds: string[]; until?: string }
export interface ComparedSide { status: string; grade?: string; score?: string }
export interface RunComparison {
  before: RunSummary; after: RunSummary; benchmarks: { group: string; indicator: string; title: string; before?: string; after?: string }[]
  items: { entry: number; code: string; name: string; before?: ComparedSide; after?: ComparedSide; changes: string[] }[]; unchanged: number
}
export interface SimulationMover { entry: number; code: string; name: string; before?: string; after?: string; score_before?: string; score_after?: string }
export interface Simulated {
  scheme: string; year: number; revision: number; grades: { group: string; grade: string; before: number; after: number }[]; movers: SimulationMover[]
  colors: Record<string, string>; benchmarks: RunBenchmark[]; took_ms: number
}
export interface ExplainedIndicator {
  id: string; title: string; title_en: string; unit: string; weight: string; numerator?: string; denominator?: string; value?: string; benchmark?: string; group_mean?: string
  raw?: string; points?: string; reason: string; withheld: boolean
}
export interface WaterfallStep { kind: 'indicator' | 'correction' | 'bonus' | 'malus' | 'total'; title: string; title_en: string; points: string; total: string; words: string }
export interface ParcelExplanation {
  entry: number; code: string; name: string; run?: number; scheme: string; scheme_title: string; year: number; group: string; status: string; words: string; grade?: string
  first_grade?: string; score?: string; waterfall: WaterfallStep[]; indicators: ExplainedIndicator[]
  next?: { grade: string; threshold?: string; points?: string; steps: { indicator: string; title: string; needed?: string; more?: string; unit: string; words: string }[]; words: string }
  group_position?: { group: string; of: number; rank?: number; mean?: string; median?: string }
  years: { year: number; run: number; scheme: string; grade?: string; score?: string }[]; commitments: CommitmentView[]
}

// --- files of boundaries
export interface CrsCandidate { epsg: number; title: string; swap_axes: boolean; why: string; sample?: GeoJSON.Geometry }
export interface GeometryChange { number: number; entry?: number; code: string; name: string; kind: 'new' | 'changed' | 'unchanged' | 'unknown' | 'held'; area?: string; legal_area?: string }
export interface GeometryStage {
  id: number; file: string; digest: string; format: string; who: string; features: number
  crs: { chosen?: number; swapped: boolean; candidates: CrsCandidate[]; question?: string; why: string }
  findings: Finding[]; preview?: GeoJSON.FeatureCollection; extent?: Extent
  changes: { new: number; changed: number; unchanged: number; unknown: number; held: number; items: GeometryChange[] }; ready: boolean
}
