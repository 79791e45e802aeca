// The state of an entry's form: values, what is being changed, live checks.
import { type Ref, computed, onScopeDispose, reactive, ref, shallowRef, watch } from 'vue'
import { post } from '@/api/client'
import type { BookDef, Cell, CheckResult, EntryView, Finding, Json } from '@/api/types'

const CHECK_MS = 400
const same = (a: Json | undefined, b: Json | undefined): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

/** The raw values of an entry; what is masked for this person cannot be edited and is left out. */
export function rawValues(entry: EntryView | undefined): Record<string, Json> {
  const out: Record<string, Json> = {}
  for (const [field, cell] of Object.entries(entry?.cells ?? {})) if (cell && !cell.masked) out[field] = cell.value
  return out
}
export function isMasked(entry: EntryView | undefined, field: string): boolean {
  return entry?.cells[field]?.masked ?? false
}

export interface EntryFormState {
  values: Record<string, Json>
  base: Ref<Record<string, Json>>
  changes: Ref<Record<string, Json>>
  dirty: Ref<boolean>
  findings: Ref<Finding[]>
  checking: Ref<boolean>
  fault: Ref<unknown>
  of(field: string): Finding[]
  rest: Ref<Finding[]>
  restart(base: Record<string, Json>, values: Record<string, Json>): void
}

export function useEntryForm(book: Ref<BookDef>, entry: () => number | undefined, start: Record<string, Json>): EntryFormState {
  const base = shallowRef<Record<string, Json>>({ ...start })
  const values = reactive<Record<string, Json>>({ ...start })
  const findings = shallowRef<Finding[]>([])
  const checking = ref(false)
  const fault = shallowRef<unknown>()
  const changes = computed(() => {
    const out: Record<string, Json> = {}
    for (const field of book.value.fields) if (!same(values[field.id], base.value[field.id])) out[field.id] = values[field.id] ?? null
    return out
  })
  const dirty = computed(() => Object.keys(changes.value).length > 0)
  let timer = 0
  let asked: AbortController | undefined

  async function check(): Promise<void> {
    asked?.abort()
    asked = new AbortController()
    const { signal } = asked
    checking.value = true
    try {
      // What is not changed is the server's already, and may refer to what this person does not see.
      const body: { entry?: number; values: Record<string, Json> } = { values: changes.value }
      if (entry() !== undefined) body.entry = entry()
      const answer = await post<CheckResult>(`/books/${book.value.id}/check`, body, { signal })
      findings.value = answer.findings
      fault.value = undefined
    } catch (error) {
      if (!signal.aborted) fault.value = error
    } finally {
      if (!signal.aborted) checking.value = false
    }
  }
  watch(
    values,
    () => {
      window.clearTimeout(timer)
      if (!dirty.value) {
        findings.value = []
        return
      }
      timer = window.setTimeout(() => void check(), CHECK_MS)
    },
    { deep: true },
  )
  const keepPage = (event: BeforeUnloadEvent): void => event.preventDefault()
  watch(dirty, (now) => (now ? window.addEventListener : window.removeEventListener)('beforeunload', keepPage as EventListener))
  onScopeDispose(() => {
    window.removeEventListener('beforeunload', keepPage)
    window.clearTimeout(timer)
    asked?.abort()
  })

  return {
    values,
    base,
    changes,
    dirty,
    findings,
    checking,
    fault,
    of: (field) => findings.value.filter((finding) => finding.place.field === field),
    rest: computed(() => findings.value.filter((finding) => !book.value.fields.some((field) => field.id === finding.place.field))),
    restart(nextBase, nextValues) {
      base.value = { ...nextBase }
      for (const key of Object.keys(values)) delete values[key]
      Object.assign(values, nextValues)
    },
  }
}

/** A field that two people have made different of. */
export interface Clash { field: string; base: Json; theirs: Json; mine: Json; theirCell: Cell }

/** Sorts an edit made against an older version: what only one side changed needs no question. */
export function compareEdits(
  book: BookDef,
  base: Record<string, Json>,
  mine: Record<string, Json>,
  current: EntryView,
): { clashes: Clash[]; onlyTheirs: string[]; onlyMine: string[] } {
  const theirs = rawValues(current)
  const clashes: Clash[] = []
  const onlyTheirs: string[] = []
  const onlyMine: string[] = []
  for (const { id } of book.fields) {
    if (isMasked(current, id)) continue
    const [theyDid, iDid] = [!same(theirs[id], base[id]), !same(mine[id], base[id])]
    if (theyDid && iDid && !same(theirs[id], mine[id]))
      clashes.push({ field: id, base: base[id] ?? null, theirs: theirs[id] ?? null, mine: mine[id] ?? null, theirCell: current.cells[id] ?? null })
    else if (theyDid && !iDid) onlyTheirs.push(id)
    else if (iDid && !theyDid) onlyMine.push(id)
  }
  return { clashes, onlyTheirs, onlyMine }
}
