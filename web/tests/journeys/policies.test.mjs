// Policies: the park supplies the numbers of its own documents; an interest subsidy is reckoned, its sheet taken away, confirmed,
// reviewed, made public, decided and paid – and the payment stands in the book of payments; a reward without application is found by
// the program and confirmed by a person; grades of a published evaluation price electricity; the pool says what is left.
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { after, before, test } from 'node:test'
import { accessible, account, browser, parkledger, shot, signedIn, startPark, unzip } from './park.mjs'

const YEAR = 2023
const root = fileURLToPath(new URL('../../../', import.meta.url))
let park, chrome, clerk, policy
/** The park's own interest subsidy of the content, with the numbers its document would give and checks that fit them. */
function supplied() {
  const folder = join(root, 'content/policies')
  const own = (text) => /^document = "to be supplied"/m.test(text) && /^share = "to be supplied"/m.test(text) && !/^region/m.test(text)
  const file = readdirSync(folder).find((name) => own(readFileSync(join(folder, name), 'utf8')))
  const checks = [
    ['一年30%', 'principal = 1000000, rate = "3.65", made = "2023-01-01", due = "2024-01-01", interest = 36500, other = 0', 'amount = 10950'],
    ['封顶', 'principal = 100000000, rate = "3.65", made = "2023-01-01", due = "2024-01-01", interest = 3650000, other = 0', 'amount = 200000'],
    ['当天还清', 'principal = 1000000, rate = "3.65", made = "2023-01-01", due = "2023-01-01", interest = 0, other = 0', 'amount = 0'],
    ['不知道本金', 'rate = "3.65", made = "2023-01-01", due = "2024-01-01", interest = 36500, other = 0', 'unknown = true'],
  ].map(([title, given, result]) => `\n[[check]]\ntitle = "${title}"\ngiven = [{ ${given} }]\n${result}\n`)
  const text = readFileSync(join(folder, file), 'utf8')
    .replace('document = "to be supplied"', 'document = "演示〔2023〕8号"').replace('valid_from = "to be supplied"', 'valid_from = "2023-01-01"')
    .replace('cap = "to be supplied"', 'cap = 200000')
    .replace('share = "to be supplied"', 'share = 30')
    .replace(/\n\[\[check\]\][\s\S]*$/, () => checks.join(''))
  return { file, text }
}
/** The park's reward without application, with its sums. */
function rewarded() {
  const folder = join(root, 'content/policies')
  const own = (text) => /^mode = "proposed"/m.test(text) && /^document = "to be supplied"/m.test(text) && !/^region/m.test(text)
  const file = readdirSync(folder).find((name) => own(readFileSync(join(folder, name), 'utf8')))
  const checks = [['认定', 'word = "认定"', 'amount = 200000'], ['重新认定', 'word = "重新认定"', 'amount = 50000'], ['申报', 'word = "申报"', 'amount = 0'], ['缺', 'value = 1', 'unknown = true']]
    .map(([title, given, result]) => `\n[[check]]\ntitle = "${title}"\ngiven = [{ ${given} }]\n${result}\n`)
  const text = readFileSync(join(folder, file), 'utf8')
    .replace('document = "to be supplied"', 'document = "演示〔2023〕9号"').replace('valid_from = "to be supplied"', 'valid_from = "2022-01-01"')
    .replace('"认定" = "to be supplied"', '"认定" = 200000')
    .replace('"重新认定" = "to be supplied"', '"重新认定" = 50000')
    .replace(/\n\[\[check\]\][\s\S]*$/, () => checks.join(''))
  return { file, text }
}
before(async () => {
  const { file, text } = supplied()
  const reward = rewarded()
  park = await startPark({}, (data) => {
    mkdirSync(join(data, 'content/policies'), { recursive: true })
    writeFileSync(join(data, 'content/policies', file), text)
    writeFileSync(join(data, 'content/policies', reward.file), reward.text)
  })
  clerk = await account(park, 'zhou', ['administrator', 'statistician'], ['--department', '区统计局'])
  const all = (await clerk.get(`/policies?year=${YEAR}`)).json.items
  policy = all.find((one) => one.id === file.replace('.toml', ''))
  chrome = await browser()
})
after(async () => {
  await chrome?.close()
  await park?.stop()
})

test('an interest subsidy is paid end to end with its calculation sheet', async () => {
  const view = (await clerk.get(`/policies/${policy.id}?year=${YEAR}`)).json
  const first = view.items.find((one) => one.state === 'due')
  assert.ok(first, JSON.stringify(view.items.slice(0, 3)))
  // What the page says is what anybody reckons: principal × 30 % of the rate × days ÷ 365, to the cent, at most 200,000 元.
  const sum = first.steps.reduce((all, step) => {
    const [, base, rate, days] = /^([\d.]+) 元 × ([\d.]+)% × (\d+) 天 ÷ 365/.exec(step.words)
    return all + Math.round((base * rate * days) / 365) / 100
  }, 0)
  assert.equal(Number(first.amount), Math.min(Math.round(sum * 100) / 100, 200000))

  const page = await signedIn(chrome, park, 'zhou')
  await page.goto(`${park.address}/policies?year=${YEAR}`)
  await page.getByRole('link', { name: policy.title }).waitFor()
  await accessible(page)
  await shot(page, 'policies')
  await page.getByRole('link', { name: policy.title }).click()
  const row = page.getByRole('region', { name: '谁可享受' }).last().getByRole('row').filter({ hasText: first.enterprise.title })
  await row.waitFor()
  await accessible(page)
  await shot(page, 'policy')
  const [sheet] = await Promise.all([page.waitForEvent('download'), row.getByRole('button', { name: `${first.enterprise.title}的计算表`, exact: true }).click()])
  assert.match(sheet.suggestedFilename(), /计算表\.xlsx$/)
  const bytes = readFileSync(await sheet.path())
  assert.equal(bytes.toString('latin1', 0, 2), 'PK')
  if (process.env.SHOTS) writeFileSync(join(process.env.SHOTS, 'sheet.xlsx'), bytes)
  const [written] = await Promise.all([page.waitForEvent('download'), row.getByRole('button', { name: `Word ${first.enterprise.title}的计算表` }).click()])
  assert.match(written.suggestedFilename(), /计算表\.docx$/)
  const document = unzip(readFileSync(await written.path())).get('word/document.xml').toString()
  for (const step of first.steps) assert.ok(document.includes(step.entry.title), 'every loan stands in the document')
  if (process.env.SHOTS) writeFileSync(join(process.env.SHOTS, 'sheet.docx'), readFileSync(await written.path()))

  await row.getByRole('button', { name: '受理申报' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '受理申报' }).click()
  const cases = page.getByRole('region', { name: '办理情况' }).last().getByRole('row').filter({ hasText: first.enterprise.title })
  await cases.getByText('申报', { exact: true }).waitFor()
  const step = async (word, on = '', remark = '') => {
    await cases.getByRole('button', { name: word, exact: true }).click()
    const dialog = page.getByRole('dialog')
    if (on) await dialog.getByLabel('日期').fill(on)
    if (remark) await dialog.locator('textarea').fill(remark)
    await dialog.getByRole('button', { name: word, exact: true }).click()
    return dialog
  }
  await step('审核通过', '2023-11-01', '材料齐全，同意')
  await step('公示', '2023-11-02')
  const refused = await step('下达', '2023-11-04')
  await refused.getByText('公示未满 5 天').waitFor()
  await refused.getByLabel('日期').fill('2023-11-07')
  await refused.getByRole('button', { name: '下达', exact: true }).click()
  await step('已兑付', '2023-11-10', '凭证 2023-118')
  await cases.getByRole('button', { name: '追回', exact: true }).waitFor()
  // The payment is a row of the book of payments that leads back to the case.
  const paid = (await clerk.get(`/enterprises/${first.enterprise.entry}/policies`)).json
  const line = paid.received.find((one) => one.case)
  assert.equal(Number(line.amount), Number(first.amount))
  assert.equal(line.on, '2023-11-07', 'the day of the decision')
  const entry = (await clerk.get(`/entries/${line.entry}`)).json
  assert.ok(Object.values(entry.cells).some((cell) => cell?.entry === line.case), 'the row names its case')
  await shot(page, 'policy-paid', true)

  const then = (await clerk.get(`/policies/${policy.id}?year=${YEAR}`)).json
  assert.equal(then.card.paid, first.amount)
  const again = await clerk.send('POST', `/policies/${policy.id}/cases`, { year: YEAR, enterprise: first.enterprise.entry, amount: first.amount }, { 'idempotency-key': crypto.randomUUID() })
  assert.equal(again.status, 409)
  assert.deepEqual(page.faults, [])
})

test('a draft is tried by other numbers, and nothing of it is kept', async () => {
  const page = await signedIn(chrome, park, 'zhou', { width: 1366, height: 860 })
  await page.goto(`${park.address}/policies/${policy.id}?year=${YEAR}`)
  const untried = (await clerk.get(`/policies/${policy.id}?year=${YEAR}`)).json
  await page.getByText('换一组数值试算').click()
  await page.getByLabel('比例（%）').fill('40')
  await page.getByLabel('单户上限（元）').fill('100000')
  await page.getByRole('button', { name: '试算', exact: true }).click()
  await page.getByText('按文件原来的数值').waitFor()
  await accessible(page)
  await shot(page, 'policy-tried', true)
  const tried = (await clerk.get(`/policies/${policy.id}?year=${YEAR}&set=formula.share=40&set=limits.cap=100000`)).json
  assert.equal(tried.by_document.total, untried.total)
  for (const one of tried.items.filter((item) => item.state === 'due')) assert.ok(Number(one.amount) <= 100000)
  assert.equal(await page.getByRole('button', { name: '受理申报' }).count(), 0, 'nothing is paid by numbers that were tried')
  await page.getByRole('button', { name: '回到文件的数值' }).click()
  await page.getByText('按文件原来的数值').waitFor({ state: 'detached' })
  const told = JSON.parse(parkledger(['--data', park.data, '--format', 'json', 'policy', 'draft', policy.id, '--year', String(YEAR), '--set', 'formula.share=40', '--set', 'limits.cap=100000']))
  assert.equal(told.total, tried.total)
  assert.deepEqual(page.faults, [])
})

test('grades of a published evaluation of enterprises price electricity', async () => {
  const scheme = (await clerk.get('/schemes')).json.items.find((one) => one.subject === 'enterprise' && one.usual).id
  const job = (await clerk.send('POST', '/evaluations', { scheme, year: 2022 })).json.id
  while (['waiting', 'running'].includes((await clerk.get(`/jobs/${job}`)).json.state)) await new Promise((resolve) => setTimeout(resolve, 200))
  const run = (await clerk.get('/evaluations')).json.items[0].id
  const rule = (await clerk.get('/policies?year=2022')).json.items.find((one) => one.flow === 'charge' && one.fed)
  const page = await signedIn(chrome, park, 'zhou', { width: 1366, height: 860 })
  await page.goto(`${park.address}/policies/${rule.id}?year=2022`)
  await page.getByText('没有已公布结果的企业评价').waitFor()
  assert.equal((await clerk.send('POST', '/policies/grades', { run }, { 'idempotency-key': crypto.randomUUID() })).status, 409, 'not public yet')
  for (const stage of ['area', 'result']) assert.ok((await clerk.send('POST', `/evaluations/${run}/publish`, { stage })).status < 300)
  await page.reload()
  await page.getByRole('button', { name: '登记评价等级' }).click()
  const row = page.getByRole('region', { name: '谁应加价' }).last().getByRole('row').nth(1)
  await row.waitFor()
  const said = page.locator('.el-message')
  await said.first().waitFor()
  await page.waitForFunction(() => document.querySelectorAll('.el-message').length === 0)
  await accessible(page)
  await shot(page, 'policy-grades', true)
  const graded = (await clerk.get(`/evaluations/${run}/results?limit=1000`)).json.items.filter((one) => one.grade)
  const view = (await clerk.get(`/policies/${rule.id}?year=2022`)).json
  const again = (await clerk.send('POST', '/policies/grades', { run }, { 'idempotency-key': crypto.randomUUID() })).json
  assert.deepEqual([again.graded, again.new], [graded.length, 0], JSON.stringify(again))
  assert.ok(view.items.length >= graded.length - again.unlisted, 'a row per enterprise with a grade the book knows')
  assert.deepEqual(page.faults, [])
})

test('a reward without application is found by the program and confirmed by a person', async () => {
  const page = await signedIn(chrome, park, 'zhou', { width: 1366, height: 860 })
  await page.goto(`${park.address}/policies?year=${YEAR}`)
  await page.getByRole('button', { name: '现在匹配' }).click()
  const waiting = page.getByRole('region', { name: '待确认' }).last()
  await waiting.getByRole('row').nth(1).waitFor()
  await page.locator('.el-message').waitFor({ state: 'detached' })
  await accessible(page)
  await shot(page, 'policies-waiting')
  const list = (await clerk.get(`/policies?year=${YEAR}`)).json
  const one = list.waiting.find((line) => line.year === YEAR)
  assert.ok(one.handler && one.confirm_by, JSON.stringify(one))
  const kept = (await clerk.get(`/entries/${one.entry}`)).json
  assert.ok(Object.values(kept.cells).some((cell) => cell?.text === one.handler), 'the case names its handler, as the list of deadlines does')
  const again = (await clerk.send('POST', '/policies/matches', {}, { 'idempotency-key': crypto.randomUUID() })).json
  assert.deepEqual([again.new, again.changed, again.gone], [0, 0, 0])
  await page.goto(`${park.address}/policies/${one.policy}?year=${YEAR}`)
  const row = page.getByRole('region', { name: '谁可享受' }).last().getByRole('row').filter({ hasText: one.enterprise.title })
  await row.getByText('自动匹配，待确认').waitFor()
  await accessible(page)
  await row.getByRole('button', { name: '确认拟兑现' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '确认拟兑现' }).click()
  await row.getByText('已在办理').waitFor()
  await shot(page, 'policy-proposed', true)
  await page.goto(`${park.address}/enterprises/${one.enterprise.entry}?tab=policies`)
  await page.getByRole('region', { name: '在办' }).first().waitFor()
  await accessible(page)
  await shot(page, 'enterprise-policies', true)
  assert.deepEqual(page.faults, [])
})

test('the pool says what is left and who bore its losses', async () => {
  const all = (await clerk.get(`/policies?year=${YEAR}`)).json.items
  const rule = all.find((one) => one.flow === 'loss' && one.fed)
  const { pool } = (await clerk.get(`/policies/${rule.id}?year=${YEAR}`)).json
  // 62,500,000 元 paid in, 1,500,000 lost, 300,000 back; of 1,200,000 the city and the district bear 480,000 each, the bank 240,000.
  assert.deepEqual([pool.balance, pool.lost, pool.recovered].map(Number), [61300000, 1500000, 300000])
  assert.deepEqual(pool.parties.map((party) => Number(party.borne)), [480000, 480000, 240000])
  const page = await signedIn(chrome, park, 'zhou', { width: 1366, height: 860 })
  await page.goto(`${park.address}/policies/${rule.id}?year=${YEAR}`)
  await page.getByRole('heading', { name: '代偿记录' }).waitFor()
  await accessible(page)
  await shot(page, 'policy-pool', true)
  assert.deepEqual(page.faults, [])
})

test('the command line says the same', () => {
  const told = JSON.parse(parkledger(['--data', park.data, '--format', 'json', 'policy', 'draft', policy.id, '--year', String(YEAR)]))
  assert.ok(told.due > 0)
  assert.equal(told.cases.length, 1)
  const of = JSON.parse(parkledger(['--data', park.data, '--format', 'json', 'policy', 'enterprise', told.cases[0].enterprise.title, '--year', String(YEAR)]))
  assert.ok(Number(of.received_total) > 0)
})
