// A published report, a correction, and what the pages say of it: the revision table, why a figure moved, where an entry is used.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { accessible, account, browser, parkledger, shot, signedIn, startPark } from './park.mjs'

let park, chrome, clerk
before(async () => {
  park = await startPark()
  parkledger(['--data', park.data, 'report', 'publish', 'annual-review', '--period', '2023-10'])
  chrome = await browser()
  clerk = await account(park, 'zhou', ['administrator', 'statistician'], ['--department', '区统计局'])
})
after(async () => {
  await chrome?.close()
  await park?.stop()
})

/** The largest cell of October's output, doubled. */
async function correct() {
  const trace = (await clerk.get('/figures/industry_output/trace?period=2023-10&exact=1&limit=500')).json
  const cells = trace.items.filter((cell) => cell.side === 'current')
  const cell = cells.sort((a, b) => Number(b.adds) - Number(a.adds))[0]
  const entry = (await clerk.get(`/entries/${cell.entry}`)).json
  const values = { [cell.field]: String(Number(entry.cells[cell.field].value) * 2) }
  const done = await clerk.send('PUT', `/entries/${cell.entry}`, { values, why: '企业来函更正' }, { 'if-match': `"v${entry.version}"` })
  assert.equal(done.status, 200, done.text)
  return { cell, value: values[cell.field] }
}

test('a correction after publication is told value by value, with its entry', async () => {
  const page = await signedIn(chrome, park, 'zhou')
  await page.goto(`${park.address}/reports/annual-review?tab=archive`)
  await page.getByText('未变').waitFor({ timeout: 60_000 })
  const { cell } = await correct()
  await page.reload()
  await page.getByRole('link', { name: /处将改变/ }).click({ timeout: 60_000 })
  const moved = page.getByRole('link', { name: new RegExp(cell.title) }).first()
  await moved.waitFor({ timeout: 60_000 })
  await page.getByText(/封存摘要/).waitFor()
  await accessible(page)
  await shot(page, 'revision-table', true)
  await moved.click()
  await page.getByRole('tab', { name: '用在哪里' }).click()
  await page.getByText(/报告语句 \d+ 处/).waitFor({ timeout: 60_000 })
  await accessible(page)
  await shot(page, 'where-used', true)
  assert.deepEqual(page.faults, [])
})

test('a figure says why it moved and what was known of it', async () => {
  const page = await signedIn(chrome, park, 'zhou', { width: 1920, height: 1080 })
  await page.goto(`${park.address}/figures?f=industry_output&period=2023-10&view=why`)
  await page.getByText('各部分之和恰好相等').waitFor({ timeout: 60_000 })
  await page.getByRole('button', { name: /\d+ 格/ }).first().click()
  await accessible(page)
  await shot(page, 'why', true)
  // The same month against what was known of it then, and against what was published.
  await page.getByLabel('与谁相比').selectOption('known')
  await page.getByText('选定要比的一端').waitFor()
  await page.getByRole('textbox', { name: '某日所知的同一时期' }).fill('2023-11-20')
  await page.getByRole('textbox', { name: '某日所知的同一时期' }).blur()
  await page.getByRole('heading', { name: /数据更正/ }).waitFor({ timeout: 60_000 })
  await page.getByLabel('与谁相比').selectOption('publication')
  await page.getByRole('heading', { name: /数据更正/ }).waitFor({ timeout: 60_000 })
  await accessible(page)
  await shot(page, 'why-publication', true)
  await page.getByRole('tab', { name: '历次版本' }).click()
  await page.getByText('第1次发布').first().waitFor({ timeout: 60_000 })
  await accessible(page)
  await shot(page, 'vintages', true)
  // As it was known on the demo's own day, before the correction.
  await page.getByLabel('截至某日所知').fill('2023-11-20')
  await page.getByText('按 2023-11-20 所知', { exact: false }).waitFor({ timeout: 60_000 })
  await accessible(page)
  await shot(page, 'as-of', true)
  await page.goto(`${park.address}/reports/annual-review?period=2023-10&as_of=2023-11-20`)
  await page.getByText('按 2023-11-20 所知', { exact: false }).waitFor({ timeout: 60_000 })
  await accessible(page)
  assert.deepEqual(page.faults, [])
})

test('a book and its entries are shown as they were known on a day, and a cell of a file says what it is used for', async () => {
  const page = await signedIn(chrome, park, 'zhou')
  const trace = (await clerk.get('/figures/industry_output/trace?period=2023-10&exact=1&limit=500')).json
  const cell = trace.items.find((one) => one.side === 'current' && one.place.source)
  const entry = (await clerk.get(`/entries/${cell.entry}`)).json
  await page.goto(`${park.address}/books/${entry.book}?as_of=2023-11-20&entry=${cell.entry}`)
  await page.getByText('按 2023-11-20 所知，不是现在的数').waitFor({ timeout: 60_000 })
  await page.getByText(/按 2023-11-20 所知（第\d+版）/).waitFor()
  await page.getByRole('gridcell').first().waitFor({ timeout: 60_000 })
  assert.equal(await page.getByRole('button', { name: '新增' }).count(), 0, 'nothing is written in the past')
  await accessible(page)
  await shot(page, 'book-as-of', true)
  const place = new URLSearchParams({ sheet: cell.place.sheet, cell: cell.place.cell })
  await page.goto(`${park.address}/intake/sources/${cell.place.source}?${place}`)
  await page.getByRole('button', { name: '这一格用在哪里' }).click({ timeout: 60_000 })
  await page.getByText(/报告语句 \d+ 处/).first().waitFor({ timeout: 60_000 })
  await accessible(page)
  await shot(page, 'cell-used', true)
  assert.deepEqual(page.faults, [])
})
