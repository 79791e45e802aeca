import './styles/tokens.css'
import './styles/base.css'
import './styles/print.css'
import { VueQueryPlugin } from '@tanstack/vue-query'
import { createApp } from 'vue'
import { whenSignedOut } from './api/client'
import { queries } from './api/queries'
import { forgetSession } from './api/session'
import App from './App.vue'
import { i18n } from './i18n'
import { router } from './router'

whenSignedOut(() => {
  forgetSession()
  const at = router.currentRoute.value
  if (!at.meta.open) void router.replace({ path: '/sign-in', query: { next: at.fullPath, expired: '1' } })
})

createApp(App).use(i18n).use(VueQueryPlugin, { queryClient: queries }).use(router).mount('#app')
