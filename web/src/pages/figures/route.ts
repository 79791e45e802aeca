import type { PageModule } from '@/router'

export default {
  routes: [{ path: '/figures/:figure?', component: () => import('./FiguresPage.vue'), meta: { title: 'figures.title', rights: ['read'], staff: true } }],
  nav: { to: '/figures', label: 'figures.title', icon: 'figures', order: 40, rights: ['read'], staff: true },
} satisfies PageModule
