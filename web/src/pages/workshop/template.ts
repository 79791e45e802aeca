// A tried template laid out by paragraph: its text, its slots, what is wrong with it.
import type { Finding, TemplateParagraph, TemplateSlot, TriedTemplate } from '@/api/types'

export interface Line extends TemplateParagraph {
  slots: TemplateSlot[]
  findings: Finding[]
}

/** Paragraphs in order, each with what stands in it. */
export function linesOf(tried: TriedTemplate): Line[] {
  return tried.paragraphs.map((paragraph) => ({
    ...paragraph,
    slots: tried.slots.filter((slot) => slot.place === paragraph.place),
    findings: tried.findings.filter((finding) => finding.code === 'report-slot' && finding.place.cell === paragraph.place),
  }))
}

/** Findings that no line shows. */
export function othersOf(tried: TriedTemplate): Finding[] {
  const places = new Set(tried.paragraphs.map((paragraph) => paragraph.place))
  return tried.findings.filter((finding) => !(finding.code === 'report-slot' && places.has(finding.place.cell ?? '')))
}

export interface Piece { text: string; tag: boolean }
/** A paragraph cut at its slots and tags. */
export function piecesOf(text: string): Piece[] {
  return text.split(/(\{\{.*?\}\}|\{%.*?%\})/).filter(Boolean).map((piece) => ({ text: piece, tag: /^\{[{%]/.test(piece) }))
}

/** A definition with another chart in it; once only. */
export function withChart(definition: string, chart: string): string {
  const head = chart.split('\n')[0] ?? ''
  return definition.includes(head) ? definition : [definition.trim(), chart.trim()].filter(Boolean).join('\n\n')
}
