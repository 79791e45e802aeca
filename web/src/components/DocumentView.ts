// How a run of text looks. Which face stands in for the font it names is the style sheet's (DocumentView.css, data-font).
import type { Run } from '@/api/types'

export function marks(run: Run): string[] {
  return [...(run.bold ? ['bold'] : []), ...(run.italic ? ['italic'] : [])]
}

/** Word counts in points; so does paper, and so does the screen's copy of it. */
export function measure(run: Run): Record<string, string> | undefined {
  return run.size ? { fontSize: `calc(${run.size} * var(--pt))` } : undefined
}
