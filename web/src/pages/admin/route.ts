import type { RouteRecordRaw } from 'vue-router'
import type { PageModule } from '../../router'

const tab = (path: string, component: () => Promise<unknown>): RouteRecordRaw =>
  ({ path, component: component as RouteRecordRaw['component'], meta: { title: `admin.tab.${path}`, rights: ['administer'] } }) as RouteRecordRaw

const page: PageModule = {
  nav: { to: '/admin', label: 'admin.title', icon: 'admin', order: 80, rights: ['administer'] },
  routes: [{
    path: '/admin',
    component: () => import('./AdminPage.vue'),
    redirect: '/admin/people',
    meta: { rights: ['administer'] },
    children: [
      tab('people', () => import('./people/PeopleTab.vue')),
      tab('roles', () => import('./RolesTab.vue')),
      tab('content', () => import('./ContentTab.vue')),
      tab('backups', () => import('./BackupsTab.vue')),
      tab('audit', () => import('./AuditTab.vue')),
      tab('sessions', () => import('./SessionsTab.vue')),
      tab('tokens', () => import('./TokensTab.vue')),
      tab('system', () => import('./SystemTab.vue')),
    ],
  }],
}
export default page
