// An enterprise files a return that is sent back once: a draft survives a reload, cells come out of a spreadsheet, the department says
// what is wrong beside the item, the enterprise corrects it, and the accepted cell tells which return it came from.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { accessible, account, browser, shot, signedIn, startPark } from './park.mjs'

let park, chrome, officer
before(async () => {
  park = await startPark()
  chrome = await browser()
  officer = await account(park, 'keji', ['department_head'], ['--department', '园区科技创新中心'])
  // One whose last year is not in the book yet.
  const book = (await officer.get('/books/qualification_returns/entries?columns=enterprise&limit=1000')).json
  const known = new Set(book.items.map((one) => one.cells[0]?.entry))
  const firm = (await officer.get('/enterprises?limit=100')).json.items.find((one) => !known.has(one.entry))
  await account(park, 'qiye', ['enterprise'], ['--enterprise', String(firm.entry)])
})
after(async () => {
  await chrome?.close()
  await park?.stop()
})

/** Waits until the page says that the draft is kept. */
const kept = (page) => page.getByText('草稿已保存').waitFor({ timeout: 60_000 })

test('an enterprise files a return that is sent back once', async () => {
  const firm = await signedIn(chrome, park, 'qiye')
  await firm.goto(`${park.address}/portal`)
  const due = firm.getByRole('region', { name: '待填报表' })
  await due.getByRole('link', { name: /企业资质条件年报/ }).first().waitFor({ timeout: 60_000 })
  await accessible(firm)
  await shot(firm, 'portal-home', true)
  await due.getByRole('link', { name: '填报' }).first().click()
  await firm.getByLabel('职工总数').fill('60', { timeout: 60_000 })
  await kept(firm)
  await firm.reload()
  assert.equal(await firm.getByLabel('职工总数').inputValue({ timeout: 60_000 }), '60')

  // Two columns of a spreadsheet; what no item is called is told and left out.
  await firm.getByRole('button', { name: '从 Excel 粘贴' }).click()
  const dialog = firm.getByRole('dialog')
  await dialog.getByPlaceholder('在这里粘贴').fill('科技人员\t12\n销售收入\t1,200.5\n车间温度\t26')
  await dialog.getByText('认出 2 项').waitFor()
  await dialog.getByText('没有认出：车间温度').waitFor()
  await dialog.getByRole('button', { name: '填入' }).click()
  await kept(firm)
  assert.equal(await firm.getByLabel('科技人员').inputValue(), '12')
  for (const reason of await firm.getByLabel('变动原因').all()) await reason.fill('按审计报告填写')
  await accessible(firm)
  await shot(firm, 'portal-return', true)
  await kept(firm)
  await firm.getByRole('button', { name: '报送' }).click()
  await firm.getByText('已报送，等待园区科技创新中心审核', { exact: false }).waitFor({ timeout: 60_000 })
  assert.equal(await firm.getByRole('textbox').count(), 0, 'what was handed in is not changed')

  const head = await signedIn(chrome, park, 'keji')
  await head.goto(`${park.address}/returns`)
  await head.getByRole('link', { name: '企业资质条件年报' }).first().waitFor({ timeout: 60_000 })
  await accessible(head)
  await shot(head, 'returns', true)
  await head.getByRole('link', { name: '企业资质条件年报' }).first().click()
  await head.getByRole('button', { name: '退回企业' }).click({ timeout: 60_000 })
  await head.getByLabel('退回原因 职工总数').fill('与社保参保人数不符')
  await accessible(head)
  await shot(head, 'returns-back', true)
  await head.getByRole('button', { name: '确认退回' }).click()
  await head.getByText('已退回', { exact: true }).first().waitFor({ timeout: 60_000 })

  await firm.goto(`${park.address}/portal`)
  await firm.getByRole('link', { name: '修改' }).first().click({ timeout: 60_000 })
  await firm.getByText('与社保参保人数不符').first().waitFor({ timeout: 60_000 })
  await accessible(firm)
  await shot(firm, 'portal-sent-back', true)
  await firm.getByLabel('职工总数').fill('66')
  await kept(firm)
  for (const reason of await firm.getByLabel('变动原因').all()) await reason.fill('按审计报告填写')
  await kept(firm)
  await firm.getByRole('button', { name: '报送' }).click()
  await firm.getByText('已报送，等待园区科技创新中心审核', { exact: false }).waitFor({ timeout: 60_000 })

  await head.reload()
  await head.getByRole('columnheader', { name: '上次报送' }).waitFor({ timeout: 60_000 })
  await shot(head, 'returns-again', true)
  await head.getByRole('button', { name: '审核通过' }).click()
  await head.getByRole('dialog').getByRole('button', { name: '审核通过' }).click()
  await head.getByRole('link', { name: '查看台账条目' }).click({ timeout: 60_000 })
  await head.waitForURL(/\/entries\//)
  const id = Number(/entries\/(\d+)/.exec(head.url())[1])
  const entry = (await officer.get(`/entries/${id}`)).json
  assert.equal(entry.cells.staff.value, '66')
  assert.ok(entry.places.staff.filing > 0, JSON.stringify(entry.places.staff))
  await accessible(head)
  await shot(head, 'returns-entry', true)
  await firm.goto(`${park.address}/portal`)
  await firm.getByText('已入账', { exact: true }).first().waitFor({ timeout: 60_000 })
  assert.deepEqual([...firm.faults, ...head.faults], [])
})

test('a demand is raised on a telephone', async () => {
  const page = await signedIn(chrome, park, 'qiye', { width: 390, height: 844 })
  await page.goto(`${park.address}/portal`)
  await page.getByRole('heading', { name: '待填报表' }).waitFor({ timeout: 60_000 })
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'nothing is wider than the screen')
  await shot(page, 'portal-home-390', true)
  await page.goto(`${park.address}/portal/demands`)
  await page.getByRole('heading', { level: 1, name: '诉求' }).waitFor({ timeout: 60_000 })
  await accessible(page)
  await shot(page, 'portal-demands-390', true)
})
