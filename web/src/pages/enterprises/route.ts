import type { PageModule } from '@/router'

export default {
  routes: [
    { path: '/enterprises', component: () => import('./EnterprisesPage.vue'), meta: { title: 'enterprises.title', rights: ['read'], staff: true } },
    { path: '/enterprises/:entry(\\d+)', component: () => import('./EnterprisePage.vue'), props: true, meta: { title: 'enterprises.file', rights: ['read'] } },
    { path: '/enterprises/:entry(\\d+)/plan/new', component: () => import('./PlanBuilder.vue'), props: true, meta: { title: 'enterprises.build.title', rights: ['record'], staff: true } },
  ],
  nav: { to: '/enterprises', label: 'enterprises.title', icon: 'enterprises', order: 55, rights: ['read'], staff: true },
} satisfies PageModule
