import type { PageModule } from '../../router'

const page: PageModule = {
  routes: [{ path: '/sign-in', component: () => import('./SignInPage.vue'), meta: { open: true, title: 'sign-in.title' } }],
}
export default page
