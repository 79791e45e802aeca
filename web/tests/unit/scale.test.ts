import { describe, expect, it } from 'vitest'
import { scaledUnit } from '../../src/format/scale'
import { addMonths, date, month, period } from '../../src/format/time'
import { i18n } from '../../src/i18n'

const yuan = '\u5143'
const wan = `\u4e07${yuan}`
const yi = `\u4ebf${yuan}`
const units = [
  { id: yuan, dimension: 'CNY', factor: '1' }, { id: wan, dimension: 'CNY', factor: '10000' }, { id: yi, dimension: 'CNY', factor: '100000000' },
  { id: 'm2', dimension: 'area', factor: '1' }, { id: 'ha', dimension: 'area', factor: '10000' },
]

describe('the reader’s scale', () => {
  it('moves between multiples of one unit', () => {
    expect(scaledUnit(wan, 'hundred_million', units)).toEqual({ unit: yi, places: 4 })
    expect(scaledUnit(yi, 'ten_thousand', units)).toEqual({ unit: wan, places: -4 })
    expect(scaledUnit(yi, 'own', units)).toEqual({ unit: yi, places: 0 })
  })
  it('never turns a unit into another one that only happens to be larger', () => {
    expect(scaledUnit('m2', 'ten_thousand', units)).toEqual({ unit: 'm2', places: 0 })
    expect(scaledUnit('%', 'ten_thousand', units)).toEqual({ unit: '%', places: 0 })
  })
})

describe('times in English', () => {
  i18n.global.locale.value = 'en'
  it('writes periods as the server prints them', () => {
    expect(month('2023-09')).toBe('Sep 2023')
    expect(date('2023-09-05')).toBe('5 Sep 2023')
    expect(period('2023-09/ytd')).toBe('Jan–Sep 2023')
    expect(period('2023Q3')).toBe('Q3 2023')
    expect(period('2023H1')).toBe('H1 2023')
    expect(period('2023')).toBe('2023')
    expect(period('2023-01/ytd')).toBe('Jan 2023')
  })
  it('goes over the turn of the year', () => {
    expect(addMonths('2023-01', -1)).toBe('2022-12')
    expect(addMonths('2023-12', 2)).toBe('2024-02')
  })
})
