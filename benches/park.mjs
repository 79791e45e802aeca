// A made-up park served by the real program: what benches over HTTP and in a browser start from. Needs `make release` and Node 20;
// for a browser `make web` and Chromium too.
//
// Deliberately absent: what is measured. Nothing is drawn by chance: the n-th parcel is the same in each run.
import { spawn, spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../', import.meta.url))
const program = process.env.PARKLEDGER ?? join(root, 'target/release/parkledger')
const PASSWORD = 'Rain-on-the-9th-roof'
const BATCH = 5000
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
/** The year whose returns a made-up park has. */
export const YEAR = 2022

function run(args) {
  const done = spawnSync(program, args, { encoding: 'utf8' })
  if (done.status !== 0) throw new Error(done.stderr || done.stdout)
  return done.stdout
}

/** The demonstration's park, served from a folder of its own with the pages of the web client. */
export async function serve() {
  const folder = mkdtempSync(join(tmpdir(), 'parkledger-bench-'))
  run(['demo', '--into', join(folder, 'demo')])
  const data = join(folder, 'demo/ledger')
  const server = spawn(program, ['--data', data, 'serve', '--listen', '127.0.0.1:0', '--metrics', 'off', '--web', join(root, 'web/dist')], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise((resolve) => server.on('exit', resolve))
  const stop = async () => {
    server.kill('SIGTERM')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  const address = await new Promise((resolve) => {
    let out = ''
    server.stdout.on('data', (text) => {
      out += text
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(out)
      if (found) resolve(found[0])
    })
  })
  return { address, data, stop }
}

/** The token of a new account of somebody who may do everything. */
function invited(park, name) {
  const { link } = JSON.parse(run(['--data', park.data, '--format', 'json', 'user', 'add', name, '--role', 'administrator', '--role', 'statistician', '--department', '区统计局']))
  return new URL(link, 'http://x').searchParams.get('token')
}

/** Somebody who asks over HTTP: `ask` gives an answer's text and how long it took to the last byte, `fill` pastes rows into a book. */
export async function person(park, name = 'clerk') {
  const first = await fetch(`${park.address}/api/v1/session`)
  const { csrf } = await first.json()
  const cookies = first.headers.getSetCookie().map((c) => c.split(';')[0]).join('; ')
  const answer = await fetch(`${park.address}/api/v1/session/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf-token': csrf ?? '', cookie: cookies },
    body: JSON.stringify({ token: invited(park, name), password: PASSWORD }),
  })
  const session = await answer.json()
  const me = { cookie: answer.headers.getSetCookie().map((c) => c.split(';')[0]).join('; ') || cookies, 'x-csrf-token': session.csrf }
  async function ask(path, body) {
    const began = performance.now()
    const told = await fetch(`${park.address}/api/v1${path}`, body
      ? { method: 'POST', headers: { ...me, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }, body: JSON.stringify(body) }
      : { headers: me })
    const text = await told.text()
    const ms = performance.now() - began
    if (!told.ok) throw new Error(`${path}: ${told.status} ${text.slice(0, 2000)}`)
    return { text, ms }
  }
  async function fill(book, rows, row) {
    for (let from = 0; from < rows; from += BATCH) {
      const some = Array.from({ length: Math.min(BATCH, rows - from) }, (_, at) => ({ values: row(from + at) }))
      const told = JSON.parse((await ask(`/books/${book}/paste`, { rows: some, why: 'bench', dry_run: false })).text)
      if (told.new !== some.length || !told.revision) throw new Error(`${book}: ${JSON.stringify(told).slice(0, 2000)}`)
    }
  }
  return { ask, fill }
}

/** A page of a real browser, signed in. */
export async function browse(park, name = 'reader') {
  const { chromium } = createRequire(join(root, 'web/package.json'))('playwright-core')
  const chrome = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] })
  const page = await (await chrome.newContext({ viewport: { width: 1366, height: 860 } })).newPage()
  await page.goto(`${park.address}/setup?token=${invited(park, name)}`)
  await page.locator('input[type=password]').nth(1).waitFor()
  for (const box of await page.locator('input[type=password]').all()) await box.fill(PASSWORD)
  await page.locator('button[type=submit]').click()
  await page.waitForURL((url) => !url.pathname.startsWith('/setup'))
  return { page, close: () => chrome.close() }
}

/** A social credit code (GB 32100) with its check character. */
function uscc(n) {
  const body = `91330203MB${String(n).padStart(7, '0')}`
  let [sum, weight] = [0, 1]
  for (const letter of body) {
    sum += ALPHABET.indexOf(letter) * weight
    weight = (weight * 3) % 31
  }
  return body + ALPHABET[(31 - (sum % 31)) % 31]
}

/** The boundary of the n-th of so many parcels in a grid of blocks around the demonstration's park: a street after every tenth, outlines as surveyors write them. */
function boundary(n, count) {
  const across = Math.ceil(Math.sqrt(count * 1.6))
  const east = (column) => column * 0.0011 + Math.floor(column / 10) * 0.0003
  const north = (row) => row * 0.0008 + Math.floor(row / 10) * 0.0003
  const [x, y] = [121.463 + east(n % across) - east(across) / 2, 29.874 + north(Math.floor(n / across)) - north(count / across) / 2]
  const ring = [[x, y], [x + 0.0005, y + 0.00003], [x + 0.001, y], [x + 0.001, y + 0.0007], [x + 0.0004, y + 0.00068], [x, y + 0.0007], [x, y]]
  return JSON.stringify({ type: 'Polygon', coordinates: [ring.map(([a, b]) => [Number(a.toFixed(7)), Number(b.toFixed(7))])] })
}

const STATES = ['未供', '已供未建', '在建', '已建成', '闲置', '低效']
const size = (n) => String(5000 + ((n * 37) % 20_000))
const code = (n) => `330203${String(100 + Math.floor(n / 90_000))}${String(100 + (Math.floor(n / 1000) % 90))}GB${String(10_000 + (n % 1000)).padStart(5, '0')}`
/** Neighbours differ and all occur alike: parts of the golden ratio. */
const state = (n) => STATES[Math.floor(((n * 0.618033988749895) % 1) * STATES.length)]

/** Parcels, with boundaries where they are to be drawn. */
export async function parcels(fill, count, { drawn = false, holders = 0 } = {}) {
  await fill('land_parcels', count, (n) => ({
    parcel_code: code(n), name: `地块${n + 1}`, area: size(n), certificate_area: size(n),
    ...(holders ? { holder: uscc(n % holders) } : {}), ...(drawn ? { boundary: boundary(n, count), status: state(n) } : {}),
  }))
}

/** Holders of parcels that pay tax and report output each month of the year. */
export async function holders(fill, count) {
  // The same all year, so that sums of the year so far are right.
  const output = (n) => 50 + ((Math.floor(n / 12) * 6151) % 400)
  const month = (n) => ({ enterprise: uscc(Math.floor(n / 12)), period: `${YEAR}-${String((n % 12) + 1).padStart(2, '0')}` })
  await fill('enterprises', count, (n) => ({ uscc: uscc(n), name: `测速${n + 1}号有限公司` }))
  await fill('tax_monthly', count * 12, (n) => ({ ...month(n), vat: String(5 + ((n * 7919) % 400) / 10), income_tax: String(2 + ((n * 104729) % 200) / 10) }))
  await fill('industry_monthly', count * 12, (n) => ({ ...month(n), output: String(output(n)), output_ytd: String(output(n) * ((n % 12) + 1)) }))
}
