// A demo park served by the real program, people to sign in as, and a real browser: what every journey starts from.
import { spawn, spawnSync } from 'node:child_process'
import assert from 'node:assert/strict'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inflateRawSync } from 'node:zlib'
import { chromium } from 'playwright-core'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const program = process.env.PARKLEDGER ?? join(root, 'target/debug/parkledger')
const web = join(root, 'web/dist')
export const PASSWORD = 'Rain-on-the-9th-roof'

const rules = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** Fails when a page keeps somebody out who does not see or does not use a mouse. */
export async function accessible(page) {
  // What is still fading in has no colour of its own yet; what turns for ever is not waited for.
  await page.evaluate(() => Promise.race([
    Promise.allSettled(document.getAnimations().filter((one) => one.effect?.getComputedTiming().iterations !== Infinity).map((one) => one.finished)),
    new Promise((done) => setTimeout(done, 2000)),
  ]))
  await page.evaluate(rules)
  const told = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }))
  const grave = told.violations.filter((one) => ['serious', 'critical'].includes(one.impact))
  assert.deepEqual(grave.map((one) => `${one.id}: ${one.nodes[0].html.slice(0, 160)}`), [])
}

/** A picture of a page for people, where `SHOTS` names a folder. */
export async function shot(page, name, whole = false) {
  if (!process.env.SHOTS) return
  mkdirSync(process.env.SHOTS, { recursive: true })
  await page.screenshot({ path: join(process.env.SHOTS, `${name}.png`), fullPage: whole })
}

/** Runs the program and gives its standard output. */
export function parkledger(args, env = {}) {
  const done = spawnSync(program, args, { encoding: 'utf8', env: { ...process.env, ...env } })
  if (done.status !== 0) throw new Error(`parkledger ${args.join(' ')}: ${done.stderr || done.stdout || done.error}`)
  return done.stdout
}

/** A demo ledger made once per build and copied for each park: journeys do not see each other's writes. */
function demo() {
  const made = join(root, 'target/journeys-demo')
  const ledger = join(made, 'ledger/ledger.db')
  if (!existsSync(ledger) || statSync(ledger).mtimeMs < statSync(program).mtimeMs) {
    rmSync(made, { recursive: true, force: true })
    mkdirSync(join(root, 'target'), { recursive: true })
    parkledger(['demo', '--into', made])
  }
  return made
}

/** A served park with a folder of its own; `settings` go into the environment, `prepare` is given the data folder before. */
export async function startPark(settings = {}, prepare = () => {}) {
  const folder = mkdtempSync(join(tmpdir(), 'parkledger-journey-'))
  const data = join(folder, 'ledger')
  cpSync(join(demo(), 'ledger'), data, { recursive: true })
  prepare(data)
  const park = { folder, data, workbooks: join(demo(), 'workbooks'), links: {} }
  const server = spawn(program, ['--data', data, 'serve', '--listen', '127.0.0.1:0', '--metrics', 'off', '--web', web], {
    env: { ...process.env, PARKLEDGER_SIGN_IN_PER_MINUTE: '600', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  server.stderr.on('data', (text) => (said += text))
  park.address = await new Promise((resolve, reject) => {
    let out = ''
    server.stdout.on('data', (text) => {
      out += text
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(out)
      if (found) resolve(found[0])
    })
    server.on('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}${out}`)))
  })
  park.log = () => said
  park.stop = async () => {
    const over = new Promise((resolve) => server.on('exit', resolve))
    server.kill('SIGTERM')
    await over
    rmSync(folder, { recursive: true, force: true })
  }
  return park
}

/** An account, made on the command line and given a password through its one-time link. */
export async function account(park, name, roles, more = []) {
  const args = ['--data', park.data, '--format', 'json', 'user', 'add', name, ...roles.flatMap((r) => ['--role', r]), ...more]
  const link = JSON.parse(parkledger(args)).link
  const token = new URL(link, 'http://x').searchParams.get('token')
  const person = await visitor(park)
  await person.send('POST', '/session/setup', { token, password: PASSWORD })
  return person
}

/** Somebody who speaks HTTP: keeps cookies and the token against forged requests. */
export async function visitor(park) {
  let cookie = ''
  let csrf = ''
  const send = async (method, path, body, headers = {}) => {
    const answer = await fetch(`${park.address}/api/v1${path}`, {
      method,
      headers: {
        ...(cookie ? { cookie } : {}),
        ...(csrf ? { 'x-csrf-token': csrf } : {}),
        ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined || body instanceof FormData ? body : JSON.stringify(body),
      redirect: 'manual',
    })
    for (const set of answer.headers.getSetCookie()) cookie = set.split(';')[0]
    const text = await answer.text()
    const json = answer.headers.get('content-type')?.includes('json') ? JSON.parse(text) : undefined
    if (json?.csrf) csrf = json.csrf
    return { status: answer.status, json, text, headers: answer.headers }
  }
  await send('GET', '/session')
  return { send, get: (path) => send('GET', path) }
}

/** A browser; close it at the end. */
export function browser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  })
}

/** A page that is signed in; errors of its script fail the journey through `page.faults`. */
export async function signedIn(chrome, park, name, size = { width: 1366, height: 860 }) {
  const context = await chrome.newContext({ viewport: size, locale: 'zh-CN', acceptDownloads: true })
  const page = await context.newPage()
  page.faults = []
  page.on('pageerror', (fault) => page.faults.push(String(fault)))
  page.on('console', (line) => {
    // Refused requests are part of some journeys; what the browser says of the policy never is.
    if (line.type() === 'error' && /Content Security Policy|Refused to/.test(line.text())) page.faults.push(line.text())
  })
  await page.goto(`${park.address}/sign-in`)
  await page.getByLabel('用户名').fill(name)
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
  return page
}

/** The files of a zip: names and bytes. */
export function unzip(bytes) {
  const files = new Map()
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  let at = bytes.readUInt32LE(end + 16)
  for (let n = bytes.readUInt16LE(end + 10); n > 0; n--) {
    const [method, size, nameLength, extra, comment, local] = [
      bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28),
      bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32), bytes.readUInt32LE(at + 42),
    ]
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength)
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    const raw = bytes.subarray(start, start + size)
    files.set(name, method === 0 ? raw : inflateRawSync(raw))
    at += 46 + nameLength + extra + comment
  }
  return files
}
