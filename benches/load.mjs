// The served demo under load: 50 readers of overview, figure and grid by wrk, then the same with 20 writers beside them.
//
//   node benches/load.mjs [SECONDS]      needs `make release`, wrk, and Node 20
//
// Readers share one session; each of the writers is a person of their own who adds entries and looks for each at once. What
// wrk says of its own is printed; the writers' count is compared with the ledger at the end: nothing may be lost.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../', import.meta.url))
const program = process.env.PARKLEDGER ?? join(root, 'target/release/parkledger')
const seconds = Number(process.argv[2] ?? 20)
const WRITERS = 20
const folder = mkdtempSync(join(tmpdir(), 'parkledger-load-'))
const demo = join(folder, 'demo')
const run = (args) => {
  const done = spawnSync(program, args, { encoding: 'utf8' })
  if (done.status !== 0) throw new Error(done.stderr || done.stdout)
  return done.stdout
}
run(['demo', '--into', demo])
const data = join(demo, 'ledger')
const server = spawn(program, ['--data', data, 'serve', '--listen', '127.0.0.1:0', '--metrics', 'off'], {
  stdio: ['ignore', 'pipe', 'inherit'],
  env: { ...process.env, PARKLEDGER_SIGN_IN_PER_MINUTE: '1000' },
})
const address = await new Promise((resolve) => {
  let out = ''
  server.stdout.on('data', (text) => {
    out += text
    const found = /http:\/\/127\.0\.0\.1:\d+/.exec(out)
    if (found) resolve(found[0])
  })
})

process.on('exit', () => server.kill())

async function person(name) {
  const { link } = JSON.parse(run(['--data', data, '--format', 'json', 'user', 'add', name, '--role', 'administrator']))
  const token = new URL(link, 'http://x').searchParams.get('token')
  const first = await fetch(`${address}/api/v1/session`)
  const { csrf } = await first.json()
  const cookies = first.headers.getSetCookie().map((c) => c.split(';')[0])
  const answer = await fetch(`${address}/api/v1/session/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf-token': csrf ?? '', cookie: cookies.join('; ') },
    body: JSON.stringify({ token, password: "Rain-on-the-9th-roof" }),
  })
  const session = await answer.json()
  const cookie = (answer.headers.getSetCookie().map((c) => c.split(';')[0])).join('; ') || cookies.join('; ')
  return { cookie, csrf: session.csrf }
}

const reader = await person('reader')
const script = join(folder, 'paths.lua')
const paths = ['/overview?period=2023-10', '/figures/industry_output?period=2023-10', '/figures/industry_output?period=2023-10&by=enterprise.industry/1', '/books/enterprises/entries?limit=100&sort=name', '/books/company_registrations/entries?limit=100&sort=-registered_on&q=2023']
writeFileSync(script, `local paths = { ${paths.map((p) => `"/api/v1${p}"`).join(', ')} }\nlocal n = 0\nrequest = function() n = n + 1; return wrk.format("GET", paths[n % #paths + 1]) end\n`)
const wrk = () => new Promise((resolve) => {
  let out = ''
  const load = spawn('wrk', ['-t2', '-c50', `-d${seconds}s`, '--latency', '-s', script, '-H', `Cookie: ${reader.cookie}`, address])
  load.stdout.on('data', (text) => (out += text))
  load.on('exit', () => resolve(out))
})

console.log(`${cpus().length} processors, ${cpus()[0].model}; ${seconds} s each`)
for (const path of paths) await fetch(`${address}/api/v1${path}`, { headers: { cookie: reader.cookie } })
console.log('50 readers\n' + (await wrk()))

const catalogue = await (await fetch(`${address}/api/v1/content`, { headers: { cookie: reader.cookie } })).json()
// A book whose key is one text: what a clerk would add by hand.
const plain = (b) => b.key.length === 1 && b.fields.find((f) => f.id === b.key[0]).kind === 'text'
const simple = (b) => b.fields.filter((f) => f.required).every((f) => ['text', 'choice', 'date', 'integer', 'amount'].includes(f.kind))
const book = catalogue.books.find((b) => plain(b) && simple(b))
const BOOK = book.id
const firstOf = {}
for (const field of book.fields.filter((f) => f.book)) {
  firstOf[field.id] = (await (await fetch(`${address}/api/v1/books/${field.book}/options?limit=1`, { headers: { cookie: reader.cookie } })).json()).items[0]?.id
}
function EXTRA(no) {
  const values = {}
  for (const field of book.fields.filter((f) => f.required || book.key.includes(f.id))) {
    values[field.id] = field.kind === 'choice' ? field.choices[0] : field.kind === 'date' ? '2023-10-01' : field.book ? firstOf[field.id] : field.kind === 'text' ? no : '1'
  }
  return values
}
const writers = await Promise.all(Array.from({ length: WRITERS }, (_, n) => person(`writer${n}`)))
let over = false
const waits = []
async function write(who, n) {
  let count = 0
  while (!over) {
    const no = `L${n}-${count}`
    const began = performance.now()
    const body = JSON.stringify({ values: EXTRA(no), why: 'load' })
    const answer = await fetch(`${address}/api/v1/books/${BOOK}/entries`, {
      method: 'POST', body,
      headers: { cookie: who.cookie, 'x-csrf-token': who.csrf, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    })
    if (answer.status !== 201) throw new Error(`${answer.status}: ${await answer.text()}`)
    const { id } = await answer.json()
    waits.push(performance.now() - began)
    const seen = await fetch(`${address}/api/v1/entries/${id}`, { headers: { cookie: who.cookie } })
    if (seen.status !== 200) throw new Error(`an entry is not there for its writer: ${seen.status}`)
    count++
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return count
}
const total = async () => (await (await fetch(`${address}/api/v1/books/${BOOK}/entries?limit=1`, { headers: { cookie: reader.cookie } })).json()).total
const before = await total()
const writing = Promise.all(writers.map(write))
const report = await wrk()
over = true
const counts = await writing
const written = counts.reduce((a, b) => a + b, 0)
const found = (await total()) - before
waits.sort((a, b) => a - b)
console.log(`50 readers and ${WRITERS} writers\n` + report)
console.log(`${written} entries written, ${found} found; a write took ${waits[waits.length >> 1].toFixed(1)} ms (median), ${waits[Math.floor(waits.length * 0.99)].toFixed(1)} ms (p99)`)
server.kill('SIGTERM')
await new Promise((resolve) => server.on('exit', resolve))
rmSync(folder, { recursive: true, force: true })
if (written !== found) process.exit(1)
