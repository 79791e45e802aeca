// The draft of a return: what is typed, saved and checked shortly after, one save at a time, each based on the version before.
import { type Ref, computed, onScopeDispose, reactive, ref, shallowRef, watch } from 'vue'
import { ApiProblem, get, post, put } from '@/api/client'
import type { Json, ReturnForm } from '@/api/types'

const SAVE_MS = 600

export interface ReturnDraft {
  form: Ref<ReturnForm | undefined>
  values: Record<string, Json>
  reasons: Record<string, string>
  state: Ref<'clean' | 'changed' | 'saving' | 'saved'>
  fault: Ref<unknown>
  stale: Ref<boolean>
  load(): Promise<void>
  act(what: 'submit' | 'withdraw'): Promise<boolean>
}

export function useReturnDraft(path: () => string): ReturnDraft {
  const form = shallowRef<ReturnForm>()
  const values = reactive<Record<string, Json>>({})
  const reasons = reactive<Record<string, string>>({})
  const state = ref<'clean' | 'changed' | 'saving' | 'saved'>('clean')
  const fault = shallowRef<unknown>()
  const stale = computed(() => fault.value instanceof ApiProblem && fault.value.code === 'stale')
  let timer = 0
  let taking = false
  let under: Promise<void> | undefined

  function take(next: ReturnForm): void {
    taking = true
    form.value = next
    for (const one of next.fields) {
      values[one.field] = one.value
      reasons[one.field] = one.reason
    }
    state.value = 'clean'
    taking = false
  }
  async function load(): Promise<void> {
    window.clearTimeout(timer)
    fault.value = undefined
    try {
      take(await get<ReturnForm>(path()))
    } catch (error) {
      fault.value = error
    }
  }
  async function save(): Promise<void> {
    window.clearTimeout(timer)
    if (under) await under
    if (state.value !== 'changed') return
    state.value = 'saving'
    under = send()
    await under
    under = undefined
  }
  async function send(): Promise<void> {
    const kept = Object.fromEntries(Object.entries(reasons).filter(([, reason]) => reason))
    try {
      // What is typed meanwhile stays: only what the server says about it is taken over.
      form.value = await put<ReturnForm>(path(), { version: form.value!.version, values: { ...values }, reasons: kept })
      fault.value = undefined
      if (state.value === 'saving') state.value = 'saved'
    } catch (error) {
      fault.value = error
      state.value = 'changed'
    }
  }
  async function act(what: 'submit' | 'withdraw'): Promise<boolean> {
    await save()
    if (fault.value) return false
    try {
      take(await post<ReturnForm>(`${path()}/${what}`, { version: form.value!.version }))
      return true
    } catch (error) {
      fault.value = error
      return false
    }
  }
  watch([values, reasons], () => {
    if (taking || !form.value?.open) return
    state.value = 'changed'
    window.clearTimeout(timer)
    timer = window.setTimeout(() => void save(), SAVE_MS)
  }, { deep: true, flush: 'sync' })
  const leaving = (event: BeforeUnloadEvent): void => { if (state.value === 'changed') event.preventDefault() }
  window.addEventListener('beforeunload', leaving)
  onScopeDispose(() => {
    window.removeEventListener('beforeunload', leaving)
    if (state.value === 'changed') void save()
  })
  return { form, values, reasons, state, fault, stale, load, act }
}
