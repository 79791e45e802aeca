import { describe, expect, it } from 'vitest'
import type { BookDef, EntryView, FieldDef } from '../../src/api/types'
import { diffText } from '../../src/components/DiffText'
import { compareEdits } from '../../src/pages/books/form'
import { pasteRows, plan } from '../../src/pages/books/paste'

const field = (id: string, title: string): FieldDef => ({ id, title, title_en: id, kind: 'text', required: false, class: 'internal', masked: false, help: '' })
const book = { id: 'b', title: '', title_en: '', kind: 'register', department: '', key: ['name'], confidential: false, photos: false, rights: [], entries: 0, fields: [field('name', '单位名称'), field('output', '产值（万元）'), field('note', '备注')] } as BookDef

describe('pasting', () => {
  it('takes columns by a heading row, whatever its spacing, brackets or width', () => {
    const planned = plan(book, ['name'], [['备 注', '产值', '别的'], ['x', '12', 'y']], 0)
    expect(planned.headed).toBe(true)
    expect(planned.fields.map((one) => one?.id)).toEqual(['note', 'output', undefined])
    expect(pasteRows(planned, [])).toEqual([{ values: { note: 'x', output: '12' } }])
  })
  it('tells apart what only brackets tell apart', () => {
    const two = { ...book, fields: [field('a', '产值（本月）'), field('b', '产值（累计）')] } as BookDef
    expect(plan(two, [], [['产值(累计)', '产值'], ['1', '2']], 0).fields.map((one) => one?.id)).toEqual(['b', undefined])
  })
  it('takes columns from the chosen cell on without one, over the rows that stand there', () => {
    const planned = plan(book, ['name', 'output', 'note'], [['12', ''], ['13', 'z']], 1)
    expect(planned.headed).toBe(false)
    expect(pasteRows(planned, [{ id: 7, version: 2 }])).toEqual([
      { entry: 7, based_on: 2, values: { output: '12', note: null } },
      { values: { output: '13', note: 'z' } },
    ])
  })
})

describe('two edits of one entry', () => {
  it('asks only where both sides made something different of a field', () => {
    const cell = (value: string) => ({ text: value, value })
    const current = { cells: { name: cell('甲'), output: cell('20'), note: cell('new') } } as unknown as EntryView
    const base = { name: '甲', output: '10', note: 'old' }
    expect(compareEdits(book, base, { name: '乙', output: '30', note: 'old' }, current)).toEqual({
      clashes: [{ field: 'output', base: '10', theirs: '20', mine: '30', theirCell: cell('20') }],
      onlyTheirs: ['note'],
      onlyMine: ['name'],
    })
  })
  it('has nothing to ask where both made the same of it', () => {
    const current = { cells: { output: { text: '20', value: '20' } } } as unknown as EntryView
    expect(compareEdits(book, { output: '10' }, { output: '20' }, current)).toEqual({ clashes: [], onlyTheirs: [], onlyMine: [] })
  })
})

describe('differences of texts', () => {
  it('keeps numbers whole', () => {
    expect(diffText('产值1200万元', '产值1300万元')).toEqual([
      { kind: 'same', text: '产值' }, { kind: 'gone', text: '1200' }, { kind: 'come', text: '1300' }, { kind: 'same', text: '万元' },
    ])
  })
  it('shows what was added', () => {
    expect(diffText('', '新')).toEqual([{ kind: 'come', text: '新' }])
    expect(diffText('同', '同')).toEqual([{ kind: 'same', text: '同' }])
  })
})
