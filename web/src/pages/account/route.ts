import type { PageModule } from '../../router'

const page: PageModule = {
  routes: [{ path: '/account', component: () => import('./AccountPage.vue'), meta: { title: 'account.title' } }],
}
export default page
