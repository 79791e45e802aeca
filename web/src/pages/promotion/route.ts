import type { PageModule } from '@/router'

export default {
  routes: [
    { path: '/promotion', component: () => import('./PromotionPage.vue'), meta: { title: 'promotion.title', rights: ['read'], staff: true } },
  ],
  nav: { to: '/promotion', label: 'promotion.title', icon: 'promotion', order: 56, rights: ['read'], staff: true },
} satisfies PageModule
