import type { PageModule } from '../../router'

const page: PageModule = {
  nav: { to: '/', label: 'overview.title', icon: 'overview', order: 10 },
  routes: [{ path: '/', component: () => import('./OverviewPage.vue'), meta: { title: 'overview.title' } }],
}
export default page
