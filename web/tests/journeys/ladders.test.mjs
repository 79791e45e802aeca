// Ladders: who can become a high-tech enterprise this year and why others cannot yet; the reserve pools beside them.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { accessible, account, browser, shot, signedIn, startPark, unzip } from './park.mjs'

let park, chrome, clerk
before(async () => {
  park = await startPark()
  chrome = await browser()
  clerk = await account(park, 'sun', ['administrator'])
})
after(async () => {
  await chrome?.close()
  await park?.stop()
})

test('who can become a high-tech enterprise this year, and why others cannot yet', async () => {
  const page = await signedIn(chrome, park, 'sun')
  const all = (await clerk.get('/ladders')).json
  const ladder = all.items.find((of) => of.rungs.some((rung) => rung.title === '高新技术企业'))
  const rung = ladder.rungs.find((of) => of.title === '高新技术企业')
  const rows = (await clerk.get(`/ladders/${ladder.id}/standing?rung=${rung.id}`)).json.items
  const held = (row) => ['recognised', 're_recognised'].includes(row.standing)

  await page.getByRole('link', { name: '梯队', exact: true }).click()
  await page.getByRole('heading', { name: ladder.title }).waitFor()
  await accessible(page)
  await shot(page, 'ladders')
  await page.getByRole('link', { name: '高新技术企业', exact: true }).click()
  await page.waitForURL((url) => url.pathname === `/ladders/${ladder.id}`)
  await page.getByText(rung.rule.document).first().waitFor()
  const open = rows.filter((row) => !held(row))
  await page.getByRole('status').filter({ hasText: `${open.length} 家` }).waitFor()

  const show = page.getByLabel('看谁')
  await show.selectOption('ready')
  const ready = open.filter((row) => row.verdict === 'met')
  await page.getByRole('status').filter({ hasText: new RegExp(`^${ready.length} 家`) }).waitFor()
  assert.equal(rung.ready, ready.length)

  await show.selectOption('not_met')
  const failing = open.filter((row) => row.verdict === 'not_met')
  assert.ok(failing.length > 0, 'the demo has some that are not there yet')
  const first = failing[0]
  const line = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: first.enterprise.title, exact: true }) })
  await line.getByText(first.gaps[0]).waitFor()
  await accessible(page)
  await shot(page, 'ladder')

  await line.getByRole('button', { name: /逐条对照/ }).click()
  const drawer = page.getByRole('dialog')
  const file = (await clerk.get(`/enterprises/${first.enterprise.entry}/ladders`)).json
  const view = file.rungs.find((of) => of.rung === rung.id && of.ladder === ladder.title)
  const wanting = view.criteria.find((of) => of.gap)
  await drawer.getByText(wanting.title).first().waitFor()
  await drawer.getByText(wanting.gap).first().waitFor()
  const source = view.criteria.find((of) => of.read.length)
  assert.ok(source, 'something was read from an entry')
  await accessible(page)
  await shot(page, 'ladder-explain')
  await drawer.getByRole('link', { name: new RegExp(source.read[0].title) }).first().click()
  await page.waitForURL(/\/entries\/\d+$/)

  await page.goBack()
  await page.getByLabel('看谁').waitFor()
  const [exported] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出 Excel' }).click()])
  const sheet = [...unzip(readFileSync(await exported.path())).keys()]
  assert.ok(sheet.some((name) => name.includes('sheet1')), 'a workbook came')

  // A day with other rules and other data.
  await page.getByLabel('日期').fill('2021-06-30')
  await page.getByLabel('日期').press('Enter')
  await page.waitForURL(/on=2021-06-30/)
  const then = (await clerk.get(`/ladders/${ladder.id}/standing?rung=${rung.id}&on=2021-06-30`)).json
  await page.getByText('截至2021年6月30日', { exact: false }).waitFor()
  const thenOpen = then.items.filter((row) => !held(row) && row.verdict === 'not_met')
  await page.getByRole('status').filter({ hasText: new RegExp(`^${thenOpen.length} 家`) }).waitFor()
  assert.deepEqual(page.faults, [])
})

test('the pool of a line says who is close, by when as an estimate, and who looks after it', async () => {
  const page = await signedIn(chrome, park, 'sun')
  await page.goto(`${park.address}/ladders/pools`)
  const board = (await clerk.get('/pools')).json
  assert.equal(board.items.length, 6, 'one per line of work')
  const card = page.getByRole('region', { name: '规上', exact: true })
  await card.getByText('建议入库').waitFor()
  await accessible(page)
  await shot(page, 'pools')
  await card.getByRole('link', { name: '规上' }).click()
  await page.getByRole('heading', { name: '规上储备库' }).waitFor()
  const pool = (await clerk.get(`/pools/${encodeURIComponent('规上')}`)).json
  await page.getByRole('status').filter({ hasText: `${pool.items.length} 家` }).waitFor()
  // The park's own watch lines say that they are the park's own; nothing asks for a document number that does not exist.
  assert.ok(pool.screens.every((screen) => screen.document?.includes('园区自定参数')), 'each says whose rule it is')
  assert.equal(await page.getByText('文号待提供').count(), 0)
  // Month by month: kept, and found by the rules and data of each month's end.
  const movement = page.getByRole('region', { name: '逐月出入库' }).first()
  const month = pool.pool.months.at(-1)
  await movement.getByRole('row', { name: new RegExp(`筛出.*${month.found}`) }).waitFor()
  const expected = pool.items.find((row) => row.crossing)
  if (expected) await page.getByText('（估计）').first().waitFor()
  await accessible(page)
  await shot(page, 'pool')
  const [exported] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出 Excel' }).click()])
  assert.match(exported.suggestedFilename(), /^规上储备库-\d{4}-\d\d-\d\d\.xlsx$/)
  // What was known on a day before anything was written: nothing, and the page says so.
  await page.getByLabel('截至某日所知').fill('2019-01-01')
  await page.getByLabel('截至某日所知').press('Enter')
  await page.waitForURL(/as_of=2019-01-01/)
  await page.getByText('2019-01-01').first().waitFor()
  assert.equal((await clerk.get('/pools?as_of=2019-01-01')).status, 422)
  await page.goto(`${park.address}/ladders/pools/renovation`)
  await page.getByText('项目已备案并赋码').first().waitFor()
  await accessible(page)
  await shot(page, 'pool-renovation')
  await page.goto(`${park.address}/ladders/pools/technology`)
  await page.getByText('到期', { exact: false }).first().waitFor()
  await shot(page, 'pool-technology')
  assert.deepEqual(page.faults, [])
})
