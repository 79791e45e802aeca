import { describe, expect, it } from 'vitest'
import type { FieldDef } from '@/api/types'
import { fromTsv } from '@/components/DataGridSelection'
import { fromSheet } from '@/pages/portal/fromSheet'

const field = (id: string, title: string, kind: FieldDef['kind'], unit?: string): FieldDef =>
  ({ id, title, title_en: id, kind, unit, required: false, class: 'enterprise', help: '', masked: false })
const fields = [field('capacity', '产能利用率', 'decimal', '%'), field('orders', '期末在手订单', 'amount', '万元'), field('staff', '期末用工人数', 'integer', '人'), field('trouble', '当前主要困难', 'choice')]
const read = (text: string) => fromSheet(fields, fromTsv(text))

describe('a return from a spreadsheet', () => {
  it('is one item a row: name, unit, value', () => {
    const got = read('指标\t单位\t本月\n产能利用率\t%\t85%\n期末在手订单（万元）\t万元\t"1,200.50"\n期末用工人数\t\t60\n当前主要困难\t\t用工\n')
    expect(got.values).toEqual({ capacity: '85', orders: '1200.50', staff: '60', trouble: '用工' })
    expect(got.unknown).toEqual([])
  })
  it('is a row of headings with the values below', () => {
    const got = read('企业\t产能利用率（%）\t期末在手订单\t备注\n甲厂\t85\t1200\t\n乙厂\t1\t2\t\n')
    expect(got.values).toEqual({ capacity: '85', orders: '1200' })
    expect(got.unknown).toEqual(['企业', '备注'])
    expect(got.more).toBe(true)
  })
  it('says what it does not know and takes no empty cell', () => {
    const got = read('产能利用率\t\t\n工业总产值\t万元\t300\n')
    expect(got.values).toEqual({})
    expect(got.unknown).toEqual(['工业总产值'])
  })
})
