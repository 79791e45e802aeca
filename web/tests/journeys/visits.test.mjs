// A visit on a phone, its demand dispatched, answered, rated and closed; who is due, lights and counts.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { accessible, account, browser, shot, signedIn, startPark } from './park.mjs'

let park, chrome, clerk
before(async () => {
  park = await startPark()
  chrome = await browser()
  clerk = await account(park, 'fang', ['administrator'])
  await account(park, 'zhao', ['leader'])
})
after(async () => {
  await chrome?.close()
  await park?.stop()
})

/** A picture that a browser draws, as a file. */
async function picture(page, fill, kind = 'image/jpeg') {
  const data = await page.evaluate(([colour, type]) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 1200, height: 900 })
    const brush = canvas.getContext('2d')
    brush.fillStyle = colour
    brush.fillRect(0, 0, 1200, 900)
    brush.fillStyle = '#ffffff'
    for (let at = 0; at < 6; at++) brush.fillRect(80 + at * 180, 380, 120, 420)
    return canvas.toDataURL(type)
  }, [fill, kind])
  return Buffer.from(data.split(',')[1], 'base64')
}

test('a visit is recorded on a phone, and its demand goes from dispatch to rating', async () => {
  const due = (await clerk.get('/visits/due')).json
  const quarterly = due.rules.filter((rule) => rule.title.includes('每季度')).map((rule) => rule.id)
  const late = due.items.find((item) => item.state === 'late' && quarterly.includes(item.rule))
  const phone = await signedIn(chrome, park, 'fang', { width: 390, height: 844 })
  await phone.goto(`${park.address}/visits/new/${late.enterprise.entry}`)
  await phone.getByText(late.enterprise.title).first().waitFor()
  await phone.getByLabel('了解情况').fill('新产线试产，订单回升')
  await phone.getByText('按主题记录').click()
  await phone.getByLabel('近三个月产值').click()
  await phone.getByRole('option', { name: '下降10%至30%', exact: true }).click()
  await phone.getByRole('button', { name: '添加诉求' }).click()
  await accessible(phone)
  await phone.getByLabel('类别').click()
  await phone.getByRole('option', { name: '用工', exact: true }).click()
  await phone.getByLabel('诉求内容').fill('希望协调招工三十人')
  await phone.getByLabel('拍照或选照片').last().setInputFiles([
    { name: 'IMG_20231031_091500.jpg', mimeType: 'image/jpeg', buffer: await picture(phone, '#5b7f95') },
    { name: 'IMG_20231031_091600.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no photo') },
  ])
  await phone.getByAltText('第 2 张待上传照片').waitFor()
  assert.ok(await phone.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'nothing sticks out at 390 px')
  await shot(phone, 'visit-phone', true)
  await phone.getByRole('button', { name: '保存走访' }).click()
  // The visit and the first photo are there; the second is none and keeps nothing else back.
  await phone.getByText('这个文件不是 JPEG 或 PNG 照片').first().waitFor()
  await phone.getByText('1 张照片没有传上').waitFor()
  await phone.mouse.move(0, 0)
  await accessible(phone)
  await shot(phone, 'visit-phone-photo-refused', true)
  await phone.getByRole('button', { name: '删除第 1 张照片' }).click()
  await phone.getByRole('button', { name: '再传照片' }).click()
  await phone.waitForURL(/\/visits\/demands/)
  await phone.getByText('希望协调招工三十人').waitFor()
  await shot(phone, 'demands-phone')
  const { visits } = (await clerk.get(`/visits/forms/${late.enterprise.entry}`)).json
  await phone.goto(`${park.address}/entries/${visits[0].entry}`)
  const photo = phone.getByAltText(/^第 1 张照片/)
  await photo.scrollIntoViewIfNeeded()
  await phone.waitForFunction(() => document.querySelector('img')?.naturalWidth === 1200)
  await accessible(phone)
  await shot(phone, 'visit-photo-phone', true)
  // The browser itself says when a photo is refused.
  assert.deepEqual(phone.faults.filter((fault) => !fault.includes('422')), [])

  const page = await signedIn(chrome, park, 'fang')
  await page.goto(`${park.address}/entries/${visits[0].entry}`)
  await page.getByLabel('拍照或选照片').last().setInputFiles({ name: 'b.png', mimeType: 'image/png', buffer: await picture(page, '#8a6d3b', 'image/png') })
  await page.getByAltText(/^第 2 张照片/).waitFor()
  await shot(page, 'visit-photo')
  await page.getByRole('button', { name: '删除第 2 张照片' }).click()
  await page.getByAltText(/^第 2 张照片/).waitFor({ state: 'detached' })
  await page.goto(`${park.address}/visits/demands?q=${encodeURIComponent('希望协调招工三十人')}`)
  const card = page.getByRole('listitem').filter({ hasText: '希望协调招工三十人' })
  await card.getByRole('button', { name: '交办' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('部门').selectOption('企业服务中心')
  await accessible(page)
  await dialog.getByRole('button', { name: '交办' }).click()
  await card.getByText('承办：企业服务中心').waitFor()
  await card.getByRole('button', { name: '转办' }).click()
  await dialog.getByLabel('部门').selectOption('经济发展局')
  await dialog.getByLabel('原因').fill('属于用工补贴')
  await dialog.getByRole('button', { name: '转办' }).click()
  await card.getByText('转办 1 次，上一个部门企业服务中心').waitFor()
  await card.getByRole('button', { name: '挂起' }).click()
  await dialog.getByRole('textbox', { name: '等待什么' }).fill('区人力社保局排期')
  await dialog.getByRole('button', { name: '挂起' }).click()
  await card.getByText('等待：区人力社保局排期').waitFor()
  await card.getByRole('button', { name: '恢复办理' }).click()
  await dialog.getByRole('button', { name: '恢复办理' }).click()
  await card.getByText('等待：区人力社保局排期').waitFor({ state: 'detached' })
  await card.getByRole('button', { name: '答复' }).click()
  await dialog.getByRole('button', { name: '答复' }).click()
  await dialog.getByText('写上答复内容').first().waitFor()
  await dialog.getByRole('textbox', { name: '答复', exact: true }).fill('已安排专场招聘会')
  await dialog.getByLabel('办理结果').selectOption('解决')
  await dialog.getByRole('button', { name: '答复' }).click()
  await card.getByText('已安排专场招聘会').waitFor()
  await card.getByRole('button', { name: '评价' }).click()
  await dialog.getByLabel('5 很满意').check()
  await dialog.getByRole('button', { name: '评价' }).click()
  await card.getByText('满意度：5').waitFor()
  await shot(page, 'demands')
  await card.getByRole('button', { name: '办结' }).click()
  await dialog.getByRole('button', { name: '办结' }).click()
  await page.getByText('没有诉求').waitFor()

  const board = (await clerk.get(`/demands?enterprise=${late.enterprise.entry}`)).json
  const demand = board.items.find((item) => item.text === '希望协调招工三十人')
  assert.deepEqual([demand.state, demand.outcome, demand.rating], ['closed', '解决', '5'])
  const history = (await clerk.get(`/entries/${demand.entry}/history`)).json.items
  assert.deepEqual(history.map((one) => one.who), Array.from({ length: 8 }, () => 'fang'))
  const later = (await clerk.get('/visits/due')).json.items
  const same = later.find((item) => item.enterprise.entry === late.enterprise.entry && item.rule === late.rule)
  assert.equal(same.last, due.on, 'the visit counts from today')
  assert.deepEqual(page.faults, [])
})

test('who is due, lights and counts are read by leaders, who record nothing', async () => {
  const page = await signedIn(chrome, park, 'zhao', { width: 1366, height: 860 })
  await page.goto(`${park.address}/visits`)
  await page.getByRole('table').waitFor()
  await accessible(page)
  await shot(page, 'visits-due')
  assert.equal(await page.getByRole('link', { name: '记录走访' }).count(), 0)
  await page.getByRole('link', { name: '红黄灯' }).click()
  await page.getByRole('columnheader', { name: '原因' }).waitFor()
  // Each light leads to what it saw; what nobody can judge says who has it.
  await page.getByRole('cell', { name: /^贷款到期未还/ }).first().getByRole('link').first().waitFor()
  await page.getByText('由区人力社保局、区税务局提供').waitFor()
  await accessible(page)
  await shot(page, 'visits-lights', true)
  await page.getByRole('row', { name: /^黄灯 资质6个月内到期/ }).getByRole('button').click()
  await page.waitForURL(/rule=title_ends/)
  assert.equal(await page.getByRole('cell', { name: /^贷款到期未还 · / }).count(), 0)
  await page.getByRole('link', { name: '统计', exact: true }).click()
  await page.getByRole('heading', { name: '按联系干部' }).waitFor()
  await accessible(page)
  assert.ok((await page.getByRole('row').filter({ hasText: '未走访' }).count()) > 0, 'new enterprises without a visit are listed')
  await shot(page, 'visits-metrics', true)
  await page.setViewportSize({ width: 1920, height: 1080 })
  await page.goto(`${park.address}/visits/demands?state=all`)
  await page.getByRole('listitem').filter({ hasText: 'SQ2023' }).first().waitFor()
  await accessible(page)
  await shot(page, 'demands-1920')
  for (const [width, height] of [[390, 844], [1366, 860], [1920, 1080]]) {
    await page.setViewportSize({ width, height })
    for (const part of ['', '/demands', '/lights', '/metrics']) {
      await page.goto(`${park.address}/visits${part}`)
      await page.locator('.page table, .page .cards').first().waitFor()
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `nothing sticks out of ${part} at ${width}`)
      await shot(page, `visits${part.replace('/', '-')}-${width}`, part !== '')
    }
  }
  assert.deepEqual(page.faults, [])
})

test('the pipeline of investment promotion is a board of its states', async () => {
  const page = await signedIn(chrome, park, 'zhao', { width: 1920, height: 1080 })
  await page.goto(`${park.address}/books/investment_leads`)
  await page.getByRole('link', { name: '看板' }).click()
  const signed = page.getByRole('region', { name: '签约' })
  await signed.getByRole('link', { name: '传感器研发总部' }).waitFor()
  // Two are signed and not landed: 18,600 and 12,500 万元.
  await signed.getByText('31,100').waitFor()
  assert.equal(await page.getByRole('region', { name: '落地' }).getByRole('listitem').count(), 4)
  await accessible(page)
  await shot(page, 'leads-board')
  assert.deepEqual(page.faults, [])
})
