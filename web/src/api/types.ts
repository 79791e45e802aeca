// The names of the HTTP contract: one place to import them from. What the server describes comes from its OpenAPI document
// (schema.gen.ts); here absent and null become the same, and words that are one of a few are said to be so.
import type { components } from './schema.gen'

export type Schemas = components['schemas']
/** As it is read: nothing is nothing, whether it was left out or null; a value of any kind is Json. */
type Read<T> = [T] extends [Record<string, never>] ? Json
  : T extends (infer Item)[] ? Read<Item>[]
  : T extends object ? { [K in keyof T]: undefined extends T[K] ? Read<Exclude<T[K], null>> : Read<T[K]> }
  : T
/** A schema, with what its document is not precise about. */
export type As<Name extends keyof Schemas, Words = unknown> = Omit<Read<Schemas[Name]>, keyof Words> & Words

/** A value as it travels: decimals are strings. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

export type Severity = 'note' | 'warning' | 'error'
export interface Place { file?: string; sheet?: string; cell?: string; book?: string; entry?: string; field?: string }
/** A place that may name the kept original it lies in. */
export type SourcePlace = Place & { source?: string; original?: string; filing?: number }
export interface Finding { code: string; severity: Severity; place: Place; message: string; hint?: string }
export type Cell = null | As<'Cell'>

export interface Problem {
  type: string; title: string; status: number; detail?: string; hint?: string; code: string
  findings?: Finding[]; current?: EntryView; yours?: Record<string, Json>; fields?: { field: string; message: string }[]
}
export interface Listing<T> { total: number; offset: number; items: T[]; revision: number }
export interface Items<T> { items: T[] }

// --- session
export type Right = 'read' | 'record' | 'accept' | 'publish' | 'administer' | 'unmask' | 'audit' | 'file'
export type Language = 'zh-CN' | 'en'
export type Person = As<'Person', { rights: Right[]; language: Language }>
export type Session = As<'Session', { person?: Person }>
export type TotpEnrolment = As<'TotpEnrolment'>

// --- content
export type FieldKind =
  | 'text' | 'integer' | 'decimal' | 'amount' | 'date' | 'month' | 'period' | 'year' | 'choice' | 'reference' | 'references'
  | 'uscc' | 'orgcode' | 'parcel_code' | 'phone' | 'person' | 'geometry' | 'file' | 'boolean' | 'figure' | 'unit'
export type FieldDef = As<'FieldDef', { kind: FieldKind; class: 'public' | 'internal' | 'enterprise' | 'personal' }>
export type BookDef = As<'BookDef', { kind: 'register' | 'series' | 'event' | 'case'; fields: FieldDef[]; rights: Right[] }>
export type WindowName = 'month' | 'ytd' | 'quarter' | 'half' | 'year' | 'moment'
export type FigureDef = As<'FigureDef', { window: WindowName; windows: WindowName[] }>
export type ReportDef = As<'ReportDef'>
export type TriedTemplate = As<'TriedTemplate', { findings: Finding[]; preview?: Preview }>
export type TemplateSlot = As<'TemplateSlot'>
export type TemplateParagraph = As<'TemplateParagraph'>
export type SlotOffer = As<'SlotOffer'>
export type ParameterDef = As<'ParameterDef'>
export type ChoiceList = As<'ChoiceList'>
export type UnitDef = As<'UnitDef'>
export type Topic = As<'TopicDef', { figures: FigureDef[] }>
export type Catalogue = As<'Catalogue', { books: BookDef[]; topics: Topic[] }>

// --- books
export type EntryRow = As<'EntryRow', { cells: Cell[] }>
export type EntryPage = As<'EntryPage', { items: EntryRow[] }>
export type Group = As<'GroupItem'>
export type Option = As<'OptionItem'>
export interface EntryView {
  id: number; book: string; version: number; state: 'active' | 'withdrawn'; title: string; revision: number; key: string
  cells: Record<string, Cell>; places: Record<string, SourcePlace>
  referenced_by: { book: string; title: string; title_en: string; field: string; field_title: string; count: number }[]; can: Right[]
  /** What is doubtful about what was just written. */
  findings?: Finding[]
}
export interface Change { field: string; title: string; title_en: string; before: string; after: string; place: SourcePlace }
export interface Version {
  version: number; revision: number; at: string; who: string; why?: string; kind: 'import' | 'record' | 'undo'
  source?: { digest: string; name: string }; state: 'active' | 'withdrawn'; changes: Change[]
}
export interface CheckResult { findings: Finding[]; values: Record<string, Cell> }
export interface PasteRow { entry?: number; based_on?: number; values: Record<string, Json> }
export interface PasteResult { findings: (Finding & { row: number })[]; new: number; changed: number; unchanged: number; revision?: number }
export type ReturnState = 'sent' | 'late' | 'missing' | 'not_due' | 'none'
export interface Completeness {
  periods: string[]; rows: { entry: number; title: string; cells: ReturnState[] }[]; due: Record<string, string>
  totals: { period: string; expected: number; sent: number; late: number; missing: number }[]
}
export interface Reminder { entry: number; title: string; contact?: string; phone?: Cell; text: string; reminded_at?: string }
export interface Reminders { period: string; due?: string; items: Reminder[] }
export interface View { id: number; book: string; name: string; query: Json; shared: boolean; owner: string }

// --- intake
export type Counts = As<'Counts'>
export interface StagedSummary {
  id: number; file: string; digest: string; created: string; who: string; counts: Counts
  tables: { sheet: string; book?: string; layout?: string }[]; findings: FindingCounts; state: 'staged'
}
export type FindingCounts = As<'OpenFindings'>
export interface TableView {
  sheet: string; book: string; book_title: string; layout: string; layout_title: string; period?: string; area: string
  heading_rows: [number, number]; rows: number
  columns: { column: string; heading: string; field?: string; title?: string; unit?: string }[]
}
/** What a corrected workbook made different. */
export interface Difference { gone: Finding[]; new: Finding[]; stayed: number }
export type StagedView = Omit<StagedSummary, 'tables'> & {
  tables: TableView[]; ignored: string[]; queue: number; all_findings: Finding[]; more_findings: number
  /** What is shown here; accepting names it, so that nothing else is accepted. */
  plan: string; revision: number; moved: boolean; retried?: Difference | null; can_accept: boolean
}
export interface StagedChange {
  book: string; book_title: string; entry?: number | null; key: string; title: string; kind: 'new' | 'changed' | 'unchanged' | 'withdrawn'; place: Place
  fields: { field: string; title: string; title_en: string; before: string; after: string; cell: string; masked: boolean }[]
}
export type SheetInfo = As<'SheetInfo'>
export interface SheetView {
  name: string; from: number; rows: number; columns: { letter: string; width?: number; hidden: boolean }[]
  cells: { r: number; c: number; t: string; n?: boolean; m?: boolean; span?: [number, number] }[]; hidden_rows: number[]
  marks: { cell: string; severity: Severity; message: string; hint?: string }[]
}
/** Layouts for the sheets that none reads; `current`: the one the file is read with now, if it has its own. */
export interface Proposals { proposals: Proposal[]; current?: string | null }
export interface Proposal {
  sheet: string; book?: string; book_title?: string; toml: string; unmatched: string[]
  columns: { column: string; heading: string; field?: string; title?: string; kind?: string; unit?: string; by?: string; score: number; sample: string[] }[]
}
export interface Match {
  book: string; book_title: string; written: string; place: Place; source?: string | null
  candidates: {
    entry: number; title: string; key: string; permille: number; reason: string
    evidence: { label: string; theirs: string; ours: string; same: boolean | null }[]
  }[]
}
export type SourceInfo = As<'SourceItem'>
export interface KeptFinding {
  id: number; state: 'open' | 'resolved'; revision: number; finding: Finding; resolved_by?: string | null; resolved_why?: string | null
}
export interface Revision {
  seq: number; at: string; who: string; why?: string; kind: string; undoes?: number | null; undone_by?: number | null
  source?: { digest: string; name: string } | null; entries: number; hash: string
}
export type RevisionView = Revision & { total: number; changes: StagedChange[]; can_undo: boolean }

// --- figures
export type Blank = As<'Blank'>
export type Val = As<'Val'>
export type Growth = As<'Growth'>
export type GroupLine = As<'GroupLine'>
export type Basis = As<'Basis', { comparison: 'none' | 'own_prior' | 'same_subjects' | 'all' | 'parts' }>
export type Answer = As<'Answer', { basis: Basis }>
export type SeriesPoint = As<'SeriesItem'>
export type TraceCell = As<'TraceCell', { side: 'current' | 'prior'; place: SourcePlace }>
export type Trace = As<'FigureTrace', { items: TraceCell[]; basis: Basis }>

// --- overview, tasks, projects
export type Task = As<'Task', { kind: 'amount' | 'growth' | 'count' | 'share' }>
export type Tasks = As<'Tasks', { items: Task[] }>
export type OverviewCard = As<'OverviewCard', { answer: Answer; task?: Task }>
export type Overview = As<'Overview', { cards: OverviewCard[] }>
export type Project = As<'Project'>
export type Projects = As<'Projects'>
export type ProjectView = As<'ProjectView'>

// --- reports
export type ReportSummary = As<'ReportItem'>
export type Refreshed = As<'Refreshed'>
export type Rehearsal = As<'Rehearsal'>
export type RehearsalOutcome = Rehearsal['figures'][number]['outcome']
export type Overtyped = As<'Overtyped'>
export interface Run { text: string; bold?: boolean; italic?: boolean; font?: string; size?: number; slot?: number }
export interface Block {
  kind: 'paragraph' | 'heading' | 'table' | 'chart' | 'page_break'; style?: string; align?: 'left' | 'center' | 'right' | 'justify'
  indent?: number; level?: number; runs?: Run[]; rows?: { cells: { runs: Run[]; align?: 'left' | 'center' | 'right' | 'justify'; span?: number; row_span?: number }[] }[]
  chart?: ReportChart
}
export interface ReportChart {
  title: string; words: string; categories: string[]
  series: { title: string; unit: string; kind: 'column' | 'bar' | 'line' | 'pie'; second_axis: boolean; points: (string | null)[] }[]
}
export interface Slot {
  index: number; text: string; tag: string; figure?: string; title: string; question?: string
  kind: 'value' | 'growth' | 'rank' | 'text' | 'count' | 'claim' | 'period'; basis?: string; finding?: string
}
export interface Preview {
  report: string; title: string; period: string; revision: number; content_digest: string; blocks: Block[]; slots: Slot[]
  claims: { id: string; title: string; holds: boolean | null; words: string; slot_texts: string[] }[]
  findings: Finding[]; unfilled: number
}
export type Verdict = 'supported' | 'contradicted' | 'unknown' | 'incomparable'
export type AuditItem = As<'AuditItem', { verdict: Verdict }>
export type Conflict = As<'Conflict', { kind: 'sum' | 'twice' | 'heading' | 'percent' | 'average' }>
export type Audited = As<'Audited', { items: AuditItem[]; conflicts: Conflict[] }>
export type Publication = As<'Publication'>
export type PublicationChanges = As<'PublicationChanges'>
export type PublicationState = As<'PublicationState'>
export type Why = As<'Why'>
export type WhyPart = As<'WhyPart'>
export type Vintages = As<'Vintages'>
// --- enterprises
export type EnterpriseList = As<'EnterpriseList'>
export type FileFact = As<'FileFact', { place?: SourcePlace }>
export type EnterpriseFile = As<'EnterpriseFile', { facts: FileFact[] }>
export type FilePart = EnterpriseFile['sections'][number]
export type Certificate = EnterpriseFile['certificates'][number]
export type FileColumn = FilePart['columns'][number]
export type FileMoment = EnterpriseFile['timeline'][number]
export type PlanStage = 'draft' | 'agreed' | 'running' | 'applied' | 'publicised' | 'recognised' | 'failed' | 'renewed'
export type PlanSide = 'enterprise' | 'park' | 'department'
export type PlanNext = As<'PlanNext', { stage: PlanStage }>
export type PlanAction = As<'PlanAction', { side?: PlanSide }>
export type PlanGap = As<'PlanGap', { side?: PlanSide }>
export type PlanCase = As<'PlanCase', { stage: PlanStage; next: PlanNext[]; actions: PlanAction[]; gaps: PlanGap[] }>
export type EnterprisePlan = As<'EnterprisePlan', { plans: PlanCase[] }>
export type PlanKept = As<'PlanKept'>
export type PlanReminder = As<'PlanReminder'>
export type PlanReminders = As<'PlanReminders'>

export type Uses = As<'Uses'>
export type UsesOfEntry = As<'UsesOfEntry'>

// --- policies
export type NextStage = As<'NextStage'>
export type CaseLine = As<'CaseLine', { next: NextStage[] }>
export type Candidate = As<'Candidate'>
export type PolicyCard = As<'PolicyCard', { mode: 'proposed' | 'applied'; flow: 'grant' | 'charge' | 'loss' }>
export type PolicyList = As<'PolicyList', { items: PolicyCard[]; waiting: CaseLine[] }>
export type PoolStanding = As<'PoolStanding'>
export type PolicyNumber = As<'PolicyNumber'>
export type PolicyView = As<'PolicyView', { card: PolicyCard; items: Candidate[]; cases: CaseLine[]; pool?: PoolStanding }>
export type MatchedPolicies = As<'MatchedPolicies'>
export type Promotion = As<'Promotion', { pipelines: PipelineView[]; capital?: CapitalView; land?: LandView; sections: PromotionPart[] }>
export type PipelineView = As<'PipelineView', { answers: Answer[] }>
export type CapitalView = As<'CapitalView', { whole: Answer[]; programmes: ProgrammeView[] }>
export type ProgrammeView = As<'ProgrammeView', { answer?: Answer; task?: Task }>
export type LandView = As<'LandView', { answers: Answer[] }>
export type PromotionPart = As<'PromotionPart', { whole?: Answer; parts: Answer[]; answers: Answer[] }>
export type GradesTaken = As<'GradesTaken'>
export type EnterprisePolicies = As<'EnterprisePolicies', { open: CaseLine[] }>

// --- jobs
export type JobState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted'
export type JobView = As<'JobView', {
  kind: 'import' | 'accept' | 'report' | 'backup' | 'verify' | 'mapping'; state: JobState; problem?: Problem
  progress: { done: number; total?: number; stage: string }
}>

// --- administration
export type PersonRecord = As<'PersonRecord', { rights: Right[]; language: Language }>
export type OneTimeLink = As<'OneTimeLink'>
export type NewPerson = As<'Invited', { person: PersonRecord }>
export type Grant = As<'Grant', { rights: Right[] }>
export type Role = As<'Role', { grants: Grant[] }>
export type SessionLine = As<'SessionLine'>
export type Token = As<'Token', { scopes: Right[] }>
export type AuditLine = As<'AuditLine'>
export type ContentFinding = As<'ContentFinding'>
export type ContentFindings = As<'ContentFindings'>
export type Drill = As<'DrillView'>
export type Backup = As<'BackupView'>
export interface Verification {
  sound: boolean; revision: number; hash: string; versions: number; audits: number; originals: number; damage: string[]; more_damage: number
}
export type ConfigLine = As<'InForce', { from: 'default' | 'file' | 'environment' | 'command line' }>
export type Status = As<'Status'>

// --- visits and demands
export type LightColour = 'red' | 'yellow' | 'green'
export type DueVisit = As<'DueVisit', { light: LightColour }>
export type VisitsDue = As<'VisitsDue', { items: DueVisit[] }>
export type LightReason = As<'LightReason', { colour: LightColour }>
export type LightRule = As<'LightRule', { colour: LightColour }>
export type LightList = As<'LightList', { items: As<'EnterpriseLight', { light: LightColour; why: LightReason[] }>[]; rules: LightRule[] }>
export type MetricRow = As<'MetricRow'>
export type VisitMetrics = As<'VisitMetrics'>
export type DemandAct = As<'DemandAct'>
export type Demand = As<'Demand', { light: LightColour; state: 'received' | 'accepted' | 'dispatched' | 'suspended' | 'answered' | 'rated' | 'closed' | 'returned'; step?: 'dispatch' | 'answer' | 'rate' }>
export type DemandBoard = As<'DemandBoard', { items: Demand[] }>
export type VisitForms = As<'VisitForms', { light: LightColour; demands: Demand[] }>
export type VisitMade = As<'VisitMade'>
export type VisitPhotos = As<'VisitPhotos'>

// --- returns of enterprises
export type FilingState = 'sent_back' | 'draft' | 'not_begun' | 'submitted' | 'accepted' | 'recorded'
export type ReturnHead = As<'ReturnHead', { state: FilingState }>
export type ReturnField = As<'ReturnField', { value: Json; cell?: Cell; before?: Cell; year_before?: Cell; last_time?: Cell }>
export type ReturnRound = As<'ReturnRound', { act: 'submit' | 'withdraw' | 'send_back' | 'accept'; fields: As<'RoundField', { cell?: Cell }>[] }>
export type ReturnForm = As<'ReturnForm', { state: FilingState; findings: Finding[]; fields: ReturnField[]; rounds: ReturnRound[] }>
export type ReturnList = As<'ReturnList', { items: ReturnHead[] }>
export type OwnDemand = As<'OwnDemand', { state: Demand['state'] }>
export type OwnDemands = As<'OwnDemands', { items: OwnDemand[] }>
export type PortalHome = As<'PortalHome', { returns: ReturnHead[]; reminders: PlanReminder[]; demands?: OwnDemands }>
