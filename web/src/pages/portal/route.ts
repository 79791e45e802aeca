import type { PageModule } from '@/router'

const own = { rights: ['file' as const] }

export default {
  routes: [
    { path: '/portal', component: () => import('./HomePage.vue'), meta: { title: 'portal.title', ...own } },
    { path: '/portal/returns/:book/:period', component: () => import('./ReturnPage.vue'), props: true, meta: { title: 'portal.return.title', ...own } },
    { path: '/portal/demands', component: () => import('./OwnDemandsPage.vue'), meta: { title: 'portal.demands.title', ...own } },
  ],
  nav: { to: '/portal', label: 'portal.title', icon: 'overview', order: 5, ...own },
} satisfies PageModule
