// Frames per second while a book of a million rows is scrolled in a real browser, and how long its first rows take.
//
//   node benches/scroll.mjs [ROWS]     needs `make release`, `cargo build --release` in benches/, Chromium, Node 20
//
// The book is filled by `million`; the page is scrolled as a wheel and as a dragged bar would, frame by frame, and the time between
// frames is taken from the browser's own clock.
import { spawn, spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../', import.meta.url))
const { chromium } = createRequire(join(root, 'web/package.json'))('playwright-core')
const program = process.env.PARKLEDGER ?? join(root, 'target/release/parkledger')
const filler = process.env.MILLION ?? join(root, 'target/release/million')
const rows = Number(process.argv[2] ?? 1_000_000)
const BOOK = process.env.BOOK ?? 'company_registrations'
const folder = mkdtempSync(join(tmpdir(), 'parkledger-scroll-'))
const run = (command, args) => {
  const done = spawnSync(command, args, { encoding: 'utf8' })
  if (done.status !== 0) throw new Error(done.stderr || done.stdout)
  return done.stdout
}
run(program, ['demo', '--into', join(folder, 'demo')])
console.log(run(filler, [join(folder, 'demo'), BOOK, String(rows)]).trim())
const data = join(folder, 'demo/ledger')
const server = spawn(program, ['--data', data, 'serve', '--listen', '127.0.0.1:0', '--metrics', 'off', '--web', join(root, 'web/dist')], { stdio: ['ignore', 'pipe', 'inherit'] })
const started = performance.now()
const address = await new Promise((resolve) => {
  let out = ''
  server.stdout.on('data', (text) => {
    out += text
    const found = /http:\/\/127\.0\.0\.1:\d+/.exec(out)
    if (found) resolve(found[0])
  })
})
console.log(`served after ${((performance.now() - started) / 1000).toFixed(1)} s`)
const { link } = JSON.parse(run(program, ['--data', data, '--format', 'json', 'user', 'add', 'bench', '--role', 'administrator']))
const chrome = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] })
const page = await (await chrome.newContext({ viewport: { width: 1366, height: 860 } })).newPage()
await page.goto(`${address}/setup?token=${new URL(link, 'http://x').searchParams.get('token')}`)
await page.locator('input[type=password]').nth(1).waitFor()
for (const box of await page.locator('input[type=password]').all()) await box.fill('Rain-on-the-9th-roof')
await page.locator('button[type=submit]').click()
await page.waitForURL((url) => !url.pathname.startsWith('/setup'))

let began = performance.now()
await page.goto(`${address}/books/${BOOK}`)
const grid = page.getByRole('grid')
await grid.getByRole('gridcell').first().waitFor()
console.log(`first rows after ${(performance.now() - began).toFixed(0)} ms`)

const scroll = (step, frames) => page.evaluate(async ([step, frames]) => {
  const grid = document.querySelector('[role=grid]')
  const box = [grid, ...grid.querySelectorAll('*'), ...(function* () { for (let e = grid; e; e = e.parentElement) yield e })()]
    .filter((e) => e.scrollHeight > e.clientHeight + 1000 && /auto|scroll/.test(getComputedStyle(e).overflowY))[0]
  const times = []
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  let last = await frame()
  for (let n = 0; n < frames; n++) {
    box.scrollTop += step === 'bar' ? box.scrollHeight / frames : step
    const now = await frame()
    times.push(now - last)
    last = now
  }
  times.sort((a, b) => a - b)
  return { fps: 1000 / (times.reduce((a, b) => a + b, 0) / times.length), p95: times[Math.floor(times.length * 0.95)], worst: times.at(-1), at: box.scrollTop, height: box.scrollHeight }
}, [step, frames])
for (const [name, step] of [['wheel, 120 px a frame', 120], ['fast, 2,000 px a frame', 2000], ['bar dragged from top to bottom', 'bar']]) {
  await page.evaluate(() => undefined)
  const got = await scroll(step, 300)
  console.log(`${name}: ${got.fps.toFixed(1)} frames/s, 95 % within ${got.p95.toFixed(1)} ms, worst ${got.worst.toFixed(1)} ms`)
}
await page.waitForTimeout(1500)
const seen = await grid.getByRole('row').last().getAttribute('aria-rowindex')
console.log(`at the end: row ${seen}`)
await page.screenshot({ path: join(tmpdir(), 'parkledger-scroll.png') })
for (const [name, query] of [['sorted by a text', 'sort=name'], ['filtered and sorted', 'filter=registered_capital:gt:500000&sort=-registered_on'], ['found anywhere', 'q=00077']]) {
  began = performance.now()
  const answer = await page.evaluate(async (path) => (await (await fetch(path)).json()).total, `/api/v1/books/${BOOK}/entries?limit=100&${query}`)
  const cold = performance.now() - began
  began = performance.now()
  await page.evaluate(async (path) => (await fetch(path)).json(), `/api/v1/books/${BOOK}/entries?limit=100&offset=100&${query}`)
  console.log(`${name}: ${answer} rows, cold ${cold.toFixed(0)} ms, next window ${(performance.now() - began).toFixed(0)} ms`)
}
await chrome.close()
server.kill('SIGTERM')
await new Promise((resolve) => server.on('exit', resolve))
rmSync(folder, { recursive: true, force: true })
