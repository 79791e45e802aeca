// An enterprise files a return that is sent back once: a draft survives a reload, cells come out of a spreadsheet, the department says what
// is wrong beside the item, the enterprise corrects it, and the accepted cell tells which return it came from.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { accessible, account, browser, shot, signedIn, startPark, unzip } from './park.mjs'

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
  // The one whose monthly returns the demo invents, and who answers them.
  const first = (await officer.get(`/enterprises?q=${encodeURIComponent('甲子汽车部件')}`)).json.items[0]
  await account(park, 'jiazi', ['enterprise'], ['--enterprise', String(first.entry)])
  await account(park, 'jingfa', ['department_head'], ['--department', '园区经济发展局'])
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

test('the monthly return is filed, whatever state the months before are in', async () => {
  const firm = await signedIn(chrome, park, 'jiazi')
  await firm.goto(`${park.address}/portal`)
  const due = firm.getByRole('region', { name: '待填报表' })
  // Invented with the demo: June accepted, July handed in, August sent back, September a draft, October not begun.
  for (const [month, state] of [['8月', '已退回'], ['9月', '草稿'], ['10月', '未填'], ['7月', '已报送，待审核'], ['6月', '已入账']]) {
    const line = due.getByRole('listitem').filter({ hasText: `企业运行监测月报 2023年${month}` })
    await line.getByText(state, { exact: true }).waitFor({ timeout: 60_000 })
  }
  await firm.getByRole('region', { name: '政策和资金' }).getByText('按 2022 年数据', { exact: false }).waitFor({ timeout: 60_000 })
  await accessible(firm)
  for (const width of [1366, 1920, 390]) {
    await firm.setViewportSize({ width, height: 900 })
    assert.ok(await firm.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `nothing is wider than ${width}`)
    await shot(firm, `portal-states-${width}`, true)
    for (const month of ['06', '07', '08', '09']) {
      await firm.goto(`${park.address}/portal/returns/operations_monthly/2023-${month}`)
      await firm.getByRole('heading', { level: 1, name: '企业运行监测月报' }).waitFor({ timeout: 60_000 })
      await firm.getByText('期末在手订单').first().waitFor({ timeout: 60_000 })
      assert.ok(await firm.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `nothing is wider than ${width}`)
      await accessible(firm)
      await shot(firm, `portal-month-${month}-${width}`, true)
    }
    await firm.goto(`${park.address}/portal`)
    await firm.getByRole('heading', { name: '待填报表' }).waitFor({ timeout: 60_000 })
  }
  await firm.setViewportSize({ width: 1366, height: 900 })
  await firm.goto(`${park.address}/portal/returns/operations_monthly/2023-10`)
  // A row of headings and the row below, as it comes out of a spreadsheet.
  await firm.getByRole('button', { name: '从 Excel 粘贴' }).click({ timeout: 60_000 })
  const dialog = firm.getByRole('dialog')
  await dialog.getByPlaceholder('在这里粘贴').fill('产能利用率\t期末在手订单\t期末用工人数\t其中出口订单\n88\t42,900\t1885\t52000')
  await dialog.getByText('认出 4 项').waitFor()
  await dialog.getByRole('button', { name: '填入' }).click()
  await firm.getByText('出口订单大于在手订单').first().waitFor({ timeout: 60_000 })
  await accessible(firm)
  await shot(firm, 'portal-month-wrong', true)
  assert.ok(await firm.getByRole('button', { name: '报送' }).isDisabled(), 'an error keeps it back')
  await firm.getByLabel('其中出口订单').fill('12900')
  await firm.getByText('出口订单大于在手订单').first().waitFor({ state: 'detached', timeout: 60_000 })
  await kept(firm)
  await firm.getByRole('button', { name: '报送' }).click()
  await firm.getByText('已报送，等待园区经济发展局审核', { exact: false }).waitFor({ timeout: 60_000 })
  assert.equal(await firm.locator('form label').count(), 0, 'a label stands at something to fill in')

  const head = await signedIn(chrome, park, 'jingfa')
  await head.goto(`${park.address}/returns`)
  for (const width of [1366, 1920]) {
    await head.setViewportSize({ width, height: 900 })
    await head.getByRole('link', { name: '企业运行监测月报' }).first().waitFor({ timeout: 60_000 })
    await shot(head, `returns-states-${width}`, true)
  }
  for (const id of [1, 2, 3]) {
    await head.goto(`${park.address}/returns/${id}`)
    await head.getByText('期末在手订单').first().waitFor({ timeout: 60_000 })
    await accessible(head)
    await shot(head, `returns-${id}`, true)
  }
  await head.goto(`${park.address}/returns`)
  await head.getByRole('row').filter({ hasText: '2023年10月' }).getByRole('link', { name: '企业运行监测月报' }).click({ timeout: 60_000 })
  await head.getByRole('button', { name: '审核通过' }).click({ timeout: 60_000 })
  await head.getByRole('dialog').getByRole('button', { name: '审核通过' }).click()
  await head.getByRole('link', { name: '查看台账条目' }).click({ timeout: 60_000 })
  await head.waitForURL(/\/entries\//)
  assert.deepEqual([...firm.faults, ...head.faults], [])
})

test('an enterprise downloads what the books hold about it, and nobody else does', async () => {
  const firm = await signedIn(chrome, park, 'jiazi')
  await firm.goto(`${park.address}/portal`)
  const list = firm.getByRole('region', { name: '登记证明' })
  const [file] = await Promise.all([firm.waitForEvent('download'), list.getByRole('button', { name: '下载 占用场地登记证明' }).click({ timeout: 60_000 })])
  assert.match(file.suggestedFilename(), /^占用场地登记证明-.+\.docx$/)
  const text = unzip(readFileSync(await file.path())).get('word/document.xml').toString('utf8').replace(/<[^>]*>/g, '')
  for (const said of ['占用场地登记证明', '甲子汽车部件', '全部抄录如下', '不是不动产权证书']) assert.ok(text.includes(said), said)
  const own = await firm.evaluate(async () => (await (await fetch('/api/v1/portal')).json()).enterprise.entry)
  const path = (entry) => `/api/v1/enterprises/${entry}/certificates/certificate_premises`
  const asked = (entry) => firm.evaluate(async (at) => (await fetch(at)).status, path(entry))
  assert.deepEqual([await asked(own), await asked(own + 1)], [200, 404])
  const page = await signedIn(chrome, park, 'jingfa')
  await page.goto(`${park.address}/enterprises/${own}`)
  await page.getByRole('button', { name: '下载 占用场地登记证明' }).waitFor({ timeout: 60_000 })
  await accessible(page)
  await shot(page, 'enterprise-certificates', true)
  // Somebody of a trade firm need not file what is asked of industry: one month is offered, not a year of them.
  const trade = (await officer.get(`/enterprises?q=${encodeURIComponent('望春甲子供应链')}`)).json.items[0]
  await account(park, 'maoyi', ['enterprise'], ['--enterprise', String(trade.entry)])
  const other = await signedIn(chrome, park, 'maoyi')
  for (const width of [1366, 390]) {
    await other.setViewportSize({ width, height: 900 })
    await other.goto(`${park.address}/portal`)
    await other.getByRole('region', { name: '政策和资金' }).getByText('望园财', { exact: false }).first().waitFor({ timeout: 60_000 })
    assert.equal(await other.getByRole('listitem').filter({ hasText: '企业运行监测月报' }).count(), 1)
    await accessible(other)
    await shot(other, `portal-money-${width}`, true)
  }
  assert.deepEqual(firm.faults.filter((one) => !one.includes('404')), [])
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
