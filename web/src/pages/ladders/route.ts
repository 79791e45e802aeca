import type { PageModule } from '../../router'

const page: PageModule = {
  nav: { to: '/ladders', label: 'ladders.title', icon: 'ladders', order: 62, rights: ['read'], staff: true },
  routes: [
    { path: '/ladders', component: () => import('./LaddersPage.vue'), meta: { title: 'ladders.title', rights: ['read'], staff: true } },
    { path: '/ladders/pools', component: () => import('./PoolsPage.vue'), meta: { title: 'ladders.pools.title', rights: ['read'], staff: true } },
    { path: '/ladders/pools/:line', component: () => import('./PoolPage.vue'), meta: { title: 'ladders.pools.title', rights: ['read'], staff: true } },
    { path: '/ladders/:ladder', component: () => import('./LadderPage.vue'), meta: { title: 'ladders.title', rights: ['read'], staff: true } },
  ],
}
export default page
