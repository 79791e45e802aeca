// Investment promotion on one page: stages, the proof that an arrival is counted once, land promised against come; a number is held
// against the rows of its book and traced to its cells.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { accessible, account, browser, parkledger, shot, signedIn, startPark } from './park.mjs'

let park, chrome, clerk
before(async () => {
  park = await startPark()
  chrome = await browser()
  clerk = await account(park, 'qian', ['administrator'])
})
after(async () => {
  await chrome?.close()
  await park?.stop()
})

test('the board of a day leaves out what is dated later', async () => {
  const page = await signedIn(chrome, park, 'qian', { width: 1366, height: 860 })
  await page.goto(`${park.address}/promotion`)
  await page.getByRole('region', { name: '签约' }).first().waitFor()
  await page.getByLabel('日期').fill('2023-06-15')
  await page.getByLabel('日期').dispatchEvent('change')
  await page.getByText('截至 2023年6月15日').waitFor()
  await accessible(page)
  await shot(page, 'promotion-day', true)
  const [then, now] = [(await clerk.get('/promotion?on=2023-06-15')).json, (await clerk.get('/promotion')).json]
  assert.ok(then.capital.once && then.capital.arrivals.length < now.capital.arrivals.length)
  assert.ok(then.capital.arrivals.every((line) => line.on <= '2023-06-15'))
  const leads = ({ pipelines }) => pipelines[0].items.length
  assert.ok(leads(then) < leads(now))
  assert.deepEqual(page.faults, [])
})

test('a number of the page is that of its book and leads back to its cells', async () => {
  const told = (await clerk.get('/promotion?period=2023-10')).json
  const { capital } = told
  // The book of arrivals, added up by hand: what arrived from January to October, each arrival once.
  const book = (await clerk.get('/content')).json.books.find((one) => one.title === '资金到位')
  const rows = (await clerk.get(`/books/${book.id}/entries?limit=1000`)).json
  const column = (name) => rows.columns.indexOf(book.fields.find((field) => field.title === name).id)
  const year = rows.items.filter((row) => /^2023-(0[1-9]|10)/.test(row.cells[column('到位日期')].value))
  const sum = year.reduce((all, row) => all + Number(row.cells[column('到位金额')]?.value ?? 0), 0)
  assert.equal(Number(capital.amount), sum)
  assert.equal(capital.arrivals.length, year.length)
  assert.equal(capital.sets.reduce((all, set) => all + set.arrivals, 0), year.length, 'each arrival is in one set')
  assert.ok(capital.once && Number(capital.repeated) > 0, JSON.stringify(capital.faults))

  const page = await signedIn(chrome, park, 'qian', { width: 1366, height: 860 })
  await page.goto(`${park.address}/promotion?period=2023-10`)
  await page.getByRole('region', { name: '签约' }).first().waitFor()
  await accessible(page)
  await shot(page, 'promotion-leads', true)
  await page.getByRole('button', { name: '列表' }).first().click()
  await page.getByRole('columnheader', { name: '招商专员' }).waitFor()
  await accessible(page)
  await page.getByRole('tab', { name: '到资认定' }).click()
  await page.getByText('各组互不重叠，合计与指标一致').waitFor()
  await accessible(page)
  await shot(page, 'promotion-capital', true)
  await page.getByRole('button', { name: /到位资金（每笔一次）/ }).click()
  await page.getByRole('dialog').getByText('资金到位').first().waitFor()
  await shot(page, 'promotion-trace')
  await page.keyboard.press('Escape')

  await page.getByRole('tab', { name: '土地出让' }).click()
  const land = told.land.items.find((row) => row.targets[0].actual)
  assert.ok(land, 'something came of some plot')
  const row = page.getByRole('row').filter({ hasText: land.entry.title })
  await row.waitFor()
  await accessible(page)
  await shot(page, 'promotion-land', true)
  await row.getByRole('button').first().click()
  await page.getByRole('dialog').getByRole('table').first().waitFor()
  await page.keyboard.press('Escape')
  // The same plot by its figure: what the trace adds up is what the page says.
  const trace = (await clerk.get(`/figures/${told.land.targets[0].figure}/trace?period=2023-10&only=${encodeURIComponent(land.targets[0].only)}&limit=1000`)).json
  const traced = trace.items.filter((cell) => cell.side === 'current').reduce((all, cell) => all + Number(cell.adds ?? cell.value), 0)
  assert.ok(Math.abs(traced - Number(land.targets[0].actual)) < 0.01, `${traced} ${land.targets[0].actual}`)

  await page.getByRole('tab', { name: '企业、协议、人才' }).click()
  await page.getByText('各档合计等于总数').waitFor()
  await accessible(page)
  await shot(page, 'promotion-more', true)
  await page.setViewportSize({ width: 1920, height: 1080 })
  await page.goto(`${park.address}/promotion?period=2023-10`)
  await page.getByRole('region', { name: '签约' }).first().waitFor()
  await shot(page, 'promotion-1920')
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`${park.address}/promotion?period=2023-10&tab=capital`)
  await page.getByText('各组互不重叠，合计与指标一致').waitFor()
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'nothing sticks out at 390 px')
  await shot(page, 'promotion-phone', true)
  assert.deepEqual(page.faults, [])
})

test('the command line says the same', async () => {
  const told = JSON.parse(parkledger(['--data', park.data, '--format', 'json', 'promotion', '--period', '2023-10']))
  const page = (await clerk.get('/promotion?period=2023-10')).json
  assert.deepEqual(told.capital.sets, page.capital.sets)
  const text = parkledger(['--data', park.data, 'promotion', '--period', '2023-10'])
  assert.match(text, /合计（每笔一次）/)
})
