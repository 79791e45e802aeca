// Land: boundaries in from a file in the wrong zone, a year evaluated, a grade explained, objected to and evaluated again, other
// weights tried, and the map by keyboard, as picture and as file.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { account, browser, signedIn, startPark } from './park.mjs'
import { shapefile, toZone } from './shapefile.mjs'

const YEAR = 2022
const shots = process.env.SHOTS
/** What a surveyor's program writes for the zone of 120°, whatever zone the numbers are of. */
const ZONE_120 = 'PROJCS["CGCS2000_3_Degree_GK_CM_120E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",120.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
let park, chrome, clerk, scheme
before(async () => {
  park = await startPark()
  chrome = await browser()
  clerk = await account(park, 'zhou', ['administrator', 'statistician'], ['--department', '区统计局'])
  scheme = (await clerk.get('/schemes')).json.items.find((one) => one.usual && one.subject === 'parcel')
})
after(async () => {
  await chrome?.close()
  await park?.stop()
})

/** Evaluates once on the page and gives the evaluation's number. */
async function evaluate(page) {
  await page.goto(`${park.address}/parcels/evaluations`)
  await page.getByLabel('评价办法').selectOption(scheme.id)
  await page.getByLabel('年份').selectOption(String(YEAR))
  await page.getByRole('button', { name: '开始评价' }).click()
  await page.waitForURL(/\/parcels\/evaluations\/\d+$/, { timeout: 60_000 })
  return Number(page.url().split('/').at(-1))
}
const drawn = (page) => page.locator('.map-box.drawn').first().waitFor({ timeout: 30_000 })

test('the map is used by keyboard and kept as a picture', async () => {
  const page = await signedIn(chrome, park, 'zhou')
  await page.goto(`${park.address}/parcels`)
  await drawn(page)
  const list = page.getByRole('listbox', { name: '地块' })
  const rows = (await clerk.get('/parcels?limit=1000')).json
  await list.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  const card = page.getByRole('region', { name: '选中的地块' })
  await card.getByText(rows.items[1].code).waitFor()
  await page.keyboard.press(' ')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press(' ')
  const compared = page.getByRole('region', { name: '地块对比' })
  await compared.getByText(rows.items[1].code).waitFor()
  await compared.getByText(rows.items[2].code).waitFor()

  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '存为图片' }).click()])
  assert.match(download.suggestedFilename(), /\d{4}-\d\d-\d\d\.png$/)
  const bytes = readFileSync(await download.path())
  assert.equal(bytes.toString('latin1', 1, 4), 'PNG')
  assert.ok(bytes.readUInt32BE(16) > 900, 'the picture is as wide as the map and its legend')

  const [exported] = await Promise.all([page.waitForEvent('download'), page.getByLabel('导出').selectOption('geojson')])
  const shapes = JSON.parse(readFileSync(await exported.path(), 'utf8'))
  assert.equal(shapes.type, 'FeatureCollection')
  assert.ok(shapes.features.length >= rows.items.filter((row) => row.drawn).length, 'every boundary is in the file')

  await list.focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(new RegExp(`/parcels/${rows.items[2].entry}(\\?|$)`))
  await page.getByRole('heading', { name: rows.items[2].name }).waitFor()
  assert.deepEqual(page.faults, [])
})

test('a day before a split shows what was there then', async () => {
  const page = await signedIn(chrome, park, 'zhou')
  await page.goto(`${park.address}/parcels`)
  await drawn(page)
  const slider = page.getByRole('slider', { name: '日期' })
  const now = (await clerk.get('/parcels?limit=1')).json
  await page.getByRole('button', { name: '上一次变动' }).click()
  await page.waitForURL(/on=\d{4}-\d\d-\d\d/)
  const on = new URL(page.url()).searchParams.get('on')
  assert.ok(on < now.on, `${on} is before ${now.on}`)
  assert.equal(await slider.getAttribute('aria-valuetext'), await page.evaluate((day) => { const [y, m, d] = day.split('-').map(Number); return `${y}年${m}月${d}日` }, on))
  const then = (await clerk.get(`/parcels?limit=1&on=${on}`)).json
  await page.getByText(`/ ${then.total} 宗`).waitFor()
  assert.deepEqual(page.faults, [])
})

test('a Shapefile that states the wrong zone is asked about, put right and seen on the map', async () => {
  const book = (await clerk.get('/content')).json.books.find((one) => one.role === 'parcel')
  const code = '330203002004GB00991'
  const made = await clerk.send('POST', `/books/${book.id}/entries`, { values: { [book.key[0]]: code, [book.display]: '新征一号地块', area: '22000' }, why: '新征' }, { 'idempotency-key': crypto.randomUUID() })
  assert.equal(made.status, 201, made.text)
  const ring = [[121.492, 29.8795], [121.4935, 29.8799], [121.4932, 29.8811], [121.4917, 29.8807], [121.492, 29.8795]]
  const zip = shapefile('新征地块', [{ code, name: '新征一号地块', ring: ring.map((point) => toZone(point, 123)) }], ZONE_120)

  const page = await signedIn(chrome, park, 'zhou')
  await page.goto(`${park.address}/parcels/imports`)
  await page.getByLabel('选择文件').setInputFiles({ name: '新征地块.zip', mimeType: 'application/zip', buffer: zip })
  await page.waitForURL(/\/parcels\/imports\/\d+$/, { timeout: 30_000 })
  const question = page.getByRole('region', { name: '这个文件是什么坐标系？' })
  await question.getByText(/288 公里处/).waitFor()
  await drawn(page)
  assert.ok(await page.getByRole('button', { name: '入账' }).isDisabled(), 'nothing is accepted before the answer')
  await question.getByRole('button', { name: /^就是这个 .*123°/ }).click()

  await page.getByText(/坐标系：.*123°/).waitFor()
  await page.getByRole('button', { name: '入账' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '入账' }).click()
  await page.waitForURL((url) => url.pathname === '/parcels')
  await drawn(page)
  const map = (await clerk.get('/parcels/map')).json
  const there = map.features.features.find((one) => one.properties.code === code)
  assert.ok(there, 'the parcel is drawn')
  // The same corners, to a ten millionth of a degree: a centimetre.
  const corners = there.geometry.type === 'MultiPolygon' ? there.geometry.coordinates[0][0] : there.geometry.coordinates[0]
  for (const [x, y] of ring) assert.ok(corners.some(([a, b]) => Math.abs(a - x) < 2e-7 && Math.abs(b - y) < 2e-7), `${x}, ${y} is a corner`)
  await page.getByRole('searchbox').fill('新征一号')
  await page.getByRole('option', { name: /新征一号地块/ }).waitFor()
  assert.deepEqual(page.faults, [])
})

test('where two columns name different parcels, a person says which, and may think again', async () => {
  const [one, two] = (await clerk.get('/parcels/map')).json.features.features
  const shape = (of, other) => ({ type: 'Feature', properties: { 宗地代码: of.properties.code, ZDDM: other.properties.code }, geometry: of.geometry })
  const file = Buffer.from(JSON.stringify({ type: 'FeatureCollection', features: [shape(one, two)] }))
  const page = await signedIn(chrome, park, 'zhou')
  await page.goto(`${park.address}/parcels/imports`)
  await page.getByLabel('选择文件').setInputFiles({ name: '两列代码.geojson', mimeType: 'application/geo+json', buffer: file })
  await page.waitForURL(/\/parcels\/imports\/\d+$/, { timeout: 30_000 })
  const question = page.getByRole('region', { name: '哪一列是宗地代码？' })
  await question.getByText('都像宗地代码').waitFor()
  assert.ok(await page.getByRole('button', { name: '入账' }).isDisabled(), 'nothing is accepted before the answer')
  const changes = page.getByRole('region', { name: '变化' })
  await question.getByRole('button', { name: '用这一列 ZDDM' }).click()
  await changes.getByText(two.properties.code).waitFor()
  await question.getByRole('button', { name: '用这一列 宗地代码' }).click()
  await changes.getByText(one.properties.code).waitFor()
  assert.deepEqual(page.faults, [])
  if (shots) await page.screenshot({ path: `${shots}/columns-1366.png` })
  await page.getByRole('button', { name: '放弃' }).click()
  await page.waitForURL(/\/parcels\/imports$/)
})

test('a year is evaluated, a low grade explained, objected to and evaluated again', async () => {
  const page = await signedIn(chrome, park, 'zhou')
  const run = await evaluate(page)
  const rows = (await clerk.get(`/evaluations/${run}/results?limit=1000`)).json.items
  const worst = rows.find((row) => row.grade === 'D') ?? rows.filter((row) => row.grade).at(-1)
  assert.ok(worst, 'somebody has a grade')

  await page.getByRole('searchbox', { name: /名称/ }).fill(worst.code)
  await page.getByRole('link', { name: worst.name, exact: true }).click()
  await page.getByRole('heading', { name: '得分构成' }).waitFor({ timeout: 20_000 })
  await page.getByText(`${worst.grade} 类`).first().waitFor()
  const explained = (await clerk.get(`/parcels/${worst.entry}/explain?run=${run}`)).json
  const shown = page.locator('.waterfall')
  for (const step of explained.waterfall.filter((one) => one.kind === 'indicator')) await shown.getByText(step.title).first().waitFor()
  if (explained.next) await page.getByText(`离 ${explained.next.grade} 类还差`).waitFor()

  await page.goto(`${park.address}/parcels/evaluations/${run}?tab=objections`)
  await page.getByRole('button', { name: '提出异议' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('对象').fill(worst.code)
  await dialog.getByRole('textbox', { name: '内容' }).fill('用地面积与证载不符')
  await dialog.getByRole('button', { name: '保存' }).click()
  await page.getByText('用地面积与证载不符').waitFor()
  await page.getByRole('button', { name: '异议成立' }).click()
  await page.getByRole('dialog').getByRole('textbox').fill('证载面积有误，已更正')
  await page.getByRole('dialog').getByRole('button', { name: '异议成立' }).click()
  await page.getByText('证载面积有误，已更正').waitFor()

  // The area of its certificate is put right: half of it.
  const entry = (await clerk.get(`/entries/${worst.entry}`)).json
  const book = (await clerk.get('/content')).json.books.find((one) => one.id === entry.book)
  const legal = (await clerk.get(`/parcels/${worst.entry}`)).json.areas[0]
  const field = book.fields.find((one) => one.title === legal.title)
  assert.ok(field, 'the parcel says its area')
  const values = Object.fromEntries(Object.entries(entry.cells).flatMap(([id, cell]) => (cell && cell.value !== null ? [[id, cell.value]] : [])))
  const half = (Number(worst.area) / 2).toFixed(2)
  const saved = await clerk.send('PUT', `/entries/${worst.entry}`, { values: { ...values, [field.id]: half }, why: '更正证载面积' }, { 'if-match': `"v${entry.version}"`, 'idempotency-key': crypto.randomUUID() })
  assert.equal(saved.status, 200, saved.text)

  await page.reload()
  await page.getByText(/有过变化/).waitFor()
  await page.getByRole('button', { name: '重新评价' }).click()
  await page.getByRole('dialog').getByRole('textbox').fill('异议成立')
  await page.getByRole('dialog').getByRole('button', { name: '重新评价' }).click()
  await page.waitForURL(/\/parcels\/evaluations\/\d+\/compare/, { timeout: 60_000 })
  await page.getByRole('link', { name: worst.name }).waitFor()
  assert.deepEqual(page.faults, [])
})

test('areas are published before the result', async () => {
  const page = await signedIn(chrome, park, 'zhou')
  const run = await evaluate(page)
  await page.getByRole('button', { name: '公示面积' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '公示面积' }).click()
  await page.getByText('面积已公示').first().waitFor()
  assert.equal((await clerk.get(`/evaluations/${run}`)).json.stage, 'area')
  await page.getByRole('button', { name: '公示结果' }).waitFor()
  assert.deepEqual(page.faults, [])
})

test('who looks for room is matched with what stands empty, with reasons', async () => {
  const page = await signedIn(chrome, park, 'zhou')
  await page.goto(`${park.address}/parcels/use/match`)
  const matched = (await clerk.send('POST', '/parcels/match', {})).json
  assert.ok(matched.pairs.length > 0, 'somebody is placed')
  await page.getByText(`安排 ${matched.pairs.length} 家`).waitFor({ timeout: 30_000 })
  await page.getByRole('link', { name: matched.pairs[0].need.need.title }).first().waitFor()
  if (matched.left.length) await page.getByText(matched.left[0].words).first().waitFor()
  assert.deepEqual(page.faults, [])
})

test('other weights move grades at once and are not kept', async () => {
  const page = await signedIn(chrome, park, 'zhou')
  await page.goto(`${park.address}/parcels/simulate?scheme=${scheme.id}&year=${YEAR}`)
  await page.getByText('没有等级变化').waitFor({ timeout: 60_000 })
  const view = (await clerk.get(`/schemes/${scheme.id}`)).json
  const [path, value] = Object.entries(view.parameters).find(([name]) => name.endsWith('.weight'))
  const kept = (await clerk.get('/evaluations')).json.items.length
  const answered = page.waitForResponse((answer) => answer.url().endsWith('/evaluations/simulate') && answer.request().postData().includes(path))
  await page.locator(`[id="range-${path}"]`).fill('0')
  const outcome = await (await answered).json()
  assert.equal(outcome.scheme, scheme.id)
  await page.getByText(`等级变化 ${outcome.movers.length} 宗`).first().waitFor()
  await page.getByText('改动了 1 个参数，没有保存').waitFor()
  await page.getByRole('button', { name: new RegExp(`恢复为 ${value}$`) }).first().click()
  await page.getByText('没有等级变化').waitFor()
  assert.equal((await clerk.get('/evaluations')).json.items.length, kept)
  assert.deepEqual(page.faults, [])
})

test('low-efficiency land is listed with its document, filtered, taken away and followed to its disposal', async () => {
  const page = await signedIn(chrome, park, 'zhou')
  await page.goto(`${park.address}/parcels/use`)
  const day = (await clerk.get('/parcels?limit=1')).json.on
  const found = (await clerk.get(`/parcels/low?on=${day}`)).json
  for (const rule of found.rules) await page.getByText(`符合 ${rule.met} 宗，无法判断 ${rule.unknown} 宗`).first().waitFor({ timeout: 30_000 })
  const states = new Set(found.items.flatMap((one) => one.verdicts.map((verdict) => verdict.because ?? verdict.held)))
  for (const state of ['met', 'unknown', 'excused']) assert.ok(states.has(state), `somebody is ${state}`)
  await page.getByLabel('结论').selectOption('met')
  await page.waitForURL(/held=met/)
  const met = found.items.filter((one) => one.verdicts.some((verdict) => verdict.held === 'met'))
  await page.getByText(`${met.length} 宗`, { exact: true }).waitFor()
  const fee = met.flatMap((one) => one.verdicts).flatMap((verdict) => verdict.grounds).flatMap((ground) => ground.steps).find((step) => step.fee)
  assert.ok(fee, 'an idle parcel owes a fee')
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出 Excel' }).click()])
  assert.match(file.suggestedFilename(), /\.xlsx$/)
  // On the map the parcel one came from is the chosen one.
  const { entry, title } = met[0].parcel
  await page.locator('tr', { hasText: met[0].code }).getByRole('link', { name: '地图', exact: true }).click()
  await page.waitForURL(/\/parcels\?/)
  assert.equal(new URL(page.url()).searchParams.get('sel'), String(entry))
  await page.locator('.card').getByText(title, { exact: true }).waitFor({ timeout: 30_000 })
  await page.goBack()
  const disposed = met.find((one) => one.disposals.length)
  await page.getByRole('link', { name: disposed.disposals[0].way }).first().click()
  await page.waitForURL(/\/entries\/\d+$/)
  assert.deepEqual(page.faults, [])
})

test('room to build and what grades cost are told, and a rate is tried without being kept', async () => {
  const page = await signedIn(chrome, park, 'zhou')
  const run = await evaluate(page)
  await page.goto(`${park.address}/parcels/use/potential`)
  await page.getByText(/共可增/).waitFor({ timeout: 30_000 })
  await page.goto(`${park.address}/parcels/use/effects?run=${run}`)
  const first = (await clerk.get(`/evaluations/${run}/effects`)).json
  const policy = first.policies.find((one) => one.rate_unit && one.total.no_rate > 0)
  const grade = first.grades.find((one) => first.items.some((row) => row.grade === one) && !policy.rates.some((rate) => rate.grade === one))
  await page.getByText('待提供').first().waitFor({ timeout: 30_000 })
  const answered = page.waitForResponse((answer) => answer.url().includes('/effects?set='))
  await page.locator(`[id="rate-${policy.title}-${grade}"]`).fill('10')
  await page.keyboard.press('Tab')
  const then = (await (await answered).json()).policies.find((one) => one.title === policy.title)
  assert.ok(then.total.no_rate < policy.total.no_rate, 'fewer wait for a rate')
  await page.getByText('试了 1 个标准，没有保存。').waitFor()
  assert.deepEqual((await clerk.get(`/evaluations/${run}/effects`)).json.policies, first.policies)
  assert.deepEqual(page.faults, [])
})

test('money moves with the grades of a what-if', async () => {
  const page = await signedIn(chrome, park, 'zhou')
  await page.goto(`${park.address}/parcels/simulate?scheme=${scheme.id}&year=${YEAR}`)
  await page.getByText('没有等级变化').waitFor({ timeout: 60_000 })
  const view = (await clerk.get(`/schemes/${scheme.id}`)).json
  const [path] = Object.entries(view.parameters).find(([name]) => name.endsWith('.weight'))
  const answered = page.waitForResponse((answer) => answer.url().endsWith('/evaluations/simulate') && answer.request().postData().includes(path))
  await page.locator(`[id="range-${path}"]`).fill('0')
  const outcome = await (await answered).json()
  const money = page.getByRole('region', { name: '金额变化' })
  for (const one of outcome.money) await money.getByText(one.title).waitFor()
  assert.ok(outcome.movers.every((mover) => mover.money.length === outcome.money.length))
  assert.ok(outcome.money.some((one) => one.change !== undefined && one.change !== null), 'some money is known on both sides')
  assert.deepEqual(page.faults, [])
})
