import { expect, test } from 'vitest'
import type { Audited, AuditItem, Verdict } from '@/api/types'
import { around, byVerdict, firstTab } from '@/pages/reports/audit'

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
