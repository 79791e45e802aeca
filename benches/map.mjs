// Frames per second while a map of parcels is moved in a real browser, beside a map of a hundred parcels in the same run: a machine
// without a graphics card draws both with its processor, so the ratio says more than the rate.
//
//   node benches/map.mjs [PARCELS]     needs `make release`, Chromium, Node 20
//
// Parcels are laid out as a street grid and pasted into the book of parcels as a person would, and coloured by their state of use, in
// which all neighbours differ. Both maps are dragged in turns; the time between frames is the browser's own clock. Of each zoom whose
// tiles were asked for, the largest and the slowest are told: bytes as they are read and as they travel, and the time from request to
// last byte as the browser saw it.
import { join } from 'node:path'
import { browse, parcels, person, serve } from './park.mjs'

const most = Number(process.argv[2] ?? 100_000)
/** Turns of each map at a scale; the median counts. */
const ROUNDS = 3

/** Notes tiles by zoom. */
function watched(page) {
  const zooms = new Map()
  page.on('requestfinished', async (request) => {
    const zoom = /\/parcels\/tiles\/(\d+)\//.exec(request.url())?.[1]
    const answer = zoom && (await request.response())
    if (!answer || answer.status() !== 200) return
    const timing = request.timing()
    const [bytes, { responseBodySize: sent }] = [(await answer.body()).length, await request.sizes()]
    const of = zooms.get(zoom) ?? { tiles: 0, bytes: 0, sent: 0, ms: 0 }
    zooms.set(zoom, { tiles: of.tiles + 1, bytes: Math.max(of.bytes, bytes), sent: Math.max(of.sent, sent), ms: Math.max(of.ms, timing.responseEnd - timing.requestStart) })
  })
  return zooms
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

const parks = []
for (const count of [100, most]) {
  const park = await serve()
  await parcels((await person(park)).fill, count, { drawn: true })
  const { page, close } = await browse(park)
  const zooms = watched(page)
  const began = performance.now()
  await page.goto(`${park.address}/parcels?color=state`)
  await page.locator('.map-box.drawn').waitFor({ timeout: 120_000 })
  console.log(`${count} parcels: map after ${(performance.now() - began).toFixed(0)} ms`)
  const box = await page.locator('.maplibregl-canvas').boundingBox()
  parks.push({ count, park, page, close, zooms, x: box.x + box.width / 2, y: box.y + box.height / 2 })
}
/** Once around, back to where it began. */
async function drag({ page, x, y }) {
  await page.mouse.move(x, y)
  await page.mouse.down()
  for (let n = 1; n <= 90; n++) {
    const turn = (2 * Math.PI * n) / 90
    await page.mouse.move(x + Math.sin(turn) * 220, y + (Math.cos(turn) - 1) * 120)
    await page.waitForTimeout(16)
  }
  await page.mouse.up()
}
// Both maps are open and take turns, so that whatever else the machine does befalls both.
for (let view = 0; view < 8; view++) {
  const found = [[], []]
  for (const { page, x, y } of view ? parks : []) {
    await page.mouse.move(x, y)
    for (let n = 0; n < 2; n++) {
      await page.mouse.wheel(0, -400)
      await page.waitForTimeout(300)
    }
  }
  await parks[0].page.waitForTimeout(2500)
  for (let round = 0; round < ROUNDS; round++) {
    for (const [at, park] of parks.entries()) found[at].push(await frames(park.page, () => drag(park)))
  }
  const [few, many] = found.map((list) => list.toSorted((a, b) => a.fps - b.fps)[ROUNDS >> 1])
  const scale = (await parks[1].page.locator('.maplibregl-ctrl-scale').innerText()).replace('\u00a0', ' ')
  console.log(`scale of ${scale}: ${many.fps.toFixed(1)} frames/s (95 % within ${many.p95.toFixed(0)} ms), a hundred parcels ${few.fps.toFixed(1)} (${few.p95.toFixed(0)} ms): ${((100 * many.fps) / few.fps).toFixed(0)} %`)
  if (process.env.SHOTS) await parks[1].page.screenshot({ path: join(process.env.SHOTS, `map-${view}.png`) })
}
for (const [zoom, of] of [...parks[1].zooms].sort((a, b) => a[0] - b[0])) console.log(`zoom ${zoom}: ${of.tiles} tiles, largest ${(of.bytes / 1000).toFixed(0)} kB (${(of.sent / 1000).toFixed(0)} kB sent), slowest ${of.ms.toFixed(0)} ms`)
for (const { close, park } of parks) {
  await close()
  await park.stop()
}
