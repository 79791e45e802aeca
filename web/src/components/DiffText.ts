// What changed between two texts, letter by letter (Chinese has no spaces to cut at), numbers and Latin words as wholes.
export interface Piece {
  kind: 'same' | 'gone' | 'come'
  text: string
}

/** Longer texts are shown whole: their comparison would cost more than it tells. */
const LIMIT = 600

function tokens(text: string): string[] {
  return text.match(/[\d.,]+|[A-Za-z]+|\s+|[\s\S]/gu) ?? []
}

/** Pieces in reading order; a replaced stretch comes as what went, then what came. */
export function diffText(before: string, after: string): Piece[] {
  if (before === after) return before ? [{ kind: 'same', text: before }] : []
  const [a, b] = [tokens(before), tokens(after)]
  if (a.length > LIMIT || b.length > LIMIT) return pieces([['gone', before], ['come', after]])
  const length = table(a, b)
  const out: [Piece['kind'], string][] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      out.push(['same', a[i]!])
      i += 1
      j += 1
    } else if (i < a.length && (j === b.length || length[i + 1]![j]! >= length[i]![j + 1]!)) {
      out.push(['gone', a[i]!])
      i += 1
    } else {
      out.push(['come', b[j]!])
      j += 1
    }
  }
  return pieces(out)
}

/** Longest common subsequence of every pair of rests. */
function table(a: readonly string[], b: readonly string[]): Uint16Array[] {
  const length = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1))
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      length[i]![j] = a[i] === b[j] ? length[i + 1]![j + 1]! + 1 : Math.max(length[i + 1]![j]!, length[i]![j + 1]!)
  return length
}

function pieces(list: readonly [Piece['kind'], string][]): Piece[] {
  const out: Piece[] = []
  for (const [kind, text] of list) {
    const last = out.at(-1)
    if (last?.kind === kind) last.text += text
    else if (text) out.push({ kind, text })
  }
  return out
}
