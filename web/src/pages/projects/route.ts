import type { PageModule } from '@/router'

export default {
  routes: [
    { path: '/projects', component: () => import('./ProjectsPage.vue'), meta: { title: 'projects.title', rights: ['read'], staff: true } },
    { path: '/projects/:entry(\\d+)', component: () => import('./ProjectPage.vue'), meta: { title: 'projects.title', rights: ['read'], staff: true } },
  ],
  nav: { to: '/projects', label: 'projects.title', icon: 'projects', order: 60, rights: ['read'], staff: true },
} satisfies PageModule
