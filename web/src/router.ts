// Routes come from the pages: each folder under pages/ brings route.ts with its routes and its place in the navigation.
import { shallowRef } from 'vue'
import { createRouter, createWebHistory, type RouteLocationNormalized, type RouteLocationRaw, type RouteRecordRaw } from 'vue-router'
import { loadContent } from './api/content'
import { loadSession, useSession } from './api/session'
import type { Right } from './api/types'
import { showLanguage } from './i18n'

declare module 'vue-router' {
  interface RouteMeta {
    /** May be seen by somebody who is not signed in; shown without the navigation. */
    open?: boolean
    /** Needs one of these rights somewhere. */
    rights?: Right[]
    /** Not for users of an enterprise, who see their own rows and nothing of the park's. */
    staff?: boolean
    /** Message key of the browser tab's title. */
    title?: string
  }
}

/** What pages/NAME/route.ts exports by default. */
export interface PageModule {
  routes: RouteRecordRaw[]
  /** A line of the navigation; pages without one are reached from others. */
  nav?: { to: string; label: string; icon: NavIcon; order: number; rights?: Right[]; staff?: boolean }
}
export type NavIcon =
  | 'overview' | 'books' | 'intake' | 'figures' | 'tasks' | 'projects' | 'ladders' | 'enterprises' | 'parcels' | 'promotion' | 'visits' | 'policies' | 'reports' | 'returns' | 'admin'

export const pages: PageModule[] = Object.values(
  import.meta.glob<PageModule>('./pages/*/route.ts', { eager: true, import: 'default' }),
)

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    ...pages.flatMap((page) => page.routes),
    { path: '/:rest(.*)*', component: () => import('./components/NotFound.vue'), meta: { title: 'app.not_found' } },
  ],
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
})

/** Why a page could not be opened at all: no server, no catalogue. The frame shows it. */
export const routeFault = shallowRef<{ fault: unknown; to: string }>()

router.beforeEach(async (to) => {
  try {
    const answer = await admit(to)
    routeFault.value = undefined
    return answer
  } catch (fault) {
    routeFault.value = { fault, to: to.fullPath }
    return false
  }
})

// After an upgrade the pieces of the page that is open are gone: loading it anew gets the new ones. Once, not for ever.
router.onError((fault: Error, to) => {
  const key = 'parkledger.reloaded'
  if (/dynamically imported module|preload/i.test(fault.message) && sessionStorage.getItem(key) !== to.fullPath) {
    sessionStorage.setItem(key, to.fullPath)
    location.assign(to.fullPath)
  } else routeFault.value = { fault, to: to.fullPath }
})

async function admit(to: RouteLocationNormalized): Promise<boolean | RouteLocationRaw> {
  const session = await loadSession()
  if (to.meta.open) return true
  if (!session.signed_in) return { path: '/sign-in', query: to.fullPath === '/' ? {} : { next: to.fullPath } }
  if (session.person) showLanguage(session.person.language)
  if (session.must_enrol && to.path !== '/account') return { path: '/account', query: { enrol: '1' } }
  if (!session.must_enrol) await loadContent()
  const { can, person } = useSession()
  if (to.meta.staff && person.value?.enterprise) return to.path === '/' ? { path: can('file') ? '/portal' : '/books', replace: true } : { path: '/not-allowed', replace: true }
  if (to.meta.rights && !to.meta.rights.some((right) => can(right))) return { path: '/not-allowed', replace: true }
  return true
}
