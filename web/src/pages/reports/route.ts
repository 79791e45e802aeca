import type { PageModule } from '@/router'

export default {
  routes: [
    { path: '/reports', component: () => import('./ReportsPage.vue'), meta: { title: 'reports.title', rights: ['read'], staff: true } },
    { path: '/reports/audit', component: () => import('./AuditPage.vue'), meta: { title: 'reports.audit.title', rights: ['read'], staff: true } },
    { path: '/reports/:report', component: () => import('./ReportPage.vue'), meta: { title: 'reports.title', rights: ['read'], staff: true } },
    { path: '/reports/:report/publications/:publication(\\d+)', component: () => import('./ChangesPage.vue'), meta: { title: 'reports.changes.title', rights: ['read'], staff: true } },
  ],
  nav: { to: '/reports', label: 'reports.title', icon: 'reports', order: 70, rights: ['read'], staff: true },
} satisfies PageModule
