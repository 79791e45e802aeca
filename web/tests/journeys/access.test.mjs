// Every page at the widths people use: nothing that axe calls serious, nothing the policy refuses.
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { account, browser, signedIn, startPark } from './park.mjs'
import { shapefile, toZone } from './shapefile.mjs'

/** Boundaries that do not say their zone: the page asks. */
function zoneless() {
  const ring = [[121.492, 29.8795], [121.4935, 29.8799], [121.4932, 29.8811], [121.4917, 29.8807], [121.492, 29.8795]]
  return shapefile('新征地块', [{ code: '330203002004GB00992', name: '新征二号地块', ring: ring.map((point) => toZone(point, 123)) }], '')
}
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const shots = process.env.SHOTS
let park, chrome, clerk, pages
before(async () => {
  park = await startPark()
  chrome = await browser()
  clerk = await account(park, 'zhou', ['administrator', 'statistician'], ['--department', '区统计局'])
  const firm = (await clerk.get('/books/enterprises/entries?columns=name&limit=1')).json.items[0].id
  const project = (await clerk.get('/projects')).json.items[0].entry
  const source = (await clerk.get('/sources')).json.items[0].digest
  const report = (await clerk.get('/reports')).json.items[0].id
  const scheme = (await clerk.get('/schemes')).json.items.find((one) => one.usual && one.subject === 'parcel').id
  const job = (await clerk.send('POST', '/evaluations', { scheme, year: 2022 })).json.id
  while (['waiting', 'running'].includes((await clerk.get(`/jobs/${job}`)).json.state)) await new Promise((resolve) => setTimeout(resolve, 200))
  const run = (await clerk.get('/evaluations')).json.items[0].id
  const parcel = (await clerk.get(`/evaluations/${run}/results?limit=1`)).json.items[0].entry
  const publication = (await clerk.send('POST', `/reports/${report}/publish`, { period: '2023-10' })).json
  const form = new FormData()
  form.set('file', new Blob(['姓名,数量\n甲,1\n']), '不认识的表.csv')
  await clerk.send('POST', '/imports', form)
  const boundaries = new FormData()
  boundaries.set('file', new Blob([zoneless()]), '新征地块.zip')
  await clerk.send('POST', '/parcels/imports', boundaries)
  let drawing
  while (!(drawing = (await clerk.get('/parcels/imports')).json.items[0]?.id)) await new Promise((resolve) => setTimeout(resolve, 200))
  pages = {
    overview: '/', books: '/books', book: '/books/enterprises', entry: `/entries/${firm}`, new: '/books/enterprises/new',
    completeness: '/books/industry_monthly/completeness?year=2023', intake: '/intake', matches: '/intake/matches', sources: '/intake/sources',
    source: `/intake/sources/${source}`, findings: '/intake/findings', revisions: '/intake/revisions', revision: '/intake/revisions/3', staged: '/intake/1',
    figures: '/figures', figure: '/figures/industry_output?period=2023-10&by=enterprise.industry/1', tasks: '/tasks', projects: '/projects',
    project: `/projects/${project}`, reports: '/reports', refresh: '/reports/refresh', 'report-audit': '/reports/audit', rehearse: '/reports/rehearse', report: `/reports/${report}?period=2023-10`,
    changes: `/reports/${report}/publications/${publication?.id ?? 1}`, account: '/account',
    parcels: '/parcels', 'parcels-compared': `/parcels?color=state&sel=${parcel}&cmp=${parcel},${parcel + 1}`, parcel: `/parcels/${parcel}?run=${run}`, coverage: '/parcels/coverage', boundaries: '/parcels/imports', 'boundaries-question': `/parcels/imports/${drawing}`,
    evaluations: '/parcels/evaluations', evaluation: `/parcels/evaluations/${run}`, objections: `/parcels/evaluations/${run}?tab=objections`, simulate: '/parcels/simulate', low: '/parcels/use', potential: '/parcels/use/potential', effects: '/parcels/use/effects', matching: '/parcels/use/match',
    ...Object.fromEntries(['people', 'roles', 'content', 'backups', 'audit', 'sessions', 'tokens', 'oidc', 'status'].map((tab) => [`admin-${tab}`, `/admin/${tab}`])),
  }
})
after(async () => {
  await chrome?.close()
  await park?.stop()
})

for (const width of [1366, 1920]) {
  test(`pages at ${width} pixels`, async () => {
    const page = await signedIn(chrome, park, 'zhou', { width, height: 900 })
    const found = []
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(park.address + path)
      await page.waitForLoadState('networkidle').catch(() => {})
      await page.waitForTimeout(300)
      if (shots) {
        mkdirSync(shots, { recursive: true })
        await page.screenshot({ path: join(shots, `${name}-${width}.png`) })
      }
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      if (wide > 1) found.push(`${name}: ${wide} px wider than the window`)
      // The page's own policy allows no foreign script; the debugger's evaluation is not a script of the page.
      await page.evaluate(axe)
      const told = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }))
      for (const one of told.violations.filter((v) => ['serious', 'critical'].includes(v.impact))) {
        found.push(`${name}: ${one.id}: ${one.help}: ${one.nodes.slice(0, 3).map((n) => n.html.slice(0, 120)).join(' | ')}`)
      }
    }
    assert.deepEqual(found, [])
    assert.deepEqual(page.faults, [])
  })
}
