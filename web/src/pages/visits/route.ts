import type { PageModule } from '@/router'

const staff = { rights: ['read' as const], staff: true }
const recorder = { rights: ['record' as const], staff: true }

export default {
  routes: [
    { path: '/visits', component: () => import('./DuePage.vue'), meta: { title: 'visits.due.title', ...staff } },
    { path: '/visits/demands', component: () => import('./DemandsPage.vue'), meta: { title: 'visits.demands.title', ...staff } },
    { path: '/visits/lights', component: () => import('./LightsPage.vue'), meta: { title: 'visits.lights.title', ...staff } },
    { path: '/visits/metrics', component: () => import('./MetricsPage.vue'), meta: { title: 'visits.metrics.title', ...staff } },
    { path: '/visits/new/:enterprise(\\d+)', component: () => import('./RecordPage.vue'), meta: { title: 'visits.record.title', ...recorder } },
  ],
  nav: { to: '/visits', label: 'visits.title', icon: 'visits', order: 65, ...staff },
} satisfies PageModule
