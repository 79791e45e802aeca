import type { PageModule } from '../../router'

const page: PageModule = {
  nav: { to: '/parcels', label: 'parcels.title', icon: 'parcels', order: 65, rights: ['read'], staff: true },
  routes: [
    { path: '/parcels', component: () => import('./map/MapPage.vue'), meta: { title: 'parcels.title', rights: ['read'], staff: true } },
  ],
}
export default page
