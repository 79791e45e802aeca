import type { PageModule } from '@/router'

export default {
  routes: [
    { path: '/policies', component: () => import('./PoliciesPage.vue'), meta: { title: 'policies.title', rights: ['read'], staff: true } },
    { path: '/policies/:id', component: () => import('./PolicyPage.vue'), meta: { title: 'policies.title', rights: ['read'], staff: true } },
  ],
  nav: { to: '/policies', label: 'policies.title', icon: 'policies', order: 66, rights: ['read'], staff: true },
} satisfies PageModule
