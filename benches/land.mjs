// The pages of land over HTTP: list, coverage, parcel, explanation and what-if of a made-up park, first and warm.
//
//   node benches/land.mjs [PARCELS] [WARM]     100,000 and 5 unless said; needs `make release` and Node 20
//
// Every parcel has an area and a holder; every holder pays tax and reports output each month of 2022. Books are filled as a person
// would paste them. "First" is the first question after a write: everything of the year is gathered anew. A what-if changes one weight
// to another value each time, as a slider does; it is timed from the request to the last byte of the answer.
import { spawn, spawnSync } from 'node:child_process'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { mkdtempSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../', import.meta.url))
const program = process.env.PARKLEDGER ?? join(root, 'target/release/parkledger')
const count = Number(process.argv[2] ?? 100_000)
const warm = Number(process.argv[3] ?? 5)
const holders = Math.min(count, 10_000)
const BATCH = 5000
const YEAR = 2022
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'

const folder = mkdtempSync(join(tmpdir(), 'parkledger-land-'))
const run = (args) => {
  const done = spawnSync(program, args, { encoding: 'utf8' })
  if (done.status !== 0) throw new Error(done.stderr || done.stdout)
  return done.stdout
}
run(['demo', '--into', join(folder, 'demo')])
const data = join(folder, 'demo/ledger')
const server = spawn(program, ['--data', data, 'serve', '--listen', '127.0.0.1:0', '--metrics', 'off'], { stdio: ['ignore', 'pipe', 'inherit'] })
process.on('exit', () => { server.kill(); rmSync(folder, { recursive: true, force: true }) })
const address = await new Promise((resolve) => {
  let out = ''
  server.stdout.on('data', (text) => {
    out += text
    const found = /http:\/\/127\.0\.0\.1:\d+/.exec(out)
    if (found) resolve(found[0])
  })
})

/** Somebody who may do everything. */
async function person() {
  const { link } = JSON.parse(run(['--data', data, '--format', 'json', 'user', 'add', 'bench', '--role', 'administrator', '--role', 'statistician', '--department', '区统计局']))
  const first = await fetch(`${address}/api/v1/session`)
  const { csrf } = await first.json()
  const cookies = first.headers.getSetCookie().map((c) => c.split(';')[0]).join('; ')
  const answer = await fetch(`${address}/api/v1/session/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf-token': csrf ?? '', cookie: cookies },
    body: JSON.stringify({ token: new URL(link, 'http://x').searchParams.get('token'), password: 'Rain-on-the-9th-roof' }),
  })
  const session = await answer.json()
  return { cookie: answer.headers.getSetCookie().map((c) => c.split(';')[0]).join('; ') || cookies, 'x-csrf-token': session.csrf }
}
const me = await person()

/** An answer's text and how long it took to the last byte. */
async function ask(path, body) {
  const began = performance.now()
  const answer = await fetch(`${address}/api/v1${path}`, body
    ? { method: 'POST', headers: { ...me, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }, body: JSON.stringify(body) }
    : { headers: me })
  const text = await answer.text()
  const ms = performance.now() - began
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text.slice(0, 2000)}`)
  return { text, ms }
}

/** Pastes rows into a book; each row is what `row(n)` says. */
async function fill(book, rows, row) {
  for (let from = 0; from < rows; from += BATCH) {
    const some = Array.from({ length: Math.min(BATCH, rows - from) }, (_, at) => ({ values: row(from + at) }))
    const told = JSON.parse((await ask(`/books/${book}/paste`, { rows: some, why: 'bench', dry_run: false })).text)
    if (told.new !== some.length || !told.revision) throw new Error(`${book}: ${JSON.stringify(told).slice(0, 2000)}`)
  }
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
const parcelCode = (n) => `330203${String(100 + Math.floor(n / 90_000))}${String(100 + (Math.floor(n / 1000) % 90))}GB${String(10_000 + (n % 1000)).padStart(5, '0')}`

const size = (n) => String(5000 + ((n * 37) % 20_000))
/** Output of a holder in a month: the same all year, so that sums of the year so far are right. */
const output = (n) => 50 + ((Math.floor(n / 12) * 6151) % 400)
const filling = performance.now()
await fill('enterprises', holders, (n) => ({ uscc: uscc(n), name: `测速${n + 1}号有限公司` }))
await fill('land_parcels', count, (n) => ({ parcel_code: parcelCode(n), name: `地块${n + 1}`, area: size(n), certificate_area: size(n), holder: uscc(n % holders) }))
const month = (n) => ({ enterprise: uscc(Math.floor(n / 12)), period: `${YEAR}-${String((n % 12) + 1).padStart(2, '0')}` })
await fill('tax_monthly', holders * 12, (n) => ({ ...month(n), vat: String(5 + ((n * 7919) % 400) / 10), income_tax: String(2 + ((n * 104729) % 200) / 10) }))
await fill('industry_monthly', holders * 12, (n) => ({ ...month(n), output: String(output(n)), output_ytd: String(output(n) * ((n % 12) + 1)) }))
console.log(`${cpus().length} processors, ${cpus()[0].model}; ${count} parcels of ${holders} holders, filled in ${((performance.now() - filling) / 1000).toFixed(0)} s`)

/** Times a question: the first time, then the least and the median of the warm ones. */
async function time(name, question) {
  const first = await question(0)
  const times = []
  for (let n = 1; n <= warm; n++) times.push((await question(n)).ms)
  times.sort((a, b) => a - b)
  console.log(`${name}: first ${first.ms.toFixed(0)} ms, warm least ${times[0].toFixed(1)} ms, median ${times[times.length >> 1].toFixed(1)} ms, ${(first.text.length / 1024).toFixed(0)} KiB`)
  return JSON.parse(first.text)
}
const list = await time('list', () => ask(`/parcels?year=${YEAR}&measure=tax&measure=output&limit=100`))
await time('list by area, searched', () => ask(`/parcels?year=${YEAR}&measure=tax&limit=100&sort=-area&q=GB`))
await time('list by a measure', () => ask(`/parcels?year=${YEAR}&measure=tax&limit=100&sort=-tax`))
if (list.total < count) throw new Error(`${list.total} parcels are listed`)
const one = list.items.find((item) => item.name.startsWith('地块')) ?? list.items[0]
await time('coverage', () => ask(`/parcels/coverage?year=${YEAR}`))
await time('parcel', () => ask(`/parcels/${one.entry}?year=${YEAR}`))
await time('explanation', () => ask(`/parcels/${one.entry}/explain?year=${YEAR}`))
await time('what-if', (n) => ask('/evaluations/simulate', { year: YEAR, changes: { 'tax_per_mu.weight': String(31 + n) } }))
process.exit(0)
