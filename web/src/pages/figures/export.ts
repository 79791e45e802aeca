// The table on the screen as rows of a CSV: unrounded numbers, and the reason where there is none.
import type { Answer, GroupLine, Growth, Val } from '@/api/types'
import { titleOf } from '@/format'

type Say = (key: string) => string

const value = (v: Val) => v.number ?? v.text ?? v.list?.join('、') ?? v.blank?.text ?? ''
const growth = (g: Growth) => g.percent ?? g.blank?.text ?? ''

/** The breakdown of the figure in focus; without one, a row for each chosen figure. */
export function csvOf(answers: readonly Answer[], focus: Answer, by: string, t: Say): string[][] {
  const column = (name: string) => t(`figures.columns.${name}`)
  const tail = ['value', 'prior', 'yoy'].map((name) => (name === 'yoy' ? `${column(name)}（%）` : column(name)))
  if (focus.groups.length === 0) {
    const head = [t('figures.csv.figure'), t('figures.csv.period'), t('figures.csv.unit'), ...tail]
    return [head, ...answers.map((a) => [titleOf(a), a.period.text, a.unit ?? '', value(a.value), value(a.prior), growth(a.yoy)])]
  }
  const row = (line: GroupLine) => [
    line.name, value(line.value), value(line.prior), growth(line.yoy), line.share ?? '', line.contribution ?? '', line.pull ?? '', line.rank === undefined || line.rank === null ? '' : String(line.rank), String(line.entries),
  ]
  return [
    [t('figures.csv.figure'), titleOf(focus), t('figures.csv.period'), focus.period.text, t('figures.csv.unit'), focus.unit ?? ''],
    [by, ...tail, `${column('share')}（%）`, `${column('contribution')}（%）`, column('pull'), column('rank'), column('entries')],
    [t('figures.total'), value(focus.value), value(focus.prior), growth(focus.yoy), '', '', '', '', String(focus.basis.entries)],
    ...focus.groups.map(row),
  ]
}
