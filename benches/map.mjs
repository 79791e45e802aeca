// Frames per second while a map of parcels is moved in a real browser, beside a map of a hundred parcels in the same run: a machine
// without a graphics card draws both with its processor, so the ratio says more than the rate.
//
//   node benches/map.mjs [PARCELS]     needs `make release`, Chromium, Node 20
//
// Parcels are laid out as a street grid and pasted into the book of parcels as a person would. The map is dragged and wheeled; the time
// between frames is the browser's own clock.
import { spawn, spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../', import.meta.url))
const { chromium } = createRequire(join(root, 'web/package.json'))('playwright-core')
const program = process.env.PARKLEDGER ?? join(root, 'target/release/parkledger')
const most = Number(process.argv[2] ?? 100_000)
const PASSWORD = 'Rain-on-the-9th-roof'
const run = (args) => {
  const done = spawnSync(program, args, { encoding: 'utf8' })
  if (done.status !== 0) throw new Error(done.stderr || done.stdout)
  return done.stdout
}

/** The n-th parcel of a grid of blocks: a street after every tenth, outlines as surveyors write them. */
function parcel(n) {
  const [column, row] = [n % 400, Math.floor(n / 400)]
  const [x, y] = [121.2 + column * 0.0011 + Math.floor(column / 10) * 0.0003, 29.7 + row * 0.0008 + Math.floor(row / 10) * 0.0003]
  const ring = [[x, y], [x + 0.0005, y + 0.00003], [x + 0.001, y], [x + 0.001, y + 0.0007], [x + 0.0004, y + 0.00068], [x, y + 0.0007], [x, y]]
  return { type: 'Polygon', coordinates: [ring.map(([a, b]) => [Number(a.toFixed(7)), Number(b.toFixed(7))])] }
}

async function served(count) {
  const folder = mkdtempSync(join(tmpdir(), 'parkledger-map-'))
  run(['demo', '--into', join(folder, 'demo')])
  const data = join(folder, 'demo/ledger')
  const server = spawn(program, ['--data', data, 'serve', '--listen', '127.0.0.1:0', '--metrics', 'off', '--web', join(root, 'web/dist')], { stdio: ['ignore', 'pipe', 'inherit'] })
  const address = await new Promise((resolve) => {
    let out = ''
    server.stdout.on('data', (text) => {
      out += text
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(out)
      if (found) resolve(found[0])
    })
  })
  const { link } = JSON.parse(run(['--data', data, '--format', 'json', 'user', 'add', 'bench', '--role', 'administrator', '--role', 'statistician']))
  const chrome = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] })
  const page = await (await chrome.newContext({ viewport: { width: 1366, height: 860 } })).newPage()
  await page.goto(`${address}/setup?token=${new URL(link, 'http://x').searchParams.get('token')}`)
  await page.locator('input[type=password]').nth(1).waitFor()
  for (const box of await page.locator('input[type=password]').all()) await box.fill(PASSWORD)
  await page.locator('button[type=submit]').click()
  await page.waitForURL((url) => !url.pathname.startsWith('/setup'))
  const content = await page.evaluate(async () => (await fetch('/api/v1/content')).json())
  const book = content.books.find((one) => one.role === 'parcel')
  const field = (...kinds) => book.fields.find((one) => kinds.includes(one.kind)).id
  const csrf = await page.evaluate(async () => (await (await fetch('/api/v1/session')).json()).csrf)
  /** What else must be filled: sizes. */
  const required = Object.fromEntries(book.fields.filter((one) => one.required && ['decimal', 'amount'].includes(one.kind)).map((one) => [one.id, '7500']))
  const BATCH = 5000
  for (let from = 0; from < count; from += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, count - from) }, (_, at) => from + at).map((n) => ({
      values: {
        [field('parcel_code')]: `330203${String(100 + Math.floor(n / 90_000))}${String(100 + (Math.floor(n / 1000) % 90))}GB${String(10_000 + (n % 1000)).padStart(5, '0')}`,
        [book.display]: `地块${n + 1}`, [field('geometry')]: JSON.stringify(parcel(n)), ...required,
      },
    }))
    const told = await page.evaluate(async ([id, csrf, rows]) => {
      const answer = await fetch(`/api/v1/books/${id}/paste`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-csrf-token': csrf, 'idempotency-key': crypto.randomUUID() }, body: JSON.stringify({ rows, why: 'bench', dry_run: false }) })
      const text = await answer.text()
      return answer.ok && JSON.parse(text).new === rows.length ? '' : text
    }, [book.id, csrf, rows])
    if (told) throw new Error(told.slice(0, 2000))
  }
  const stop = async () => {
    await chrome.close()
    server.kill('SIGTERM')
    await new Promise((resolve) => server.on('exit', resolve))
    rmSync(folder, { recursive: true, force: true })
  }
  return { page, address, stop }
}

/** Frames while something moves. */
async function frames(page, move) {
  await page.evaluate(() => {
    window.frames_ = []
    let last
    const frame = (now) => {
      if (last) window.frames_.push(now - last)
      last = now
      window.frame_ = requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  })
  await move()
  const times = await page.evaluate(() => { cancelAnimationFrame(window.frame_); return window.frames_.sort((a, b) => a - b) })
  return { fps: (1000 * times.length) / times.reduce((a, b) => a + b, 0), p95: times[Math.floor(times.length * 0.95)], worst: times.at(-1) }
}

const results = {}
for (const count of [100, most]) {
  const { page, address, stop } = await served(count)
  const began = performance.now()
  await page.goto(`${address}/parcels`)
  await page.locator('.map-box.drawn').waitFor({ timeout: 120_000 })
  console.log(`${count} parcels: map after ${(performance.now() - began).toFixed(0)} ms`)
  await page.waitForTimeout(3000)
  const box = await page.locator('.maplibregl-canvas').boundingBox()
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  const drag = async () => {
    await page.mouse.move(x, y)
    await page.mouse.down()
    for (let n = 0; n < 90; n++) {
      await page.mouse.move(x + Math.sin(n / 9) * 220, y + Math.cos(n / 7) * 120)
      await page.waitForTimeout(16)
    }
    await page.mouse.up()
  }
  await page.mouse.move(x, y)
  for (const [name, wheel] of [['all of it', 0], ['a quarter', -300], ['a few streets', -600]]) {
    if (wheel) await page.mouse.wheel(0, wheel)
    await page.waitForTimeout(2500)
    const got = await frames(page, drag)
    ;(results[name] ??= []).push(got)
    console.log(`  ${name}: ${got.fps.toFixed(1)} frames/s, 95 % within ${got.p95.toFixed(0)} ms, worst ${got.worst.toFixed(0)} ms`)
  }
  if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `map-${count}.png`) })
  await stop()
}
for (const [name, [few, many]] of Object.entries(results)) console.log(`${name}: ${((100 * many.fps) / few.fps).toFixed(0)} % of the frames of a hundred parcels`)
