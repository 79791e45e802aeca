import type { Messages } from '../../i18n'

const messages: Messages = {
  zh: { title: '登录' },
  en: { title: 'Sign in' },
}
export default messages
