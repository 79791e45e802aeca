import { i18n } from '../i18n'

/** A title in the reader's language; what has no English title keeps its Chinese one. */
export function titleOf(item: { title: string; title_en?: string } | undefined): string {
  if (!item) return ''
  return i18n.global.locale.value === 'en' && item.title_en ? item.title_en : item.title
}
