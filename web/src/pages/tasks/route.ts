import type { PageModule } from '@/router'

export default {
  routes: [{ path: '/tasks', component: () => import('./TasksPage.vue'), meta: { title: 'tasks.title', rights: ['read'], staff: true } }],
  nav: { to: '/tasks', label: 'tasks.title', icon: 'tasks', order: 50, rights: ['read'], staff: true },
} satisfies PageModule
