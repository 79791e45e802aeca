import { describe, expect, it } from 'vitest'
import { Geometry, letters, parseCell, writeCell } from '../../src/components/SheetViewerCells'
import { columnOf, filesOf, headingsOf, joinFiles, proposedFields, topKey, withColumn, withLayout, withTopKey } from '../../src/pages/intake/layout'

describe('cells of a sheet', () => {
  it('writes and reads letters beyond Z', () => {
    expect([1, 26, 27, 52, 703].map(letters)).toEqual(['A', 'Z', 'AA', 'AZ', 'AAA'])
    expect(parseCell('AB12')).toEqual({ row: 12, column: 28 })
    expect(parseCell('$f$7:G9')).toEqual({ row: 7, column: 6 })
    expect(parseCell('产值!F12')).toEqual({ row: 12, column: 6 })
    expect(parseCell('12')).toBeUndefined()
    expect(writeCell({ row: 3, column: 27 })).toBe('AA3')
  })
  it('knows which columns a stretch of pixels shows', () => {
    // 10 characters × 7.5 + 8 = 83 pixels; no width: 9 characters, 76 pixels.
    const geometry = new Geometry([{ width: 10, hidden: false }, { hidden: false }, { width: 10, hidden: true }])
    expect([geometry.left(1), geometry.left(2), geometry.left(3), geometry.total]).toEqual([0, 83, 159, 242])
    expect(geometry.width(1, 2)).toBe(159)
    expect(geometry.visible(0, 83)).toEqual([1, 1])
    expect(geometry.visible(83, 160)).toEqual([2, 3])
  })
})

const LAYOUT = `# 版式草稿
# 标题：9月

title = "表（草稿）"
book = "one"
unit = "万元"

# 甲；乙
[[column]]
field = "firm"
by = "name"
heading = ["企业名称"]
required = true

# “备注”没有相应的字段
# [[column]]
# field = ""
# heading = ["备注"]

[[column]]
field = "output"
heading = ["产值/本月"]

[wide]
heading = "{month}月"
`

describe('editing a layout', () => {
  it('reads what it says about the book, the unit and a column', () => {
    expect([topKey(LAYOUT, 'book'), topKey(LAYOUT, 'unit'), topKey(LAYOUT, 'from')]).toEqual(['one', '万元', undefined])
    expect(columnOf(LAYOUT, '企业名称')).toEqual({ field: 'firm', by: 'name', unit: undefined })
    expect(columnOf(LAYOUT, '备注')).toEqual({})
  })
  it('changes one key and leaves every other line alone', () => {
    expect(withTopKey(LAYOUT, 'book', 'two')).toBe(LAYOUT.replace('book = "one"', 'book = "two"'))
    expect(withTopKey(LAYOUT, 'unit', undefined)).toBe(LAYOUT.replace('unit = "万元"\n', ''))
    expect(withColumn(LAYOUT, '产值/本月', { field: 'sales', unit: '元' })).toBe(LAYOUT.replace('field = "output"\nheading = ["产值/本月"]', 'field = "sales"\nheading = ["产值/本月"]\nunit = "元"'))
    expect(withColumn(LAYOUT, '企业名称', { field: 'firm', by: 'code' })).toBe(LAYOUT.replace('by = "name"', 'by = "code"'))
  })
  it('takes a column away with what was said above it, and adds one behind the others', () => {
    const without = withColumn(LAYOUT, '企业名称', {})
    expect(without).not.toContain('企业名称')
    expect(without).not.toContain('甲；乙')
    expect(without).toContain('[wide]')
    const added = withColumn(LAYOUT, '备 "注"', { field: 'note' })
    expect(columnOf(added, '备 "注"')).toEqual({ field: 'note', by: undefined, unit: undefined })
    expect(added.indexOf('note')).toBeGreaterThan(added.indexOf('产值/本月'))
    expect(added.indexOf('note')).toBeLessThan(added.indexOf('[wide]'))
  })
  it('gives an empty layout its first column', () => {
    expect(withColumn('title = "x"', 'a', { field: 'b' })).toBe('title = "x"\n\n[[column]]\nheading = ["a"]\nfield = "b"\n')
  })
})

describe('a proposal of several files', () => {
  const text = '# file: books/new.toml\ntitle = "新"\n\n[fields.column_1]\ntitle = "设备编号"\nkind = "text"\n# file: layouts/new.toml\n# 版式草稿\nbook = "new"\n\n[[column]]\nfield = "column_1"\nheading = ["设备编号", "编号"]\n'
  it('is taken apart and put together again', () => {
    expect(filesOf(text).map((file) => file.path)).toEqual(['books/new.toml', 'layouts/new.toml'])
    expect(joinFiles(filesOf(text))).toBe(text)
    expect(filesOf('book = "a"\n')).toEqual([{ path: '', text: 'book = "a"\n\n' }])
  })
  it('has its layout changed and the book left alone', () => {
    const changed = withLayout(text, (layout) => withTopKey(layout, 'book', 'other'))
    expect(changed).toBe(text.replace('book = "new"', 'book = "other"'))
    expect(headingsOf(filesOf(text)[1]!.text)).toEqual(['设备编号'])
    expect(proposedFields(text)).toEqual([{ id: 'column_1', title: '设备编号' }])
  })
})
