import type { PageModule } from '@/router'

export default {
  routes: [{ path: '/reports/refresh', component: () => import('./RefreshPage.vue'), meta: { title: 'refresh.title', rights: ['read'], staff: true } }],
} satisfies PageModule
