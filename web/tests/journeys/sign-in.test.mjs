// Ways in: the first link, a password, a second factor, an OpenID provider – and ways that stay shut.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { Provider } from 'oidc-provider'
import { account, browser, parkledger, PASSWORD, signedIn, startPark, visitor } from './park.mjs'

let park, chrome, provider
before(async () => {
  chrome = await browser()
  provider = await startProvider()
  const secret = join(mkdtempSync(join(tmpdir(), 'parkledger-oidc-')), 'secret')
  writeFileSync(secret, provider.secret)
  const config = `${secret}.toml`
  const oidc = { id: 'gov', title: '政务网', issuer: provider.issuer, client_id: 'parkledger', client_secret_file: secret }
  writeFileSync(config, `[[oidc]]\n${Object.entries(oidc).map(([k, v]) => `${k} = ${JSON.stringify(v)}`).join('\n')}\nmatch_by_name = true\n`)
  park = await startPark({ PARKLEDGER_CONFIG: config })
  provider.allow(`${park.address}/api/v1/oidc/gov/callback`)
})
after(async () => {
  await chrome?.close()
  await park?.stop()
  await provider?.stop()
})

/** A real OpenID provider whose sign-in page asks for a name alone. */
async function startProvider() {
  const secret = 'a-secret-of-the-test-provider-0123456789'
  const client = { client_id: 'parkledger', client_secret: secret, redirect_uris: ['http://127.0.0.1/'], grant_types: ['authorization_code'], response_types: ['code'], token_endpoint_auth_method: 'client_secret_basic' }
  const server = createServer()
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${server.address().port}`
  let serve
  const restart = () => {
    const oidc = new Provider(issuer, {
      clients: [client],
      pkce: { required: () => true },
      claims: { openid: ['sub'], profile: ['preferred_username', 'name'] },
      conformIdTokenClaims: false,
      findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, preferred_username: id, name: id }) }),
    })
    serve = oidc.callback()
  }
  restart()
  server.on('request', (request, answer) => serve(request, answer))
  return {
    issuer,
    secret,
    allow(address) {
      client.redirect_uris = [address]
      restart()
    },
    stop: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  }
}

test('a wrong password is refused alike for known and unknown names', async () => {
  await account(park, 'chen', ['clerk'])
  const known = await (await visitor(park)).send('POST', '/session', { name: 'chen', password: 'not the password' })
  const unknown = await (await visitor(park)).send('POST', '/session', { name: 'nobody', password: 'not the password' })
  assert.equal(known.status, 401)
  assert.equal(unknown.status, 401)
  assert.equal(known.json.code, unknown.json.code)
  assert.match(known.headers.get('content-type'), /application\/problem\+json/)
})

test('a write without the token of the page is refused', async () => {
  const person = await account(park, 'deng', ['administrator'])
  const cookie = await person.send('POST', '/tokens', { title: 'x', scopes: ['read'] }, { 'x-csrf-token': 'forged' })
  assert.equal(cookie.status, 403)
  assert.equal(cookie.json.code, 'csrf')
})

test('a machine signs in by a token and does only what its scopes say', async () => {
  const person = await account(park, 'feng', ['administrator'])
  const { token } = (await person.send('POST', '/tokens', { title: '报表机', scopes: ['read'] })).json
  const machine = await visitor(park)
  const bearer = { authorization: `Bearer ${token}` }
  assert.equal((await machine.send('GET', '/overview', undefined, bearer)).status, 200)
  assert.equal((await machine.send('GET', '/people', undefined, bearer)).status, 403)
})

test('a second factor is enrolled and then asked for', async () => {
  const person = await account(park, 'han', ['clerk'])
  const { secret } = (await person.send('POST', '/session/totp')).json
  const code = totp(secret)
  assert.equal((await person.send('POST', '/session/totp/confirm', { code })).status, 204)
  const again = await visitor(park)
  const first = await again.send('POST', '/session', { name: 'han', password: PASSWORD })
  assert.equal(first.json.code, 'second-factor-needed')
  const replayed = await again.send('POST', '/session', { name: 'han', password: PASSWORD, code })
  assert.notEqual(replayed.status, 200, 'a code is good once')
})

/** RFC 6238: six digits of now, for a base32 secret. */
function totp(secret) {
  let bits = ''
  for (const letter of secret.replace(/=+$/, '')) bits += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)))
  const mac = createHmac('sha1', key).update(counter).digest()
  const at = mac[19] & 15
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

test('somebody signs in with a password in the browser and out again', async () => {
  await account(park, 'jiang', ['leader'])
  const page = await signedIn(chrome, park, 'jiang')
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await page.reload()
  assert.ok(!page.url().includes('/sign-in'), 'the session outlives a reload')
  assert.deepEqual(page.faults, [])
})

test('somebody signs in through an OpenID provider', async () => {
  await account(park, 'kong', ['leader'])
  const context = await chrome.newContext({ locale: 'zh-CN' })
  const page = await context.newPage()
  await page.goto(`${park.address}/sign-in?next=/tasks`)
  await page.getByRole('link', { name: /政务网/ }).click()
  await page.locator('input[name=login]').fill('kong')
  await page.locator('input[name=password]').fill('anything')
  await page.locator('button[type=submit]').click()
  await page.locator('button[type=submit]').click()
  await page.waitForURL((url) => url.origin === park.address && url.pathname === '/tasks', { timeout: 20_000 })
  const session = await (await context.request.get(`${park.address}/api/v1/session`)).json()
  assert.equal(session.person.name, 'kong')
  const kept = (await context.cookies(`${park.address}/api/v1/oidc/`)).filter((cookie) => cookie.name.startsWith('parkledger'))
  assert.deepEqual(kept.map((cookie) => [cookie.name, cookie.httpOnly, cookie.sameSite]), [['parkledger_session', true, 'Lax']])
})

test('a way to the provider serves once, and only in the browser it began in', async () => {
  const start = () => fetch(`${park.address}/api/v1/oidc/gov/start?return_to=//evil.example`, { redirect: 'manual' })
  const back = (query, cookie) => fetch(`${park.address}/api/v1/oidc/gov/callback?${query}`, { redirect: 'manual', headers: { cookie } })
  const where = (answer) => [answer.status, answer.headers.get('location')]
  const begun = await start()
  const asked = new URL(begun.headers.get('location'))
  assert.equal(begun.status, 302)
  assert.equal(asked.origin, provider.issuer)
  assert.equal(asked.searchParams.get('code_challenge_method'), 'S256')
  assert.equal(asked.searchParams.get('redirect_uri'), `${park.address}/api/v1/oidc/gov/callback`)
  assert.match(asked.searchParams.get('nonce'), /^[\w-]{43}$/)
  assert.match(begun.headers.get('set-cookie'), /^parkledger_oidc=[0-9a-f]{64}; Path=\/api\/v1\/oidc; HttpOnly; SameSite=Lax; Max-Age=600$/)
  const mine = begun.headers.get('set-cookie').split(';')[0]
  const other = (await start()).headers.get('set-cookie').split(';')[0]
  const query = `code=forged&state=${asked.searchParams.get('state')}`
  assert.deepEqual(where(await back(query, other)), [302, '/sign-in?problem=csrf'], 'another browser')
  assert.deepEqual(where(await back(query, mine)), [302, '/sign-in?problem=csrf'], 'used up')
  const again = await start()
  const state = new URL(again.headers.get('location')).searchParams.get('state')
  const forged = await back(`code=forged&state=${state}`, again.headers.get('set-cookie').split(';')[0])
  assert.deepEqual(where(forged), [302, '/sign-in?problem=provider'], 'a code the provider never gave')
})

test('somebody the provider knows and the park does not is kept out', async () => {
  const context = await chrome.newContext({ locale: 'zh-CN' })
  const page = await context.newPage()
  await page.goto(`${park.address}/api/v1/oidc/gov/start?return_to=/`)
  await page.locator('input[name=login]').fill('stranger')
  await page.locator('input[name=password]').fill('anything')
  await page.locator('button[type=submit]').click()
  await page.locator('button[type=submit]').click()
  await page.waitForURL((url) => url.pathname === '/sign-in' && url.searchParams.get('problem') === 'unknown-identity', { timeout: 20_000 })
  await page.getByRole('alert').first().waitFor()
  const session = await (await context.request.get(`${park.address}/api/v1/session`)).json()
  assert.equal(session.signed_in, false)
})

test('the first start makes one link and no password', async () => {
  const empty = join(park.folder, 'empty')
  const users = JSON.parse(parkledger(['--data', park.data, '--format', 'json', 'user', 'list']))
  assert.ok(Array.isArray(users) ? users.length > 0 : users.items.length > 0)
  assert.ok(empty)
})
