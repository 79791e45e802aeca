// The names of the contract's part about parcels, as the server's document says them; words that are one of a few are said to be so.
import type * as GeoJSON from 'geojson'
import type { As, Cell, Finding } from './types'

export type Linked = As<'LinkedEntry'>
export type MeasureHead = As<'MeasureHead'>
export type Known = 'present' | 'estimated' | 'conflicting' | 'missing' | 'withheld'
export type MeasureCell = As<'MeasureCell', { state: Known }>
export type ParcelStatus = 'scored' | 'not_due' | 'exempt' | 'no_data'
export type ParcelRow = As<'ParcelRow', { status?: ParcelStatus; values: MeasureCell[] }>
export type ParcelPage = As<'ParcelPage', { items: ParcelRow[] }>
export type Extent = [west: number, south: number, east: number, north: number]
export type LegendItem = As<'LegendItem'>
export type ParcelMap = As<'ParcelMap', { extent?: Extent; features?: GeoJSON.FeatureCollection; buildings?: GeoJSON.FeatureCollection }>

export type CoverageCell = As<'CoverageCell', { state: 'present' | 'estimated' | 'conflicting' | 'missing' | 'none' }>
export type CoverageRow = As<'CoverageRow', { cells: CoverageCell[] }>
export type Gap = As<'Gap'>
export type ParcelCoverage = As<'ParcelCoverage', { rows: CoverageRow[] }>

export type OccupancyView = As<'OccupancyView', { landlord_name?: Cell; tenant_name?: Cell; within: OccupancyView[] }>
export type CommitmentView = As<'CommitmentView', { state: 'kept' | 'broken' | 'not_due' | 'unknown' }>
export type LineageView = As<'LineageView'>
export type PartView = As<'PartView'>
export type AttributionView = As<'AttributionView'>
export type WaterfallStep = As<'WaterfallStep', { kind: 'indicator' | 'correction' | 'bonus' | 'malus' | 'total' }>
export type ParcelView = As<'ParcelView', {
  row: ParcelRow; buildings: As<'BuildingView', { geometry?: GeoJSON.Geometry }>[]; occupancies: OccupancyView[]; commitments: CommitmentView[]; geometry?: GeoJSON.Geometry
  cells: Record<string, Cell>
}>
export type ParcelExplanation = As<'ParcelExplanation', { waterfall: WaterfallStep[]; commitments: CommitmentView[] }>

export type SchemeSummary = As<'SchemeSummary', { subject: 'parcel' | 'enterprise' }>
export type SchemeIndicator = As<'SchemeIndicator'>
export type SchemeView = As<'SchemeView', { subject: 'parcel' | 'enterprise' }>
export type Stage = 'draft' | 'area' | 'result'
export type RunSummary = As<'RunSummary', { subject: 'parcel' | 'enterprise'; stage: Stage }>
export type RunBenchmark = As<'RunBenchmark'>
export type RunView = As<'RunView', { subject: 'parcel' | 'enterprise'; stage: Stage }>
export type ResultRow = As<'ResultRow'>
export type ResultPage = As<'ResultPage', { items: ResultRow[] }>
export type Objection = As<'Objection', { state: 'received' | 'upheld' | 'rejected' | 'withdrawn' }>
export type ObjectionList = As<'ObjectionList', { items: Objection[] }>
export type ComparedSide = As<'ComparedSide'>
export type RunComparison = As<'RunComparison', { before: RunSummary; after: RunSummary }>
export type SimulationMover = As<'SimulationMover'>
export type SimulationMoney = As<'SimulationMoney'>
export type Simulated = As<'Simulated', { colors: Record<string, string> }>

export type CrsCandidate = As<'CrsCandidate', { sample?: GeoJSON.Geometry }>
export type GeometryChange = As<'GeometryChange', { kind: 'new' | 'changed' | 'unchanged' | 'unknown' | 'held' }>
export type WaitingStage = As<'WaitingStage'>
export type GeometryStage = As<'GeometryStage', {
  crs: As<'CrsQuestion', { candidates: CrsCandidate[] }>; changes: As<'GeometryChanges', { items: GeometryChange[] }>; findings: Finding[]; preview?: GeoJSON.FeatureCollection
  extent?: Extent
}>

export type MatchNeed = As<'MatchNeed'>
export type MatchRoom = As<'MatchRoom', { kind: 'vacant' | 'low' }>
export type MatchedPair = As<'MatchedPair', { room: MatchRoom }>
export type MatchLeft = As<'MatchLeft', { nearest?: MatchRoom }>
export type Matched = As<'Matched', { pairs: MatchedPair[]; left: MatchLeft[]; empty: MatchRoom[] }>

export type Held = 'met' | 'not_met' | 'unknown'
export type LowRule = As<'LowRule', { class: 'idle' | 'low' }>
export type LowGround = As<'LowGround', { held: Held }>
export type LowVerdict = As<'LowVerdict', { held: Held; because?: 'excused' | 'behind'; grounds: LowGround[] }>
export type LowParcel = As<'LowParcel', { verdicts: LowVerdict[] }>
export type LowPage = As<'LowPage', { rules: LowRule[]; items: LowParcel[] }>
export type PotentialPage = As<'PotentialPage'>
export type EffectCell = As<'EffectCell'>
export type EffectPolicy = As<'EffectPolicy'>
export type EffectPage = As<'EffectPage'>
