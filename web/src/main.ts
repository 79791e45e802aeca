import './styles/tokens.css'
import './styles/base.css'
import './styles/print.css'
import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { createApp } from 'vue'
import { ApiProblem, whenSignedOut } from './api/client'
import { forgetSession } from './api/session'
import App from './App.vue'
import { i18n } from './i18n'
import { router } from './router'

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // The server answers unchanged reads with 304, so asking again is cheap and what is shown stays true.
      staleTime: 5_000,
      retry: (count, fault) => count < 1 && fault instanceof ApiProblem && fault.code === 'busy',
      refetchOnWindowFocus: true,
    },
  },
})

whenSignedOut(() => {
  forgetSession()
  queries.clear()
  const at = router.currentRoute.value
  if (!at.meta.open) void router.replace({ path: '/sign-in', query: { next: at.fullPath } })
})

createApp(App).use(i18n).use(VueQueryPlugin, { queryClient: queries }).use(router).mount('#app')
