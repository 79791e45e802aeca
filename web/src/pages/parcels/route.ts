import type { PageModule } from '../../router'

const page: PageModule = {
  nav: { to: '/parcels', label: 'parcels.title', icon: 'parcels', order: 65, rights: ['read'], staff: true },
  routes: [
    { path: '/parcels', component: () => import('./map/MapPage.vue'), meta: { title: 'parcels.title', rights: ['read'], staff: true } },
    { path: '/parcels/imports', component: () => import('./imports/ImportsPage.vue'), meta: { title: 'parcels.imports.title', rights: ['record', 'accept'], staff: true } },
    { path: '/parcels/imports/:id(\\d+)', component: () => import('./imports/StagePage.vue'), meta: { title: 'parcels.imports.stage_title', rights: ['record', 'accept'], staff: true } },
    { path: '/parcels/coverage', component: () => import('./coverage/CoveragePage.vue'), meta: { title: 'parcels.coverage.title', rights: ['read'], staff: true } },
    { path: '/parcels/evaluations', component: () => import('./evaluations/EvaluationsPage.vue'), meta: { title: 'parcels.evaluations.title', rights: ['read'], staff: true } },
    { path: '/parcels/evaluations/:run(\\d+)', component: () => import('./evaluations/RunPage.vue'), meta: { title: 'parcels.evaluations.title', rights: ['read'], staff: true } },
    { path: '/parcels/evaluations/:run(\\d+)/compare', component: () => import('./evaluations/ComparePage.vue'), meta: { title: 'parcels.evaluations.compare_title', rights: ['read'], staff: true } },
    { path: '/parcels/simulate', component: () => import('./simulate/SimulatePage.vue'), meta: { title: 'parcels.simulate.title', rights: ['read'], staff: true } },
    { path: '/parcels/use', component: () => import('./use/LowPage.vue'), meta: { title: 'parcels.use.part.low', rights: ['read'], staff: true } },
    { path: '/parcels/use/potential', component: () => import('./use/PotentialPage.vue'), meta: { title: 'parcels.use.part.potential', rights: ['read'], staff: true } },
    { path: '/parcels/use/effects', component: () => import('./use/EffectsPage.vue'), meta: { title: 'parcels.use.part.effects', rights: ['read'], staff: true } },
    { path: '/parcels/use/match', component: () => import('./use/MatchPage.vue'), meta: { title: 'parcels.use.title', rights: ['read'], staff: true } },
    { path: '/parcels/:entry(\\d+)', component: () => import('./parcel/ParcelPage.vue'), meta: { title: 'parcels.title', rights: ['read'], staff: true } },
  ],
}
export default page
