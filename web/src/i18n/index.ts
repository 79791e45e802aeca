// Words of the interface. Global ones stand here, a page's own in pages/NAME/messages.ts under the key NAME.
import { createI18n } from 'vue-i18n'
import type { Language } from '../api/types'
import messages from './messages'

/** What a messages file exports; both languages must be there. */
export interface Messages { zh: MessageTree; en: MessageTree }
export interface MessageTree { [key: string]: string | MessageTree }

const KEY = 'parkledger.language'
const all: Record<Language, MessageTree> = { 'zh-CN': { ...messages.zh }, en: { ...messages.en } }
for (const [path, own] of Object.entries(import.meta.glob<Messages>('../pages/*/messages.ts', { eager: true, import: 'default' }))) {
  const page = path.split('/').at(-2)!
  all['zh-CN'][page] = own.zh
  all.en[page] = own.en
}

function kept(): Language {
  return globalThis.localStorage?.getItem(KEY) === 'en' ? 'en' : 'zh-CN'
}

export const i18n = createI18n<false>({
  legacy: false,
  locale: kept(),
  fallbackLocale: 'zh-CN',
  messages: all as never,
  missingWarn: import.meta.env.DEV,
})

/** Shows the interface in a language and remembers it for the sign-in page. */
export function showLanguage(language: Language): void {
  i18n.global.locale.value = language
  document.documentElement.lang = language
  localStorage.setItem(KEY, language)
}
showLanguageAtStart()
function showLanguageAtStart(): void {
  if (typeof document !== 'undefined') document.documentElement.lang = i18n.global.locale.value
}
