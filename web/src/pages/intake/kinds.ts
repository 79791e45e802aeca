// What a revision was, in words.
import type { Revision } from '@/api/types'

type Translate = (key: string, values?: Record<string, unknown>) => string

export function kindWords(revision: Revision, t: Translate, te: (key: string) => boolean): string {
  if (revision.undoes) return t('intake.revisions.undoes', { n: revision.undoes })
  const key = `intake.revisions.kinds.${revision.kind}`
  return te(key) ? t(key) : revision.kind
}
