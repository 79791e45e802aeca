import type { PageModule } from '@/router'

const judge = { rights: ['accept' as const], staff: true }

export default {
  routes: [
    { path: '/returns', component: () => import('./ReturnsPage.vue'), meta: { title: 'returns.title', ...judge } },
    { path: '/returns/:id(\\d+)', component: () => import('./ReviewPage.vue'), props: true, meta: { title: 'returns.one', ...judge } },
  ],
  nav: { to: '/returns', label: 'returns.title', icon: 'returns', order: 32, ...judge },
} satisfies PageModule
