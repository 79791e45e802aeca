// Edits the text of a layout key by key and leaves everything else in it as it stands (comments, tables, keys that the
// mapping screen does not show): what was proposed may say more than the screen can.
const MARK = '# file: '

export interface ContentFile { path: string; text: string }

/** The files of one text, each begun by a line `# file: PATH`; without such a line it is a layout. */
export function filesOf(text: string): ContentFile[] {
  const files: ContentFile[] = []
  for (const line of text.split('\n')) {
    if (line.startsWith(MARK)) files.push({ path: line.slice(MARK.length).trim(), text: '' })
    else if (files.length > 0) files.at(-1)!.text += `${line}\n`
    else if (line.trim() !== '') files.push({ path: '', text: `${line}\n` })
  }
  return files
}
export function joinFiles(files: readonly ContentFile[]): string {
  return files.map(({ path, text }) => `${path ? `${MARK}${path}\n` : ''}${text.trimEnd()}\n`).join('')
}
const isLayout = ({ path }: ContentFile): boolean => path === '' || path.startsWith('layouts/')

/** The (first) layout among the files of a text. */
export function layoutOf(text: string): string {
  return filesOf(text).find(isLayout)?.text ?? ''
}
/** Changes the layout and leaves the files beside it alone. */
export function withLayout(text: string, change: (layout: string) => string): string {
  const files = filesOf(text)
  const layout = files.find(isLayout)
  if (!layout) return joinFiles([{ path: '', text: change('') }, ...files])
  layout.text = change(layout.text)
  return joinFiles(files)
}

/** The fields of a book that is proposed together with its layout. */
export function proposedFields(text: string): { id: string; title: string }[] {
  const book = filesOf(text).find(({ path }) => path.startsWith('books/'))
  return read(book?.text ?? '').flatMap((block) => {
    const id = /^\[fields\.([\w-]+)\]$/.exec(block.name)?.[1]
    return id ? [{ id, title: stringsIn(rawOf(block, 'title') ?? '')[0] ?? id }] : []
  })
}

/** The first headings a layout names its columns by. */
export function headingsOf(layout: string): string[] {
  return read(layout).flatMap((block) => (block.name === COLUMN ? stringsIn(rawOf(block, 'heading') ?? '').slice(0, 1) : []))
}

interface Block {
  /** `[[column]]`, `[wide]` …; empty for what stands before the first. */
  name: string
  /** Comments above the header. */
  above: string[]
  lines: string[]
}

const HEADER = /^\s*(\[\[?[^\]]+\]\]?)\s*(?:#.*)?$/
const COLUMN = '[[column]]'

function read(text: string): Block[] {
  const blocks: Block[] = [{ name: '', above: [], lines: [] }]
  for (const line of text.split('\n')) {
    const header = HEADER.exec(line)
    const last = blocks.at(-1)!
    if (!header) {
      last.lines.push(line)
      continue
    }
    let from = last.lines.length
    while (from > 0 && last.lines[from - 1]!.startsWith('#')) from -= 1
    // Comments at the head of the file are about the file.
    if (last.name === '' && from === 0) from = last.lines.length
    blocks.push({ name: header[1]!.replace(/\s/g, ''), above: last.lines.splice(from), lines: [] })
  }
  return blocks
}

function write(blocks: readonly Block[]): string {
  return blocks.flatMap((block) => [...block.above, ...(block.name ? [block.name] : []), ...block.lines]).join('\n')
}

const keyOf = (line: string): string | undefined => /^\s*([\w-]+)\s*=/.exec(line)?.[1]
const rawOf = (block: Block, key: string): string | undefined => {
  const line = block.lines.find((one) => keyOf(one) === key)
  return line?.slice(line.indexOf('=') + 1).trim()
}
const stringsIn = (raw: string): string[] => [...raw.matchAll(/"(?:[^"\\]|\\.)*"/g)].map((match) => JSON.parse(match[0]) as string)

function setKey(block: Block, key: string, value: string | undefined): void {
  const at = block.lines.findIndex((line) => keyOf(line) === key)
  const line = `${key} = ${JSON.stringify(value)}`
  if (value === undefined) {
    if (at >= 0) block.lines.splice(at, 1)
  } else if (at >= 0) block.lines[at] = line
  else {
    const last = block.lines.findLastIndex((one) => keyOf(one) !== undefined)
    block.lines.splice(last + 1, 0, line)
  }
}

const about = (block: Block, heading: string): boolean =>
  block.name === COLUMN && stringsIn(rawOf(block, 'heading') ?? '').includes(heading)

/** A text key at the head of a layout. */
export function topKey(text: string, key: string): string | undefined {
  return stringsIn(rawOf(read(text)[0]!, key) ?? '')[0]
}
export function withTopKey(text: string, key: string, value: string | undefined): string {
  const blocks = read(text)
  setKey(blocks[0]!, key, value)
  return write(blocks)
}

export interface ColumnChoice { field?: string; by?: string; unit?: string }

/** What a layout says about the column with a heading. */
export function columnOf(text: string, heading: string): ColumnChoice {
  const block = read(text).find((one) => about(one, heading))
  if (!block) return {}
  const one = (key: string): string | undefined => stringsIn(rawOf(block, key) ?? '')[0]
  return { field: one('field'), by: one('by'), unit: one('unit') }
}

/** Says what the column with a heading is; without a field it is not read. */
export function withColumn(text: string, heading: string, choice: ColumnChoice): string {
  const blocks = read(text)
  const at = blocks.findIndex((block) => about(block, heading))
  if (!choice.field) {
    if (at >= 0) blocks.splice(at, 1)
    return write(blocks)
  }
  let block = blocks[at]
  if (!block) {
    block = { name: COLUMN, above: [], lines: [`heading = [${JSON.stringify(heading)}]`, ''] }
    const last = blocks.findLastIndex((one) => one.name === COLUMN)
    blocks.splice(last < 0 ? 1 : last + 1, 0, block)
    const before = blocks[blocks.indexOf(block) - 1]!
    if (before.lines.at(-1) !== '') before.lines.push('')
  }
  setKey(block, 'field', choice.field)
  setKey(block, 'by', choice.by)
  setKey(block, 'unit', choice.unit)
  return write(blocks)
}
