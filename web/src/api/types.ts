// The names of the HTTP contract. One place to import them from: what produces them may change, the names do not.

/** A value as it travels: decimals are strings. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

export type Severity = 'note' | 'warning' | 'error'
export interface Place { file?: string; sheet?: string; cell?: string; book?: string; entry?: string; field?: string }
/** A place that may name the kept original it lies in. */
export type SourcePlace = Place & { source?: string; original?: string }
export interface Finding { code: string; severity: Severity; place: Place; message: string; hint?: string }
export type Cell = null | { text: string; value: Json; masked?: boolean; entry?: number }

export interface Problem {
  type: string; title: string; status: number; detail?: string; hint?: string; code: string
  findings?: Finding[]; current?: EntryView; yours?: Record<string, Json>; fields?: { field: string; message: string }[]
}
export interface Listing<T> { total: number; offset: number; items: T[]; revision: number }
export interface Items<T> { items: T[] }

// --- session
export type Right = 'read' | 'record' | 'accept' | 'publish' | 'administer' | 'unmask' | 'audit'
export type Language = 'zh-CN' | 'en'
export interface Person {
  id: number; name: string; display: string; department: string; roles: string[]
  enterprise?: { entry: number; title: string }; rights: Right[]; language: Language; second_factor: boolean
}
export interface Session {
  signed_in: boolean; csrf: string; person?: Person; setup_needed: boolean; must_enrol: boolean
  oidc: { id: string; title: string }[]; demo: boolean; park_name: string; idle_minutes: number
}
export interface TotpEnrolment { secret: string; uri: string; svg: string }

// --- content
export type FieldKind =
  | 'text' | 'integer' | 'decimal' | 'amount' | 'date' | 'month' | 'period' | 'year' | 'choice' | 'reference' | 'references'
  | 'uscc' | 'orgcode' | 'parcel_code' | 'phone' | 'person' | 'geometry' | 'file' | 'boolean' | 'figure' | 'unit'
export interface FieldDef {
  id: string; title: string; title_en: string; kind: FieldKind; unit?: string; choices?: string[]; book?: string
  required: boolean; class: 'public' | 'internal' | 'enterprise' | 'personal'; min?: string; max?: string; help?: string
  masked: boolean; purpose?: string; keep_years?: number
}
export interface BookDef {
  id: string; title: string; title_en: string; kind: 'register' | 'series' | 'event' | 'case'; role?: string
  department?: string; key: string[]; display?: string; subject?: string; time?: string; every?: string
  state?: { field: string; states: string[]; closed: string[]; deadline?: string; handler?: string }
  confidential: boolean; fields: FieldDef[]; rights: Right[]; entries: number; changed_at?: string
}
export type WindowName = 'month' | 'ytd' | 'quarter' | 'half' | 'year' | 'moment'
export interface FigureDef {
  id: string; title: string; title_en: string; topic: string; unit?: string; decimals: number; window: WindowName; book?: string
  composite: boolean; words: string; definition: string; source: string; windows: WindowName[]
}
export interface ReportDef { id: string; title: string; title_en: string }
export interface UnitDef { id: string; dimension: string; factor: string }
export interface Topic { id: string; title: string; title_en: string; figures: FigureDef[] }
export interface Catalogue {
  digest: string; revision: number; books: BookDef[]; topics: Topic[]; claims: { id: string; title: string }[]
  exclusions: { id: string; title: string }[]; reports: ReportDef[]; units: UnitDef[]; pages: string[]
}

// --- books
export interface EntryRow { id: number; version: number; cells: Cell[] }
export interface EntryPage extends Listing<EntryRow> { columns: string[] }
export interface Group { value: Json; text: string; count: number; sums: Record<string, string> }
export interface Option { id: number; title: string; key: string }
export interface EntryView {
  id: number; book: string; version: number; state: 'active' | 'withdrawn'; title: string; revision: number; key: string
  cells: Record<string, Cell>; places: Record<string, SourcePlace>
  referenced_by: { book: string; title: string; title_en: string; field: string; count: number }[]; can: Right[]
}
export interface Change { field: string; title: string; title_en: string; before: Cell; after: Cell; place: SourcePlace }
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
export interface Counts { new: number; changed: number; unchanged: number; held: number; withdrawn: number }
export interface StagedSummary {
  id: number; file: string; digest: string; created: string; who: string; counts: Counts
  tables: { sheet: string; book?: string; layout?: string }[]; findings: FindingCounts; state: 'staged'
}
export interface FindingCounts { error: number; warning: number; note: number }
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
export interface SheetInfo { index: number; name: string; rows: number; columns: number; hidden: boolean }
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
export interface SourceInfo { digest: string; name: string; size: number; received_at: string; who: string; revisions: number[] }
export interface KeptFinding {
  id: number; state: 'open' | 'resolved'; revision: number; finding: Finding; resolved_by?: string | null; resolved_why?: string | null
}
export interface Revision {
  seq: number; at: string; who: string; why?: string; kind: string; undoes?: number | null; undone_by?: number | null
  source?: { digest: string; name: string } | null; entries: number; hash: string
}
export type RevisionView = Revision & { total: number; changes: StagedChange[]; can_undo: boolean }

// --- figures
export interface Blank { code: string; text: string }
export interface Val { number?: string; text?: string; list?: string[]; blank?: Blank }
export interface Growth { percent?: string; words: string; kind: 'up' | 'down' | 'flat' | 'turn' | 'blank'; blank?: Blank }
export interface GroupLine {
  name: string; entry?: number; value: Val; comparable: Val; prior: Val; yoy: Growth
  share?: string; contribution?: string; pull?: string; rank?: number; entries: number
}
export interface Basis {
  definition: string; words: string; source: string; books: { id: string; title: string }[]; revision: number; filter: string
  comparison: 'none' | 'own_prior' | 'same_subjects' | 'all' | 'parts'; comparison_words: string
  excluded: { entry: number; name: string }[]; entries: number; notes: string[]
}
export interface Answer {
  figure: string; title: string; title_en: string; period: { from: string; to: string; text: string; text_en: string }
  unit?: string; decimals: number; value: Val; shown: string; comparable: Val; prior: Val; yoy: Growth; mom?: Growth; of?: string
  groups: GroupLine[]; basis: Basis; revision: number
}
export interface SeriesPoint { period: string; text: string; value: Val; yoy: Growth }
export interface TraceCell {
  figure: string; side: 'current' | 'prior'; entry: number; title: string; field: string; field_title: string
  value: string; unit?: string; original?: string; place: SourcePlace; adds?: string
}
export interface Trace { total: number; items: TraceCell[]; formula: string; basis: Basis; value: Val; shown: string; revision: number }

// --- overview, tasks, projects
export interface Task {
  figure: string; title: string; title_en: string; year: number; setter: string; kind: 'amount' | 'growth' | 'count' | 'share'
  target: string; unit?: string; at_least?: boolean; document?: string; through?: string; actual: Val; progress?: string; elapsed: string
  behind?: string; gap?: string; monthly_pace?: string; months_left: number
  forecast?: { value: string; progress?: string; method: string; words: string }
  status: 'done' | 'on_track' | 'behind' | 'no_data'; entry: number
}
export interface Tasks { period: string; elapsed: string; items: Task[] }
export interface OverviewCard { answer: Answer; spark: { period: string; value?: string }[]; task?: Task }
export interface Overview {
  period: string; latest_period?: string; revision: number; cards: OverviewCard[]
  late: { book: string; title: string; title_en: string; period: string; due?: string; expected: number; missing: number }[]
  deadlines: { book: string; book_title: string; entry: number; title: string; due: string; handler?: string; days: number }[]
  expiring: { book: string; book_title: string; entry: number; title: string; date: string; days: number }[]
  findings: FindingCounts; queue: number; revisions: Revision[]
}
export interface Project {
  entry: number; title: string; kind?: string; status?: string; enterprise?: { entry: number; title: string }
  parcel?: { entry: number; title: string }; milestones: { id: string; planned?: string; actual?: string; days?: number }[]
  total?: string; planned_year?: string; done?: string; unit: string
}
export interface Projects { milestones: { id: string; title: string; title_en: string }[]; items: Project[]; total: number }
export type ProjectView = Project & {
  months: { period: string; parts: Record<string, string>; total?: string; year_to_date?: string }[]
  parts: { id: string; title: string; title_en: string }[]
  milestone_defs?: { id: string; title: string; title_en: string }[]
}

// --- reports
export interface ReportSummary extends ReportDef { publications: number; last?: { period: string; at: string; who: string } }
export interface Run { text: string; bold?: boolean; italic?: boolean; font?: string; size?: number; slot?: number }
export interface Block {
  kind: 'paragraph' | 'heading' | 'table' | 'page_break'; style?: string; align?: 'left' | 'center' | 'right' | 'justify'
  indent?: number; level?: number; runs?: Run[]; rows?: { cells: { runs: Run[]; span?: number }[] }[]
}
export interface Slot {
  index: number; text: string; tag: string; figure?: string; title: string; question?: string
  kind: 'value' | 'growth' | 'rank' | 'text' | 'count' | 'claim' | 'period'; finding?: string
}
export interface Preview {
  report: string; title: string; period: string; revision: number; content_digest: string; blocks: Block[]; slots: Slot[]
  claims: { id: string; title: string; holds: boolean | null; words: string; slot_texts: string[] }[]
  findings: Finding[]; unfilled: number
}
export interface Publication {
  id: number; report: string; period: string; revision: number; at: string; who: string; digest: string; note?: string
}
export interface PublicationChanges {
  revision_then: number; revision_now: number
  items: {
    title: string; figure?: string; then: string; now: string; question?: string
    entries: { book: string; entry: number; title: string; field: string; before: Cell; after: Cell; revision: number; who: string; at: string }[]
  }[]
}

// --- jobs
export type JobState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted'
export interface JobView {
  id: number; kind: 'import' | 'accept' | 'report' | 'backup' | 'verify' | 'mapping'; title: string; state: JobState
  progress: { done: number; total?: number; stage: string }; created: string; started?: string; ended?: string; who: string
  result?: Json; problem?: Problem; can_cancel: boolean
}

// --- administration
export interface PersonRecord extends Person {
  locked: boolean; last_seen?: string; created: string; failed: number; second_factor_required: boolean
}
export interface OneTimeLink { link: string; expires: string }
export interface NewPerson extends OneTimeLink { person: PersonRecord }
export interface Role { id: string; title: string; title_en: string; grants: { books: string; rights: Right[] }[]; own_rows: boolean }
export interface SessionRecord { id: string; person: string; created: string; last_seen: string; from?: string; agent?: string; current?: boolean }
export interface Token {
  id: number; title: string; person?: string; scopes: Right[]; books?: string[]; created: string; expires?: string; last_used?: string
}
export interface AuditLine { seq: number; at: string; who: string; action: string; subject: string; detail: string; from?: string }
export interface ContentFinding { path: string; line?: number; column?: number; message: string; hint?: string }
export interface ContentFindings { items: ContentFinding[]; digest: string; overlay?: string }
export interface Backup { name: string; created: string; bytes: number; revision?: number; drilled?: string }
export interface ConfigLine { key: string; value: string; from: 'default' | 'file' | 'environment' | 'command line'; doc: string }
export interface Status {
  version: string; started: string; uptime_seconds: number; disk_free: number; ledger_bytes: number
  last_backup?: string; last_drill?: string; revision: number; people: number; sessions: number
}
