import { describe, expect, it } from 'vitest'
import { group, round, shift, trim } from '../../src/format/number'

describe('numbers stay text', () => {
  it('groups thousands and leaves the rest alone', () => {
    expect(group('1234567.8900')).toBe('1,234,567.8900')
    expect(group('-100')).toBe('-100')
    expect(group('-1000')).toBe('-1,000')
    expect(group('12345678901234567890.1')).toBe('12,345,678,901,234,567,890.1')
    expect(group('1-2')).toBe('1-2')
  })
  it('moves the point exactly', () => {
    expect(shift('1122800', 4)).toBe('112.2800')
    expect(shift('0.5', 4)).toBe('0.00005')
    expect(shift('112.28', -4)).toBe('1122800')
    expect(shift('-3', 2)).toBe('-0.03')
  })
  it('rounds half away from zero on the decimal', () => {
    expect(round('2.345', 2)).toBe('2.35')
    expect(round('-2.345', 2)).toBe('-2.35')
    expect(round('-0.004', 2)).toBe('0.00')
    expect(round('9.999', 2)).toBe('10.00')
    expect(round('7', 0)).toBe('7')
    expect(round('7', 2)).toBe('7.00')
  })
  it('drops zeros that say nothing', () => {
    expect(trim('1.500')).toBe('1.5')
    expect(trim('100')).toBe('100')
    expect(trim('1.000')).toBe('1')
  })
})
