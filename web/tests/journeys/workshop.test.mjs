// The workshop of templates: a faulty template is told by its paragraph, a slot and a chart are put in, and it becomes a report.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { accessible, account, browser, shot, signedIn, startPark } from './park.mjs'

let park, chrome, clerk
before(async () => {
  park = await startPark()
  chrome = await browser()
  clerk = await account(park, 'zhou', ['administrator', 'statistician'], ['--department', '区统计局'])
  await account(park, 'reader', ['leader'])
})
after(async () => {
  await chrome?.close()
  await park?.stop()
})

test('a report is made from a template and kept, without a line of code', async () => {
  const page = await signedIn(chrome, park, 'zhou', { width: 1920, height: 1080 })
  await page.goto(`${park.address}/reports`)
  await page.getByRole('link', { name: '模板工坊' }).click()
  await page.getByLabel('或从已有报告开始').selectOption({ label: '领导一页纸' })
  await page.getByText('没有错误').waitFor({ timeout: 60_000 })
  await page.getByText('[charts.', { exact: false }).first().waitFor({ state: 'hidden' })
  await accessible(page)
  await shot(page, 'workshop')
  await page.getByRole('radio', { name: '选第2段' }).check()
  await page.getByLabel('指标', { exact: true }).fill('规上工业总产值')
  await page.getByRole('option', { name: '规上工业总产值', exact: true }).first().click()
  await page.getByLabel('分组').selectOption({ index: 1 })
  await page.getByRole('button', { name: '插入 数值（亿）' }).click({ timeout: 60_000 })
  await page.getByText('112.28', { exact: false }).first().waitFor({ timeout: 60_000 })
  // A chart stands in the text, not in a table.
  await page.getByRole('radio', { name: '选第1段' }).check()
  await page.getByRole('button', { name: '插入 图：分组（饼图）' }).click()
  await page.getByRole('tab', { name: '参数与图' }).click()
  assert.match(await page.getByRole('textbox', { name: /报告的参数和图/ }).inputValue(), /kind = "pie"/)
  await page.getByRole('tab', { name: '试填效果' }).click()
  await page.locator('.paper, [data-slot]').first().waitFor({ timeout: 60_000 })
  await accessible(page)
  await shot(page, 'workshop-filled')
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: '下载模板' }).click()
  const template = readFileSync(await (await saving).path())
  await page.getByRole('button', { name: '存为报告' }).click()
  await page.getByLabel('标识').fill('own_page')
  await page.getByLabel('名称', { exact: true }).fill('自制一页纸')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByRole('heading', { name: '自制一页纸' }).waitFor({ timeout: 60_000 })
  await page.getByText('处数据', { exact: false }).first().waitFor({ timeout: 60_000 })
  await shot(page, 'workshop-kept')
  assert.deepEqual(page.faults, [])
  // The same file again under the same id is refused, and with a slot of no figure, told by its paragraph.
  const send = async (draft, bytes, path = 'keep') => {
    const form = new FormData()
    form.append('answers', JSON.stringify({ period: '2023-10', ...draft }))
    form.append('file', new File([bytes], 'own.docx'))
    return clerk.send('POST', `/reports/workshop/${path}`, form, { 'idempotency-key': crypto.randomUUID() })
  }
  const taken = await send({ id: 'own_page', title: '自制' }, template)
  assert.deepEqual([taken.status, taken.json.fields[0].field], [422, 'id'])
  const faulty = await send({ id: 'other', title: '别的', definition: '' }, template)
  assert.equal(faulty.status, 422)
  assert.ok(faulty.json.findings.some((finding) => /第\d+段/.test(finding.place.cell)), faulty.text)
})

test('who may not administer does not keep', async () => {
  const page = await signedIn(chrome, park, 'reader', { width: 1366, height: 860 })
  await page.goto(`${park.address}/reports/workshop`)
  await page.getByLabel('或从已有报告开始').selectOption({ label: '领导一页纸' })
  await page.getByText('没有错误').waitFor({ timeout: 60_000 })
  assert.equal(await page.getByRole('button', { name: '存为报告' }).count(), 0)
  await accessible(page)
  await shot(page, 'workshop-reader')
  assert.deepEqual(page.faults, [])
})
