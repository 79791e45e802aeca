import { describe, expect, it } from 'vitest'
import { nextSort, readQuery, writeQuery } from '../../src/components/DataGridQuery'
import { RowWindows, type Window } from '../../src/components/DataGridRows'
import { ScrollMap } from '../../src/components/DataGridScroll'
import { addUp } from '../../src/components/DataGridSum'
import { fromTsv, moved, toTsv } from '../../src/components/DataGridSelection'

describe('scrolling a list taller than a browser allows', () => {
  const map = (): ScrollMap => {
    const made = new ScrollMap(8_000_000, 1_000_000)
    made.resize(32_000_000, 600)
    return made
  }
  it('leaves short lists alone', () => {
    const made = new ScrollMap()
    made.resize(3200, 600)
    expect(made.height).toBe(3200)
    expect(made.scrolled(1000)).toBe(1000)
    expect(made.shift).toBe(0)
  })
  it('reaches both ends exactly', () => {
    const made = map()
    expect(made.height).toBe(8_000_000)
    expect(made.scrolled(8_000_000 - 600)).toBe(32_000_000 - 600)
    expect(made.scrolled(0)).toBe(0)
  })
  it('compresses the middle: half way down is half way down the list', () => {
    expect(map().scrolled((8_000_000 - 600) / 2)).toBe((32_000_000 - 600) / 2)
  })
  it('moves by what was scrolled when the step is small, and puts the bar right at rest', () => {
    const made = map()
    made.scrolled(4_000_000)
    const before = made.at
    expect(made.scrolled(4_000_100)).toBe(before + 100)
    // 29,999,400 pixels of list lie in 5,999,400 of the element: 100 of the list are 20 of the bar.
    expect(made.rest()).toBe(4_000_020)
    expect(made.at).toBe(before + 100)
  })
  it('answers where an element must be scrolled to for any row', () => {
    const made = map()
    expect(made.goTo(320)).toBe(320)
    made.goTo(16_000_000)
    expect(made.at).toBe(16_000_000)
    expect(made.goTo(99_000_000)).toBe(8_000_000 - 600)
  })
})

describe('windows of rows', () => {
  const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))
  const serve = (log: string[], revision: () => number) => async (offset: number, limit: number, signal: AbortSignal): Promise<Window<number>> => {
    log.push(`${offset}`)
    signal.addEventListener('abort', () => log.push(`-${offset}`))
    await settle()
    return { total: 10_000, revision: revision(), items: Array.from({ length: limit }, (_, at) => offset + at) }
  }
  it('fetches what is in view and only once', async () => {
    const log: string[] = []
    const rows = new RowWindows(serve(log, () => 1), () => {}, () => {})
    rows.want(0, 30)
    rows.want(10, 40)
    await settle()
    await settle()
    expect(log).toEqual(['0'])
    expect(rows.total).toBe(10_000)
    expect(rows.row(39)).toBe(39)
    expect(rows.row(200)).toBeUndefined()
  })
  it('gives up what has been scrolled past', async () => {
    const log: string[] = []
    const rows = new RowWindows(serve(log, () => 1), () => {}, () => {})
    rows.want(0, 30)
    rows.want(5000, 5030)
    await settle()
    await settle()
    expect(log).toEqual(['0', '-0', '5000'])
    expect(rows.row(0)).toBeUndefined()
    expect(rows.row(5010)).toBe(5010)
  })
  it('starts over when the ledger has moved on', async () => {
    let revision = 1
    const rows = new RowWindows(serve([], () => revision), () => {}, () => {})
    rows.want(0, 10)
    await settle()
    await settle()
    revision = 2
    rows.want(400, 410)
    await settle()
    await settle()
    expect(rows.row(0)).toBeUndefined()
    expect(rows.row(405)).toBe(405)
  })
  it('says what went wrong and waits to be asked again', async () => {
    let asked = 0
    const faults: unknown[] = []
    const rows = new RowWindows<number>(async () => { asked += 1; throw new Error('no') }, () => {}, (fault) => faults.push(fault))
    rows.want(0, 10)
    await settle()
    rows.want(0, 10)
    await settle()
    expect(asked).toBe(1)
    expect(faults).toHaveLength(1)
    rows.retry()
    expect(asked).toBe(2)
  })
  it('collects a range over several windows', async () => {
    const rows = new RowWindows(serve([], () => 1), () => {}, () => {})
    expect(await rows.range(198, 201)).toEqual([198, 199, 200, 201])
  })
})

describe('the clipboard', () => {
  it('quotes what would break a row', () => {
    expect(toTsv([['a', '2\n行'], ['说"好"', '']])).toBe('a\t"2\n行"\r\n"说""好"""\t')
  })
  it('reads what it wrote', () => {
    const rows = [['a', '2\n行', ''], ['说"好"', '1,234.5', 'x\ty']]
    expect(fromTsv(toTsv(rows))).toEqual(rows)
  })
  it('reads a spreadsheet’s trailing line end and empty cells', () => {
    expect(fromTsv('企业\t产值\r\n甲\t\r\n')).toEqual([['企业', '产值'], ['甲', '']])
    expect(fromTsv('')).toEqual([])
  })
})

describe('what a grid shows, in the address', () => {
  it('survives being written and read', () => {
    const query = {
      q: '电子',
      filters: [{ field: 'output', op: 'between' as const, value: '1|2.5' }, { field: 'note', op: 'empty' as const, value: '' }, { field: 't', op: 'eq' as const, value: 'a:b' }],
      sort: [{ field: 'period', descending: true }, { field: 'output', descending: false }],
      columns: ['a', 'b'],
      group: 'industry',
      asOf: '2023-11-20',
    }
    expect(writeQuery(query)).toEqual({ q: '电子', filter: ['output:between:1|2.5', 'note:empty', 't:eq:a:b'], sort: '-period,output', columns: 'a,b', group: 'industry', as_of: '2023-11-20' })
    expect(readQuery(writeQuery(query))).toEqual(query)
  })
  it('leaves out what it does not understand', () => {
    expect(readQuery({ filter: ['x', 'a:like:b', 'a:eq:'] }).filters).toEqual([{ field: 'a', op: 'eq', value: '' }])
  })
  it('orders by a heading up, down, not at all; shift adds', () => {
    const up = nextSort([], 'a', false)
    const down = nextSort(up, 'a', false)
    expect([up, down, nextSort(down, 'a', false)]).toEqual([[{ field: 'a', descending: false }], [{ field: 'a', descending: true }], []])
    expect(nextSort(down, 'b', true)).toEqual([{ field: 'a', descending: true }, { field: 'b', descending: false }])
    expect(nextSort(nextSort(down, 'b', true), 'a', true)).toEqual([{ field: 'b', descending: false }])
  })
})

describe('moving with keys', () => {
  const extent = { rows: 100, columns: 5, page: 20 }
  it('stays inside and jumps as a spreadsheet does', () => {
    expect(moved({ row: 0, column: 0 }, 'ArrowUp', false, extent)).toEqual({ row: 0, column: 0 })
    expect(moved({ row: 95, column: 2 }, 'PageDown', false, extent)).toEqual({ row: 99, column: 2 })
    expect(moved({ row: 5, column: 2 }, 'End', true, extent)).toEqual({ row: 99, column: 4 })
    expect(moved({ row: 5, column: 2 }, 'Home', false, extent)).toEqual({ row: 5, column: 0 })
    expect(moved({ row: 5, column: 2 }, 'x', false, extent)).toBeUndefined()
  })
})

describe('what chosen cells add up to', () => {
  it('adds decimals exactly and leaves out what is no number', () => {
    expect(addUp(['0.1', '0.2', '-0.30', 'x'])).toBe('0.00')
    expect(addUp(['9999999999999999.5', '0.25'])).toBe('9999999999999999.75')
    expect(addUp(['-1', '0.5'])).toBe('-0.5')
  })
})
