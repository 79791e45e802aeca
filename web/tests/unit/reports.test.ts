import { describe, expect, it } from 'vitest'
import type { Finding, Preview, Slot } from '@/api/types'
import { optionOf } from '@/components/ReportChart'
import { asSet, fromSet, missing } from '@/pages/reports/parameters'
import { piecesOf, withChart } from '@/pages/workshop/template'
import { failing, slotOfClaim, slotOfFinding } from '@/pages/reports/checks'

const slot = (index: number, title: string, finding?: string): Slot => ({ index, text: '', tag: '', title, kind: 'value', finding })
const preview = {
  slots: [slot(0, '产值 数值 2023年1—10月'), slot(1, '产值 同比 2023年1—10月', '没有同期基数'), slot(2, '投资 同比 2023年1—10月', '没有同期基数')],
  findings: [],
  claims: [
    { id: 'a', title: '投资增长', holds: false, words: '', slot_texts: ['投资 同比 = -1'] },
    { id: 'b', title: '产值增长', holds: null, words: '', slot_texts: ['别的 = 3'] },
    { id: 'c', title: '稳定', holds: true, words: '', slot_texts: [] },
  ],
} as unknown as Preview
const finding = (message: string): Finding => ({ code: '', severity: 'warning', place: {}, message })

describe('checks of a report', () => {
  it('takes claims nobody can judge for failing', () => {
    expect(failing(preview).map((c) => c.id)).toEqual(['a', 'b'])
  })
  it('leads from a finding to its own place, not to another with the same reason', () => {
    expect(slotOfFinding(preview, finding('投资的同比没有数：没有同期基数'))?.index).toBe(2)
    expect(slotOfFinding(preview, finding('产值的数值四舍五入'))?.index).toBe(0)
    expect(slotOfFinding(preview, finding('模板过旧'))).toBeUndefined()
  })
  it('takes the unfilled places in their order', () => {
    const [one, two] = [{ ...finding('空'), code: 'report-unfilled' }, { ...finding('空'), code: 'report-unfilled' }]
    expect(slotOfFinding({ ...preview, findings: [one, finding('别的'), two] }, two)?.index).toBe(2)
  })
  it('leads from a claim to what it was judged by', () => {
    expect(slotOfClaim(preview, preview.claims[0]!)?.index).toBe(2)
    expect(slotOfClaim(preview, preview.claims[1]!)).toBeUndefined()
    expect(slotOfFinding(preview, finding('论断“投资增长”不成立'))?.index).toBe(2)
  })
})

describe('a chart of a report', () => {
  it('draws lying bars from the top and leaves gaps where nothing is known', () => {
    const series = { title: '产值', unit: '亿元', kind: 'bar' as const, second_axis: false, points: ['1.50', null] }
    const option = optionOf({ title: '', words: '', categories: ['甲', '乙'], series: [series] }) as { yAxis: object; series: { data: unknown }[] }
    expect(option.yAxis).toMatchObject({ inverse: true, data: ['甲', '乙'] })
    expect(option.series[0]?.data).toEqual([1.5, null])
  })
})

describe('parameters of a report', () => {
  it('go through an address and come back', () => {
    const settings = { who: '甲:乙', day: '2023-11-15', none: '' }
    expect(asSet(settings)).toEqual(['day:2023-11-15', 'who:甲:乙'])
    expect(fromSet(asSet(settings))).toEqual({ day: '2023-11-15', who: '甲:乙' })
    expect(fromSet(undefined)).toEqual({})
    expect(fromSet('who:甲')).toEqual({ who: '甲' })
  })
  it('are missing when nobody set them and nothing stands for them', () => {
    const one = (id: string, fallback?: string) => ({ id, title: id, title_en: id, kind: 'book', choices: [], default: fallback })
    expect(missing([one('a'), one('b', '丙')], {}).map((each) => each.id)).toEqual(['a'])
    expect(missing([one('a')], { a: '甲' })).toEqual([])
  })
})

describe('the workshop of templates', () => {
  it('cuts a paragraph at its tags', () => {
    expect(piecesOf('到位{{ fig("a") }}亿元{% if x %}')).toEqual([
      { text: '到位', tag: false }, { text: '{{ fig("a") }}', tag: true }, { text: '亿元', tag: false }, { text: '{% if x %}', tag: true },
    ])
    expect(piecesOf('')).toEqual([])
  })
  it('writes the definition of a chart once', () => {
    const chart = '[charts.a]\ntitle = "x"\n'
    expect(withChart('', chart)).toBe('[charts.a]\ntitle = "x"')
    expect(withChart('[[parameter]]', chart)).toBe('[[parameter]]\n\n[charts.a]\ntitle = "x"')
    expect(withChart(withChart('', chart), chart)).toBe('[charts.a]\ntitle = "x"')
  })
  it('draws a pie of the printed points', () => {
    const chart = { title: '构成', words: '', categories: ['甲', '乙', '丙'], series: [{ title: '值', unit: '亿元', kind: 'pie' as const, second_axis: false, points: ['1.20', null, '3.40'] }] }
    const option = optionOf(chart) as { series: { type: string; data: unknown[] }[] }
    expect(option.series[0]!.type).toBe('pie')
    expect(option.series[0]!.data).toEqual([{ name: '甲', value: 1.2 }, { name: '丙', value: 3.4 }])
  })
})
