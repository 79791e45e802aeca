// A report rewritten in Word comes back: figures follow, a typed-over one asks for a reason, the refreshed file keeps the prose.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { accessible, account, browser, shot, signedIn, startPark, unzip } from './park.mjs'
import { zip } from './shapefile.mjs'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const shots = process.env.SHOTS
let park, chrome, clerk
before(async () => {
  park = await startPark()
  chrome = await browser()
  clerk = await account(park, 'zhou', ['administrator', 'statistician'], ['--department', '区统计局'])
})
after(async () => {
  await chrome?.close()
  await park?.stop()
})

test('an edited report is refreshed in the browser', async () => {
  const page = await signedIn(chrome, park, 'zhou')
  const report = (await clerk.get('/reports')).json.items[0].id
  // The report as it was built for September, fetched by the page so that it carries its session.
  const built = await page.evaluate(async (path) => {
    const bytes = new Uint8Array(await (await fetch(path)).arrayBuffer())
    return Array.from(bytes)
  }, `/api/v1/reports/${report}/document?period=2023-09&format=docx`)
  const files = unzip(Buffer.from(built))
  let xml = files.get('word/document.xml').toString('utf8')
  // A person writes another number over the first one with places, and other words.
  const over = /(<w:tag w:val="pl:[^"]*"\/>(?:(?!<\/w:sdt>).)*?<w:t[^>]*>)(\d+\.\d+)(<\/w:t>)/s.exec(xml)
  xml = xml.replace(over[0], `${over[1]}98765.4${over[3]}`).replace('坚决落实', '坚决贯彻')
  files.set('word/document.xml', Buffer.from(xml))
  const edited = join(park.folder, '改过的报告.docx')
  writeFileSync(edited, zip(Object.fromEntries(files)))

  await page.goto(`${park.address}/reports`)
  await page.getByRole('link', { name: '更新改过的稿子' }).click()
  await page.getByRole('textbox', { name: /报告期/ }).fill('2023-10')
  await page.getByLabel('选择文件').setInputFiles(edited)
  await page.getByText(/处变动/).waitFor({ timeout: 60_000 })
  await page.getByRole('heading', { name: '有人改过的数' }).waitFor()
  await page.getByText('还有 1 处没有写理由', { exact: false }).waitFor()
  await page.getByRole('cell', { name: /报告期由2023年9月改为2023年10月/ }).first().waitFor()
  await page.getByRole('textbox', { name: /的理由$/ }).fill('按审计口径')
  if (shots) await page.screenshot({ path: join(shots, 'refreshed.png'), fullPage: true })
  await page.evaluate(axe)
  const told = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }))
  assert.deepEqual(told.violations.filter((v) => ['serious', 'critical'].includes(v.impact)).map((v) => v.id), [])

  const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '下载更新后的文件' }).click()])
  assert.match(saved.suggestedFilename(), /改过的报告 2023-10\.docx$/)
  const now = unzip(readFileSync(await saved.path()))
  const text = now.get('word/document.xml').toString('utf8')
  assert.ok(text.includes('坚决贯彻') && text.includes('98765.4') && text.includes(':2023-10:'))
  const basis = [...now].filter(([name]) => name.startsWith('customXml/item')).map(([, bytes]) => bytes.toString('utf8')).join('')
  assert.ok(basis.includes('按审计口径'))
  assert.deepEqual(page.faults, [])
})

test('the printed report of last year is rehearsed figure by figure and rolled forward a year', async () => {
  const page = await signedIn(chrome, park, 'zhou')
  const report = (await clerk.get('/reports')).json.items[0].id
  const built = await page.evaluate(async (path) => Array.from(new Uint8Array(await (await fetch(path)).arrayBuffer())), `/api/v1/reports/${report}/document?period=2022-10&format=docx`)
  const files = unzip(Buffer.from(built))
  // What was printed said another first number with places.
  const xml = files.get('word/document.xml').toString('utf8')
  const over = /(<w:tag w:val="pl:[^"]*"\/>(?:(?!<\/w:sdt>).)*?<w:t[^>]*>)(\d+\.\d+)(<\/w:t>)/s.exec(xml)
  files.set('word/document.xml', Buffer.from(xml.replace(over[0], `${over[1]}98765.4${over[3]}`)))
  const printed = join(park.folder, '去年印发稿.docx')
  writeFileSync(printed, zip(Object.fromEntries(files)))

  await page.goto(`${park.address}/reports`)
  await page.getByRole('link', { name: '复盘与结转' }).click()
  await page.getByRole('button', { name: '选择月份 2022年10月' }).waitFor()
  await page.getByLabel('选择文件').setInputFiles(printed)
  await page.getByText(/2022年10月，一致 \d+(\.\d)?%/).waitFor({ timeout: 60_000 })
  await page.getByRole('tab', { name: /不一致.*1/ }).waitFor()
  await page.getByRole('cell', { name: /98765\.4/ }).waitFor()
  await accessible(page)
  await shot(page, 'rehearsed', true)
  const [saved] = await Promise.all([page.waitForEvent('download', { timeout: 60_000 }), page.getByRole('button', { name: '结转到 2023年10月 并下载' }).click()])
  assert.match(saved.suggestedFilename(), /去年印发稿 2023-10\.docx$/)
  assert.ok(unzip(readFileSync(await saved.path())).get('word/document.xml').toString('utf8').includes(':2023-10:'))
  assert.deepEqual(page.faults, [])
})
