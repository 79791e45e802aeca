import type { PageModule } from '../../router'

const page: PageModule = {
  nav: { to: '/books', label: 'books.nav', icon: 'books', order: 20, rights: ['read'] },
  routes: [
    { path: '/books', component: () => import('./BooksPage.vue'), meta: { title: 'books.title', rights: ['read'] } },
    { path: '/books/:book', component: () => import('./BookPage.vue'), props: true, meta: { title: 'books.title', rights: ['read'] } },
    { path: '/books/:book/new', component: () => import('./NewEntryPage.vue'), props: true, meta: { title: 'books.new', rights: ['record'] } },
    { path: '/books/:book/board', component: () => import('./BoardPage.vue'), props: true, meta: { title: 'books.board', rights: ['read'] } },
    {
      path: '/books/:book/completeness',
      component: () => import('./CompletenessPage.vue'),
      props: true,
      meta: { title: 'books.completeness.title', rights: ['read'] },
    },
    {
      path: '/entries/:id(\\d+)',
      component: () => import('./EntryPage.vue'),
      props: (to) => ({ id: Number(to.params.id) }),
      meta: { title: 'books.entry.title', rights: ['read'] },
    },
  ],
}
export default page
