// Who is signed in and what they may do. One state for the whole page, loaded before the first route.
import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import { del, get, patch, post, setCsrf } from './client'
import { useContent } from './content'
import { queries } from './queries'
import type { Language, Person, Right, Session } from './types'

const session = shallowRef<Session | null>(null)
let loading: Promise<Session> | null = null

/** Nothing one person read may be shown to the next. */
function empty(): void {
  queries.clear()
  useContent().forget()
}

function take(next: Session): Session {
  setCsrf(next.csrf)
  session.value = next
  return next
}

/** Asks the server who is signed in; once, unless told to ask again. */
export function loadSession(again = false): Promise<Session> {
  if (session.value && !again) return Promise.resolve(session.value)
  loading ??= get<Session>('/session').then(take).finally(() => { loading = null })
  return loading
}

export interface UseSession {
  session: Readonly<ShallowRef<Session | null>>
  person: ComputedRef<Person | undefined>
  rights: ComputedRef<readonly Right[]>
  /** Whether the person holds a right: anywhere, or in one book. */
  can(right: Right, book?: string): boolean
  signIn(name: string, password: string, code?: string): Promise<Session>
  setUp(body: { token: string; name?: string; display?: string; password: string }): Promise<Session>
  signOut(): Promise<void>
  setLanguage(language: Language): Promise<void>
  refresh(): Promise<Session>
}

/** The session and what can be done with it. */
export function useSession(): UseSession {
  const person = computed(() => session.value?.person)
  const rights = computed<readonly Right[]>(() => person.value?.rights ?? [])
  return {
    session,
    person,
    rights,
    can(right, book) {
      if (!book) return rights.value.includes(right)
      return useContent().book(book)?.rights.includes(right) ?? false
    },
    async signIn(name, password, code) {
      const next = await post<Session>('/session', { name, password, code: code || undefined })
      empty()
      return take(next)
    },
    async setUp(body) {
      const next = await post<Session>('/session/setup', body)
      empty()
      return take(next)
    },
    async signOut() {
      await del('/session')
      empty()
      session.value = null
    },
    async setLanguage(language) { take(await patch<Session>('/session', { language })) },
    refresh: () => loadSession(true),
  }
}

/** Forgets who was signed in, after the server said so. */
export function forgetSession(): void {
  session.value = null
  empty()
}
