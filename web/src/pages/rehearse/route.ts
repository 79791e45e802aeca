import type { PageModule } from '@/router'

export default {
  routes: [{ path: '/reports/rehearse', component: () => import('./RehearsePage.vue'), meta: { title: 'rehearse.title', rights: ['read'], staff: true } }],
} satisfies PageModule
