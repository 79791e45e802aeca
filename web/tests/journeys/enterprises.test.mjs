// Finding an enterprise by a name it gave up, reading its file, and building its plan.
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

/** An enterprise with a former name and no step agreed yet. */
async function chosen() {
  const all = (await clerk.get('/enterprises?q=%E5%AE%81%E6%B3%A2%E6%96%B0&limit=50')).json
  for (const hit of all.items.filter((one) => one.found_by)) {
    const plan = (await clerk.get(`/enterprises/${hit.entry}/plan`)).json
    if (plan.steps.length === 0) return hit
  }
  throw new Error('the demo has no such enterprise')
}

test('an enterprise is found by a former name, its file is read, a step of its plan is agreed', async () => {
  const hit = await chosen()
  const page = await signedIn(chrome, park, 'zhou')
  await page.goto(`${park.address}/enterprises`)
  await page.getByPlaceholder('名称、曾用名、统一社会信用代码、拼音首字母').fill(hit.found_by.text)
  await page.getByText(`曾用名 ${hit.found_by.text}`).waitFor({ timeout: 60_000 })
  await accessible(page)
  await shot(page, 'enterprises', true)
  await page.getByRole('link', { name: hit.title }).first().click()
  await page.getByRole('heading', { level: 1, name: hit.title }).waitFor({ timeout: 60_000 })
  await page.getByText(hit.code).first().waitFor()
  await accessible(page)
  await shot(page, 'enterprise-facts', true)
  await page.getByRole('link', { name: '各项记录', exact: true }).click()
  await page.getByRole('heading', { name: /占用和租赁/ }).waitFor()
  await accessible(page)
  await shot(page, 'enterprise-records', true)
  await page.getByRole('link', { name: '梯队对照', exact: true }).click()
  await page.getByRole('button', { name: '高新技术企业' }).click({ timeout: 60_000 })
  await page.getByRole('columnheader', { name: '标准' }).waitFor()
  await accessible(page)
  await shot(page, 'enterprise-ladders', true)
  await page.getByRole('link', { name: '一企一策', exact: true }).click()
  await page.getByText('还没有商定步骤').waitFor({ timeout: 60_000 })
  await shot(page, 'enterprise-plan-empty', true)
  await page.getByRole('link', { name: '增加步骤' }).click()
  await page.getByLabel('步骤').click({ timeout: 60_000 })
  await page.getByRole('option', { name: '专利申报' }).click()
  await page.getByLabel('计划完成日期').fill('2023-12-20')
  await page.getByLabel('计划完成日期').press('Enter')
  await page.getByLabel('对企业的要求').fill('年内申报发明专利一件')
  await page.getByLabel('管委会的支持').fill('对接知识产权代理机构')
  await page.getByPlaceholder('例如', { exact: false }).fill('走访时商定')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('年内申报发明专利一件').waitFor({ timeout: 60_000 })
  await page.getByText('计划步骤：专利申报').waitFor()
  await accessible(page)
  await shot(page, 'enterprise-plan', true)
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: '下载一企一策' }).click()
  assert.match((await saved).suggestedFilename(), /^一企一策-.*\.docx$/)
  assert.deepEqual(page.faults, [])
})

test('who may read a file only through its enterprise sees its own', async () => {
  const all = (await clerk.get('/enterprises?limit=2')).json.items
  const firm = await account(park, 'firm', ['enterprise'], ['--enterprise', String(all[0].entry)])
  assert.equal((await firm.get(`/enterprises/${all[0].entry}/file`)).status, 200)
  assert.equal((await firm.get(`/enterprises/${all[1].entry}/file`)).status, 404)
  assert.equal((await firm.get('/enterprises')).json.total, 1)
})
