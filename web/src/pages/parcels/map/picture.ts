// The map as a picture to keep: its title, the map as it is shown, its legend, a scale and what it rests on.
// Deliberately absent: drawing of the map itself (engine.ts) and choosing words (the page).

export interface Swatch { colour: string; text: string; count: number; hatched?: boolean }
export interface LengthWords { metres: string; kilometres: string }
export interface PictureWords extends LengthWords { title: string; notes: string[]; legend: string; swatches: Swatch[] }
export interface PictureLook { font: string; text: string; soft: string; rule: string; surface: string }

/** The longest round length (1, 2 or 5 times a power of ten) that fits a width. */
export function roundLength(metres: number): number {
  const power = 10 ** Math.floor(Math.log10(metres))
  return [5, 2, 1].map((n) => n * power).find((length) => length <= metres) ?? power
}
/** Metres as people say them. */
export function sayLength(metres: number, words: LengthWords): string { return metres >= 1000 ? `${metres / 1000} ${words.kilometres}` : `${metres} ${words.metres}` }

/** Breaks a line where it becomes wider than it may; Chinese breaks anywhere, other words at spaces. */
export function wrap(text: string, width: number, measure: (text: string) => number): string[] {
  const pieces = text.match(/[\u0021-\u024f]+\s*|\s+|./gu) ?? []
  const lines: string[] = []
  let line = ''
  for (const piece of pieces) {
    if (line && measure(line + piece.trimEnd()) > width) {
      lines.push(line.trimEnd())
      line = piece.trimStart()
    } else line += piece
  }
  if (line) lines.push(line.trimEnd())
  return lines
}

function swatch(pen: CanvasRenderingContext2D, one: Swatch, x: number, y: number, unit: number, look: PictureLook): void {
  pen.fillStyle = one.colour
  pen.fillRect(x, y, 22 * unit, 14 * unit)
  pen.strokeStyle = look.soft
  pen.lineWidth = unit * 0.75
  if (one.hatched) {
    pen.save()
    pen.beginPath()
    pen.rect(x, y, 22 * unit, 14 * unit)
    pen.clip()
    for (let at = -14; at < 22; at += 6) {
      pen.beginPath()
      pen.moveTo(x + at * unit, y + 14 * unit)
      pen.lineTo(x + (at + 14) * unit, y)
      pen.stroke()
    }
    pen.restore()
  }
  pen.strokeRect(x, y, 22 * unit, 14 * unit)
}

/** Puts the whole together; `unit` is how many pixels of the picture stand for one of the screen. */
export function compose(map: HTMLCanvasElement, metresPerPixel: number, words: PictureWords, look: PictureLook, unit: number): HTMLCanvasElement {
  const pad = 16 * unit
  const side = 190 * unit
  const sheet = document.createElement('canvas')
  const pen = sheet.getContext('2d')!
  const font = (size: number, weight = 400) => { pen.font = `${weight} ${size * unit}px ${look.font}` }
  font(12)
  const notes = words.notes.flatMap((note) => wrap(note, map.width, (text) => pen.measureText(text).width))
  const head = 52 * unit
  const foot = (notes.length * 18 + 12) * unit
  sheet.width = map.width + side + pad * 2.5
  sheet.height = head + map.height + foot + pad
  pen.fillStyle = look.surface
  pen.fillRect(0, 0, sheet.width, sheet.height)
  pen.textBaseline = 'middle'
  pen.fillStyle = look.text
  font(18, 600)
  pen.fillText(words.title, pad, head / 2 + 2 * unit)
  pen.drawImage(map, pad, head)
  pen.strokeStyle = look.rule
  pen.lineWidth = unit
  pen.strokeRect(pad, head, map.width, map.height)
  const left = pad * 1.5 + map.width
  let top = head + 8 * unit
  font(13, 600)
  for (const line of wrap(words.legend, side, (text) => pen.measureText(text).width)) {
    pen.fillText(line, left, top)
    top += 20 * unit
  }
  font(12)
  for (const one of words.swatches) {
    swatch(pen, one, left, top - 7 * unit, unit, look)
    pen.fillStyle = look.text
    pen.fillText(one.text, left + 30 * unit, top + unit)
    pen.textAlign = 'right'
    pen.fillStyle = look.soft
    pen.fillText(String(one.count), left + side - 8 * unit, top + unit)
    pen.textAlign = 'left'
    top += 22 * unit
  }
  scale(pen, left, head + map.height - 10 * unit, metresPerPixel, unit, look, side, words)
  pen.fillStyle = look.soft
  font(12)
  notes.forEach((line, at) => pen.fillText(line, pad, head + map.height + (18 * at + 16) * unit))
  return sheet
}

function scale(pen: CanvasRenderingContext2D, x: number, y: number, metresPerPixel: number, unit: number, look: PictureLook, room: number, words: LengthWords): void {
  if (!(metresPerPixel > 0)) return
  const metres = roundLength((metresPerPixel * room * 0.7) / unit)
  const width = (metres / metresPerPixel) * unit
  pen.strokeStyle = look.text
  pen.fillStyle = look.text
  pen.lineWidth = unit * 1.5
  pen.beginPath()
  pen.moveTo(x, y - 6 * unit)
  pen.lineTo(x, y)
  pen.lineTo(x + width, y)
  pen.lineTo(x + width, y - 6 * unit)
  pen.stroke()
  pen.fillText(sayLength(metres, words), x, y - 14 * unit)
}

/** Hands a picture to the browser to keep. */
export async function keep(sheet: HTMLCanvasElement, name: string): Promise<void> {
  const blob = await new Promise<Blob | null>((resolve) => { sheet.toBlob(resolve, 'image/png') })
  if (!blob) return
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
