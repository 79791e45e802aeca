import type { PageModule } from '../../router'

const page: PageModule = {
  routes: [{ path: '/setup', component: () => import('./SetupPage.vue'), meta: { open: true, title: 'setup.title' } }],
}
export default page
