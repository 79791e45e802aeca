import type { PageModule } from '../../router'

const page: PageModule = {
  nav: { to: '/intake', label: 'intake.nav', icon: 'intake', order: 30, rights: ['read'] },
  routes: [
    { path: '/intake', component: () => import('./IntakePage.vue'), meta: { title: 'intake.title', rights: ['read'] } },
    {
      path: '/intake/:id(\\d+)',
      component: () => import('./StagedPage.vue'),
      props: (to) => ({ id: Number(to.params.id) }),
      meta: { title: 'intake.staged.title', rights: ['accept', 'record'] },
    },
    { path: '/intake/matches', component: () => import('./MatchesPage.vue'), meta: { title: 'intake.matches.title', rights: ['record'], staff: true } },
    { path: '/intake/sources', component: () => import('./SourcesPage.vue'), meta: { title: 'intake.sources.title', rights: ['read'], staff: true } },
    {
      path: '/intake/sources/:digest',
      component: () => import('./SourcePage.vue'),
      props: true,
      meta: { title: 'intake.sources.title', rights: ['read'], staff: true },
    },
    { path: '/intake/findings', component: () => import('./FindingsPage.vue'), meta: { title: 'intake.findings.title', rights: ['read'], staff: true } },
    { path: '/intake/revisions', component: () => import('./RevisionsPage.vue'), meta: { title: 'intake.revisions.title', rights: ['read'], staff: true } },
    {
      path: '/intake/revisions/:seq(\\d+)',
      component: () => import('./RevisionPage.vue'),
      props: (to) => ({ seq: Number(to.params.seq) }),
      meta: { title: 'intake.revisions.title', rights: ['read'], staff: true },
    },
  ],
}
export default page
