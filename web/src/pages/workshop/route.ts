import type { PageModule } from '@/router'

export default {
  routes: [{ path: '/reports/workshop', component: () => import('./WorkshopPage.vue'), meta: { title: 'workshop.title', rights: ['read'], staff: true } }],
} satisfies PageModule
