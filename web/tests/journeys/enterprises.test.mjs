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

/** An enterprise and the next rung of the technology ladder that it does not hold and that has conditions in the way. */
async function aiming() {
  for (const hit of (await clerk.get('/enterprises?q=%E7%94%B5&limit=60')).json.items) {
    const plan = (await clerk.get(`/enterprises/${hit.entry}/plan`)).json
    const path = plan.paths.find((one) => one.next && one.next.verdict === 'not_met' && one.next.gaps.length > 0 && one.next.criteria.length > 2)
    if (path && plan.plans.length === 0) return { hit, next: path.next, rung: `${path.ladder}.${path.next.rung}` }
  }
  throw new Error('the demo has no such enterprise')
}

test('a plan is built for a rung: gaps become actions with owners and days, the enterprise agrees, it runs, an action is done', async () => {
  const { hit, next, rung } = await aiming()
  const page = await signedIn(chrome, park, 'zhou')
  await page.goto(`${park.address}/enterprises/${hit.entry}?tab=plan`)
  await page.getByRole('link', { name: '制定方案', exact: true }).click({ timeout: 60_000 })
  await page.getByLabel('目标资质').selectOption(rung)
  await page.getByText(next.rule.document).first().waitFor()
  const wording = page.getByLabel('行动', { exact: true })
  const proposed = await wording.count()
  assert.ok(proposed >= 1, 'every condition in the way is proposed as an action')
  await wording.first().fill('每季度归集一次研发费用')
  await page.getByLabel('责任人').first().fill('企业财务')
  await page.getByLabel('期限').first().fill('2023-12-20')
  await page.getByRole('button', { name: '增加行动' }).click()
  await wording.last().fill('请会计师事务所讲一次归集')
  await page.getByLabel('责任人').last().fill('周')
  await page.getByLabel('为什么选这一级').fill('研发投入连年增加')
  await page.getByLabel('下次检查').fill('2023-12-31')
  await accessible(page)
  await shot(page, 'plan-build', true)
  await page.getByRole('button', { name: '保存方案' }).click()
  const plan = page.getByRole('article', { name: next.title })
  await plan.getByText('起草').first().waitFor({ timeout: 60_000 })
  await plan.getByText('请会计师事务所讲一次归集').waitFor()

  await plan.getByRole('button', { name: '商定' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: '商定' }).click()
  await dialog.getByText('写明企业由谁签字').first().waitFor()
  await dialog.getByLabel('企业签字人').fill('马某某')
  assert.match(await dialog.getByRole('textbox', { name: '企业承诺' }).inputValue(), /每季度归集一次研发费用/)
  await accessible(page)
  await dialog.getByRole('button', { name: '商定' }).click()
  await plan.getByText('马某某 签字').waitFor({ timeout: 60_000 })
  await plan.getByRole('button', { name: '开始执行' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '开始执行' }).click()
  await plan.getByRole('button', { name: '已申报' }).waitFor({ timeout: 60_000 })
  await plan.getByRole('button', { name: '完成 请会计师事务所讲一次归集' }).click()
  await plan.getByText(`${proposed + 1} 项，完成 1 项`).waitFor({ timeout: 60_000 })
  await accessible(page)
  await shot(page, 'plan-running', true)

  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: '下载一企一策' }).click()
  const sheet = await saved
  assert.match(sheet.suggestedFilename(), /^一企一策-.*\.docx$/)
  if (process.env.SHOTS) await sheet.saveAs(`${process.env.SHOTS}/plan.docx`)

  // It is a case with history, reminded of here and on the overview.
  const { plans, reminders } = (await clerk.get(`/enterprises/${hit.entry}/plan`)).json
  assert.deepEqual(plans[0].days.map((day) => day.title), ['起草', '商定', '执行'])
  assert.ok(reminders.some((one) => one.kind === 'review') && reminders.some((one) => one.kind === 'action'))
  const versions = (await clerk.get(`/entries/${plans[0].entry}/history`)).json
  assert.equal(versions.items.length, 3)
  const overview = (await clerk.get('/overview')).json
  assert.ok(overview.deadlines.some((one) => one.entry === plans[0].actions[0].entry), 'what is due of a plan stands on the overview')
  for (const width of [390, 1366]) {
    await page.setViewportSize({ width, height: 900 })
    await page.goto(`${park.address}/enterprises/${hit.entry}?tab=plan`)
    await plan.getByText('马某某 签字').waitFor({ timeout: 60_000 })
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `the page is as wide as the screen at ${width}`)
    await shot(page, `plan-${width}`, true)
  }
  assert.deepEqual(page.faults, [])
})

test('who may read a file only through its enterprise sees its own', async () => {
  const all = (await clerk.get('/enterprises?limit=2')).json.items
  const firm = await account(park, 'firm', ['enterprise'], ['--enterprise', String(all[0].entry)])
  assert.equal((await firm.get(`/enterprises/${all[0].entry}/file`)).status, 200)
  assert.equal((await firm.get(`/enterprises/${all[1].entry}/file`)).status, 404)
  assert.equal((await firm.get('/enterprises')).json.total, 1)
})
