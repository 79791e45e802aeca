import type { PageModule } from '../../router'

const page: PageModule = {
  nav: { to: '/', label: 'overview.title', icon: 'overview', order: 10, staff: true },
  routes: [{ path: '/', component: () => import('./OverviewPage.vue'), meta: { title: 'overview.title', staff: true } }],
}
export default page
