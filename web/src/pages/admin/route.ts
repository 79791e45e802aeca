import type { RouteRecordRaw } from 'vue-router'
import { useSession } from '../../api/session'
import type { PageModule } from '../../router'
import { RIGHTS, TABS, type Tab } from './tabs'

const COMPONENTS: Record<Tab, RouteRecordRaw['component']> = {
  people: () => import('./people/PeopleTab.vue'),
  roles: () => import('./RolesTab.vue'),
  content: () => import('./ContentTab.vue'),
  backups: () => import('./BackupsTab.vue'),
  audit: () => import('./AuditTab.vue'),
  sessions: () => import('./SessionsTab.vue'),
  tokens: () => import('./TokensTab.vue'),
  oidc: () => import('./OidcTab.vue'),
  status: () => import('./StatusTab.vue'),
}

const page: PageModule = {
  nav: { to: '/admin', label: 'admin.title', icon: 'admin', order: 80, rights: ['administer', 'audit'], staff: true },
  routes: [{
    path: '/admin',
    component: () => import('./AdminPage.vue'),
    // Who reads the audit and administers nothing lands there.
    redirect: () => `/admin/${TABS.find((tab) => RIGHTS[tab].some((right) => useSession().can(right))) ?? TABS[0]}`,
    children: TABS.map((tab) => ({ path: tab, component: COMPONENTS[tab], meta: { title: `admin.tab.${tab}`, rights: RIGHTS[tab], staff: true } }) as RouteRecordRaw),
  }],
}
export default page
