// The map beyond what fits into one answer: a base map from another server, and a park of more than five thousand parcels, whose
// land comes as tiles and is coloured, searched, chosen and compared all the same.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, before, test } from 'node:test'
import { account, browser, signedIn, startPark } from './park.mjs'

/** A picture of one grey pixel. */
const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGM4AQAAygDJmcpdfgAAAABJRU5ErkJggg==', 'base64')
const MANY = 5100
let park, chrome, clerk, pictures
const asked = []
before(async () => {
  pictures = createServer((request, answer) => {
    asked.push(request.url)
    answer.writeHead(200, { 'content-type': 'image/png', 'access-control-allow-origin': '*' }).end(PIXEL)
  })
  await new Promise((resolve) => pictures.listen(0, '127.0.0.1', resolve))
  park = await startPark({ PARKLEDGER_MAP_TILES: `http://127.0.0.1:${pictures.address().port}/{z}/{x}/{y}.png?tk=key`, PARKLEDGER_MAP_ATTRIBUTION: '某市底图' })
  chrome = await browser()
  clerk = await account(park, 'zhou', ['administrator', 'statistician'], ['--department', '区统计局'])
})
after(async () => {
  await chrome?.close()
  await park?.stop()
  pictures?.close()
})
const drawn = (page) => page.locator('.map-box.drawn').first().waitFor({ timeout: 60_000 })

/** Parcels in a street grid south of the demonstration's, each with a boundary. */
async function paste(count) {
  const book = (await clerk.get('/content')).json.books.find((one) => one.role === 'parcel')
  const field = (kind) => book.fields.find((one) => one.kind === kind).id
  const sizes = Object.fromEntries(book.fields.filter((one) => one.required && ['decimal', 'amount'].includes(one.kind)).map((one) => [one.id, '7500']))
  const rows = Array.from({ length: count }, (_, n) => {
    const [x, y] = [121.4 + (n % 100) * 0.0011, 29.7 + Math.floor(n / 100) * 0.0008]
    const ring = [[x, y], [x + 0.001, y], [x + 0.001, y + 0.0007], [x, y + 0.0007], [x, y]].map((point) => point.map((one) => Number(one.toFixed(7))))
    return { values: { [field('parcel_code')]: `3302031${String(10 + Math.floor(n / 1000))}100GB${String(10_000 + (n % 1000)).padStart(5, '0')}`, [book.display]: `网格地块${n + 1}`, [field('geometry')]: JSON.stringify({ type: 'Polygon', coordinates: [ring] }), ...sizes } }
  })
  for (let from = 0; from < count; from += 2000) {
    const part = rows.slice(from, from + 2000)
    const told = await clerk.send('POST', `/books/${book.id}/paste`, { rows: part, why: '网格', dry_run: false }, { 'idempotency-key': crypto.randomUUID() })
    assert.equal(told.json.new, part.length, told.text)
  }
}

test('a base map lies under the parcels and says where it is from', async () => {
  const page = await signedIn(chrome, park, 'zhou')
  await page.goto(`${park.address}/parcels`)
  await drawn(page)
  await page.getByText('某市底图').waitFor()
  for (let n = 0; n < 50 && !asked.length; n++) await page.waitForTimeout(100)
  assert.match(asked[0], /^\/\d+\/\d+\/\d+\.png\?tk=key$/)
  assert.deepEqual(page.faults, [], 'the policy lets the pictures through')
})

test('more than five thousand parcels come as tiles with everything the map can do', async () => {
  await paste(MANY)
  const view = (await clerk.get('/parcels/map?color=state')).json
  assert.ok(view.tiles && !view.features && view.count > MANY, 'tiles')
  assert.ok(view.built > 0, 'buildings are counted')
  const page = await signedIn(chrome, park, 'zhou')
  await page.goto(`${park.address}/parcels?color=state`)
  await drawn(page)
  await page.getByLabel('建筑').waitFor()

  // Another colouring is another set of tiles in the same map.
  const box = await page.locator('.maplibregl-canvas').elementHandle()
  const legend = page.getByRole('region', { name: '图例' })
  const measure = (await clerk.get('/parcels/coverage?year=2023')).json.domains.flatMap((domain) => domain.measures)[0]
  await page.getByLabel('着色').selectOption(`measure:${measure.id}`)
  await legend.getByRole('button', { name: /以下/ }).waitFor()
  await page.getByLabel('与之相比').selectOption('2022')
  await legend.getByRole('heading', { name: /的变化/ }).waitFor()
  assert.ok(await box.evaluate((canvas) => canvas.isConnected), 'the map was not made anew')
  const values = (await clerk.get(`/parcels/map?color=measure:${measure.id}&year=2023`)).json
  const moved = (await clerk.get(`/parcels/map?color=measure:${measure.id}&year=2023&with=2022`)).json
  assert.notDeepEqual(moved.legend, values.legend)
  assert.notEqual(moved.tiles, values.tiles)

  // A parcel that is not among the first rows is found, shown, opened beside another and compared.
  await page.getByRole('searchbox').fill(`网格地块${MANY}`)
  await page.getByRole('option', { name: new RegExp(`网格地块${MANY}`) }).click()
  const card = page.getByRole('region', { name: '选中的地块' })
  await card.getByText(`网格地块${MANY}`).waitFor()
  await card.getByRole('button', { name: '加入对比' }).click()
  await page.getByRole('searchbox').fill('网格地块17')
  await page.getByRole('option', { name: /^网格地块17 / }).first().click()
  await card.getByRole('button', { name: '加入对比' }).click()
  const compared = page.getByRole('region', { name: '地块对比' })
  await compared.getByText(`网格地块${MANY}`).waitFor()
  await compared.getByRole('link', { name: '网格地块17', exact: true }).waitFor()

  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '存为图片' }).click()])
  assert.match(download.suggestedFilename(), /\.png$/)
  assert.deepEqual(page.faults, [])
})
