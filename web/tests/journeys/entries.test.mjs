// Entries as clerks edit them: history, stale edits, and who is kept out.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { account, browser, signedIn, startPark } from './park.mjs'

let park, chrome, clerk
before(async () => {
  park = await startPark()
  chrome = await browser()
  clerk = await account(park, 'zhou', ['administrator'])
})
after(async () => {
  await chrome?.close()
  await park?.stop()
})

async function firm(n = 0) {
  const found = (await clerk.get('/books/enterprises/entries?columns=uscc,name&limit=50')).json
  return { id: found.items[n].id, version: found.items[n].version, name: found.items[n].cells[1].text }
}

test('an entry is edited with a reason and its history shows what became what', async () => {
  const page = await signedIn(chrome, park, 'zhou')
  const { id } = await firm()
  await page.goto(`${park.address}/entries/${id}`)
  await page.getByRole('button', { name: '编辑' }).first().click()
  await page.getByLabel('企业简称').fill('新简称')
  await page.getByLabel('修改原因').fill('企业来函更正')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByRole('tab', { name: '历史' }).click()
  await page.getByText('企业来函更正').first().waitFor()
  await page.getByText('新简称').first().waitFor()
  const history = (await clerk.get(`/entries/${id}/history`)).json.items
  const newest = history.toSorted((a, b) => b.version - a.version)[0]
  assert.equal(newest.who, 'zhou')
  assert.equal(newest.changes.find((c) => c.field === 'short_name').after, '新简称')
  assert.deepEqual(page.faults, [])
})

test('a stale edit is refused and both versions stand side by side', async () => {
  const page = await signedIn(chrome, park, 'zhou')
  const { id, version } = await firm(1)
  await page.goto(`${park.address}/entries/${id}`)
  await page.getByRole('button', { name: '编辑' }).first().click()
  await page.getByLabel('企业简称').fill('我的简称')
  await page.getByLabel('修改原因').fill('我改的')
  const other = await clerk.send('PUT', `/entries/${id}`, { values: { short_name: '别人的简称' }, why: '别人改的' }, { 'if-match': `"v${version}"` })
  assert.equal(other.status, 200, other.text)
  await page.getByRole('button', { name: '保存' }).click()
  const conflict = page.getByRole('alertdialog')
  await conflict.getByText('别人的简称').waitFor()
  await conflict.getByText('我的简称').waitFor()
  const kept = (await clerk.get(`/entries/${id}`)).json
  assert.equal(kept.cells.short_name.text, '别人的简称', 'nothing of the stale edit is written')
  const missing = await clerk.send('PUT', `/entries/${id}`, { values: {}, why: '没有版本' })
  assert.equal(missing.status, 428)
})

test('an enterprise sees itself and nobody else', async () => {
  const [own, other] = [await firm(2), await firm(3)]
  const person = await account(park, 'qiye', ['enterprise'], ['--enterprise', String(own.id)])
  const rows = (await person.get('/books/enterprises/entries?columns=name')).json
  assert.deepEqual(rows.items.map((item) => item.id), [own.id])
  assert.equal((await person.get(`/entries/${other.id}`)).status, 404)
  assert.equal((await person.get(`/entries/${own.id}`)).status, 200)
  assert.equal((await person.get('/figures/industry_output?period=2023-10')).status, 403)
  assert.equal((await person.get('/people')).status, 403)
  const page = await signedIn(chrome, park, 'qiye')
  await page.goto(`${park.address}/entries/${other.id}`)
  await page.waitForLoadState('networkidle')
  assert.equal(await page.getByText(other.name).count(), 0)
  await page.goto(`${park.address}/books/enterprises`)
  await page.getByText(own.name).first().waitFor()
  assert.equal(await page.getByText(other.name).count(), 0)
})
