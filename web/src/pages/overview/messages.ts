import type { Messages } from '../../i18n'

const messages: Messages = {
  zh: { title: '总览' },
  en: { title: 'Overview' },
}
export default messages
