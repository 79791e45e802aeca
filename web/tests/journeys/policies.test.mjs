// Policies: the park supplies the numbers of its own document; an interest subsidy is reckoned, its sheet taken away, confirmed,
// reviewed, made public, decided and paid; a policy without its document is reckoned by nobody.
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { after, before, test } from 'node:test'
import { accessible, account, browser, parkledger, shot, signedIn, startPark } from './park.mjs'

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
    ['不知道本金', 'rate = "3.65", made = "2023-01-01", due = "2024-01-01", interest = 36500, other = 0', 'unknown = true'],
  ].map(([title, given, result]) => `\n[[check]]\ntitle = "${title}"\ngiven = [{ ${given} }]\n${result}\n`)
  const text = readFileSync(join(folder, file), 'utf8')
    .replace('document = "to be supplied"', 'document = "演示〔2023〕8号"\nvalid_from = "2023-01-01"')
    .replace('cap = "to be supplied"', 'cap = 200000')
    .replace('share = "to be supplied"', 'share = 30')
    .replace(/\n\[\[check\]\][\s\S]*$/, () => checks.join(''))
  return { file, text }
}
before(async () => {
  const { file, text } = supplied()
  park = await startPark({}, (data) => {
    mkdirSync(join(data, 'content/policies'), { recursive: true })
    writeFileSync(join(data, 'content/policies', file), text)
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
  const [sheet] = await Promise.all([page.waitForEvent('download'), row.getByRole('button', { name: `${first.enterprise.title}的计算表` }).click()])
  assert.match(sheet.suggestedFilename(), /计算表\.xlsx$/)
  const bytes = readFileSync(await sheet.path())
  assert.equal(bytes.toString('latin1', 0, 2), 'PK')
  if (process.env.SHOTS) writeFileSync(join(process.env.SHOTS, 'sheet.xlsx'), bytes)

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
  await shot(page, 'policy-paid', true)

  const then = (await clerk.get(`/policies/${policy.id}?year=${YEAR}`)).json
  assert.equal(then.card.paid, first.amount)
  const again = await clerk.send('POST', `/policies/${policy.id}/cases`, { year: YEAR, enterprise: first.enterprise.entry, amount: first.amount }, { 'idempotency-key': crypto.randomUUID() })
  assert.equal(again.status, 409)
  assert.deepEqual(page.faults, [])
})

test('the command line says the same', () => {
  const told = JSON.parse(parkledger(['--data', park.data, '--format', 'json', 'policy', 'draft', policy.id, '--year', String(YEAR)]))
  assert.ok(told.due > 0)
  assert.equal(told.cases.length, 1)
})
