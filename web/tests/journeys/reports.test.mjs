// Reports that are about something: a letter for one target, a page for one enterprise – set in a form, previewed, saved, published.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { accessible, account, browser, shot, signedIn, startPark } from './park.mjs'

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

test('a letter for one target is chosen, saved and published', async () => {
  const page = await signedIn(chrome, park, 'zhou', { width: 1366, height: 900 })
  await page.goto(`${park.address}/reports/target_dispatch?period=2023-10`)
  await page.getByText('关于大市外内资目标任务的督办函').waitFor({ timeout: 60_000 })
  await page.getByLabel('目标任务', { exact: true }).selectOption({ label: '实到外资' })
  await page.getByLabel('函种', { exact: true }).selectOption('分解函')
  await page.getByText('关于实到外资目标任务的分解函').waitFor({ timeout: 60_000 })
  await accessible(page)
  await shot(page, 'letter')
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Word' }).click()
  assert.match((await saving).suggestedFilename(), /实到外资/)
  await page.getByRole('button', { name: '发布', exact: true }).click()
  await page.getByRole('button', { name: '确认发布' }).click()
  await page.getByRole('cell', { name: /2023年10月.*实到外资/ }).waitFor({ timeout: 60_000 })
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  // While it fades in or out, a message has no contrast to measure.
  await page.locator('.el-message').first().waitFor({ state: 'hidden' })
  await page.getByText('未变').waitFor({ timeout: 60_000 })
  await accessible(page)
  await shot(page, 'letter-published')
  assert.deepEqual(page.faults, [])
})

test('a page of one enterprise asks which, and finds it by a few letters', async () => {
  const page = await signedIn(chrome, park, 'zhou', { width: 1366, height: 900 })
  await page.goto(`${park.address}/reports/enterprise_page?period=2023-10`)
  await page.getByText('先选企业').waitFor({ timeout: 60_000 })
  await accessible(page)
  const { items, total } = (await clerk.get('/reports/enterprise_page/choices?parameter=enterprise&q=电子&limit=3')).json
  assert.ok(total >= items.length && items.length > 0)
  await page.getByLabel('企业', { exact: true }).fill(items[0])
  await page.getByRole('option', { name: items[0] }).first().click()
  await page.getByText(`${items[0]}运行情况`).waitFor({ timeout: 60_000 })
  await accessible(page)
  await shot(page, 'enterprise-page')
  assert.deepEqual(page.faults, [])
})

test('without LibreOffice the page says what to install', async () => {
  // A machine that has no programs: the folders of PATH are those of nobody.
  const bare = await startPark({ PATH: '/nowhere' })
  try {
    const person = await account(bare, 'qian', ['administrator'])
    const refused = await person.get('/reports/leader_page/document?period=2023-10&format=pdf')
    assert.deepEqual([refused.status, refused.json.code], [422, 'no-program'])
    assert.match(refused.json.detail, /找不到 LibreOffice/)
    assert.match(refused.json.hint, /libreoffice-writer/)
    assert.equal((await person.get('/reports/leader_page/document?period=2023-10&format=docx')).status, 200)
    const page = await signedIn(chrome, bare, 'qian')
    await page.goto(`${bare.address}/reports/leader_page?period=2023-10`)
    await page.getByRole('button', { name: 'PDF' }).click()
    await page.getByText('libreoffice-writer', { exact: false }).waitFor()
    await shot(page, 'no-libreoffice')
  } finally {
    await bare.stop()
  }
})

test('what does not fit is told with its field', async () => {
  const ask = async (query) => (await clerk.get(`/reports/${query}`)).json
  const missing = await ask('enterprise_page/preview?period=2023-10')
  assert.deepEqual([missing.status, missing.fields.map((one) => one.field)], [422, ['enterprise']])
  const stranger = await ask('target_dispatch/preview?period=2023-10&set=colour:red')
  assert.deepEqual([stranger.status, stranger.fields.map((one) => one.field)], [422, ['colour']])
  const wrong = await ask('target_dispatch/document?period=2023-10&set=target:nothing')
  assert.deepEqual([wrong.status, wrong.fields.map((one) => one.field)], [422, ['target']])
})
