// From a workbook with a mistake in it to a figure, its cell, and the report that states it.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { accessible, account, browser, shot, signedIn, startPark, unzip } from './park.mjs'

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

/** The statistics office's quick report of November: two firms of the register, in 万元. */
async function quickReport(output) {
  const firms = (await clerk.get('/books/enterprises/entries?columns=uscc,name&filter=above_scale_industry:eq:true&limit=2')).json
  const rows = firms.items.map((item, n) => `${item.cells[0].text},${item.cells[1].text},${output[n]},${output[n]}`)
  const text = ['区统计局规上工业产值快报（2023年11月）', '单位：万元', '统一社会信用代码,企业名称,本月产值,累计产值', ...rows, ''].join('\n')
  const file = join(park.folder, '规上工业产值快报-2023年11月.csv')
  writeFileSync(file, text)
  return file
}

test('a workbook with a mistake is mended, accepted, and the figure leads back to its cell', async () => {
  const page = await signedIn(chrome, park, 'zhou')
  const question = '/figures/industry_output?period=2023-11&window=month&exact=1'
  const was = (await clerk.get(question)).json
  assert.equal(was.value.number, undefined, 'nobody has reported November yet')

  await page.goto(`${park.address}/intake`)
  await page.getByLabel('选择文件').setInputFiles(await quickReport(['12000', '约1.8万']))
  await page.getByRole('link', { name: '查看结果' }).first().click({ timeout: 20_000 }).catch(() => {})
  await page.waitForURL(/\/intake\/\d+/, { timeout: 30_000 })
  await page.getByRole('tab', { name: /问题/ }).click()
  await page.getByText('约1.8万').first().waitFor()

  await page.getByRole('button', { name: '换一份改好的表' }).click()
  await page.getByLabel('选择文件').last().setInputFiles(await quickReport(['12000', '18000']))
  await page.getByText(/改好了 \d+ 个问题/).waitFor({ timeout: 30_000 })

  await page.getByRole('button', { name: '入账', exact: true }).first().click()
  const asked = page.getByRole('dialog')
  await asked.getByRole('textbox').first().fill('十一月快报').catch(() => {})
  await asked.getByRole('button', { name: /入账|确定/ }).click()
  await page.waitForURL((url) => !/\/intake\/\d+$/.test(url.pathname), { timeout: 30_000 }).catch(() => {})

  // A write is visible to its writer's next read: 12,000 + 18,000 万元 are 3 亿元.
  let now
  for (let tries = 0; tries < 50; tries++) {
    now = (await clerk.get(question)).json
    if (now.value.number) break
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  assert.equal(Number(now.value.number), 3)

  await page.goto(`${park.address}/figures/industry_output?period=2023-11&window=month`)
  await page.getByRole('button', { name: /3\.00/ }).first().click()
  const drawer = page.getByRole('dialog')
  await drawer.getByText('规上工业产值快报-2023年11月.csv').first().waitFor({ timeout: 15_000 })
  await drawer.getByText(/C4|C5/).first().waitFor()
  await drawer.getByRole('link', { name: /C4|C5/ }).first().click()
  await page.waitForURL(/\/intake\/sources\//)
  await page.getByText('18000').first().waitFor()
  assert.deepEqual(page.faults, [])
})

test('the report is previewed, downloaded and states what the ledger says', async () => {
  const page = await signedIn(chrome, park, 'zhou')
  const output = (await clerk.get('/figures/industry_output?period=2023-10')).json
  await page.goto(`${park.address}/reports/annual-review?period=2023-10`)
  const number = output.shown.replace(/[^0-9.]/g, '')
  await page.getByRole('button', { name: new RegExp(number.replace('.', '\\.')) }).first().waitFor({ timeout: 30_000 })
  const [download] = await Promise.all([
    page.waitForEvent('download', { timeout: 60_000 }),
    page.getByRole('button', { name: /Word/ }).first().click(),
  ])
  assert.match(download.suggestedFilename(), /\.docx$/)
  const files = unzip(readFileSync(await download.path()))
  const document = files.get('word/document.xml').toString('utf8')
  assert.ok(document.replace(/<[^>]+>/g, '').includes(number), `${number} is not in the document`)
  assert.deepEqual(page.faults, [])
})

test('a finished text is dropped on the audit and every number gets its verdict', async () => {
  const page = await signedIn(chrome, park, 'zhou')
  const output = (await clerk.get('/figures/industry_output?period=2023-10')).json
  await page.goto(`${park.address}/reports/annual-review?period=2023-10`)
  const [built] = await Promise.all([
    page.waitForEvent('download', { timeout: 60_000 }),
    page.getByRole('button', { name: /Word/ }).first().click(),
  ])
  const report = readFileSync(await built.path())
  await page.goto(`${park.address}/reports`)
  await page.getByRole('link', { name: '核对文档' }).click()
  const drop = page.locator('input[type=file]')
  const text = `2023年1—10月，园区规上工业总产值${output.shown}。\n2023年1—10月，园区规上工业总产值9999.99亿元。\n`
  await drop.setInputFiles({ name: '简报.txt', mimeType: 'text/plain', buffer: Buffer.from(text) })
  await page.getByRole('tab', { name: /不符.*1/ }).waitFor({ timeout: 60_000 })
  await page.getByText('9999.99亿元').first().waitFor()
  await shot(page, 'audit')
  await page.getByRole('button', { name: '规上工业总产值' }).first().click()
  await page.getByRole('dialog').getByText('产值').first().waitFor()
  await page.keyboard.press('Escape')
  await drop.setInputFiles({ name: '总结.docx', mimeType: 'application/octet-stream', buffer: report })
  await page.getByText('没有发现不符').waitFor({ timeout: 60_000 })
  const [download] = await Promise.all([
    page.waitForEvent('download', { timeout: 60_000 }),
    page.getByRole('button', { name: '下载带批注的副本' }).click(),
  ])
  assert.match(download.suggestedFilename(), /总结\.docx$/)
  // A button that is still busy is faint on purpose.
  await page.locator('.is-loading').first().waitFor({ state: 'detached' })
  await page.mouse.move(5, 5)
  await accessible(page)
  assert.deepEqual(page.faults, [])
})
