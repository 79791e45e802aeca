import { expect, test } from 'vitest'
import type { Audited, AuditItem, Verdict } from '@/api/types'
import { around, byVerdict, firstTab, more } from '@/pages/reports/audit'

const item = (verdict: Verdict, text = '1家'): AuditItem => ({ verdict, text, sentence: `共${text}。` }) as AuditItem
const audited = (items: AuditItem[], conflicts = 0): Audited => ({ items, conflicts: Array.from({ length: conflicts }) }) as unknown as Audited

test('numbers are grouped by verdict and the worst view comes first', () => {
  const groups = byVerdict([item('supported'), item('unknown'), item('supported')])
  expect([groups.supported.length, groups.unknown.length, groups.contradicted.length]).toEqual([2, 1, 0])
  expect(firstTab(audited([item('supported'), item('contradicted')]))).toBe('contradicted')
  expect(firstTab(audited([item('supported')], 1))).toBe('conflicts')
  expect(firstTab(audited([item('supported'), item('unknown')]))).toBe('unknown')
  expect(firstTab(audited([]))).toBe('supported')
})

test('a sentence is cut around its number; a number that is not in it leaves it whole', () => {
  expect(around({ sentence: '共12家企业', text: '12家' })).toEqual(['共', '12家', '企业'])
  expect(around({ sentence: '共一打', text: '12家' })).toEqual(['共一打', '', ''])
})

test('a number in a cell is found behind the heads of its row and column', () => {
  const sentence = '2022年10家 × 1—10月：10家'
  expect(around({ sentence, text: '10家' })).toEqual(['2022年10家 × 1—10月：', '10家', ''])
})

test('a note that only repeats the ledger is not said twice', () => {
  expect(more({ note: '台账为 112.28亿元', ledger: '112.28亿元' })).toBe(false)
  expect(more({ note: '第 170 版为这个数，台账为 112.28亿元', ledger: '112.28亿元' })).toBe(true)
  expect(more({ note: '没有找到这个数说的是哪项指标' })).toBe(true)
  expect(more({ note: '' })).toBe(false)
})
