// Frames per second while a map of parcels is moved in a real browser, beside a map of a hundred parcels in the same run: a machine
// without a graphics card draws both with its processor, so the ratio says more than the rate.
//
//   node benches/map.mjs [PARCELS]     needs `make release`, Chromium, Node 20
//
// Parcels are laid out as a street grid and pasted into the book of parcels as a person would, their states of use drawn by lot, so that
// neighbours are of different classes, and coloured by them. The map is dragged and wheeled; the time between frames is the browser's own clock. Of each
// zoom whose tiles were asked for, the largest and the slowest are told: bytes as they are read and as they travel, and the time from
// request to last byte as the browser saw it.
import { join } from 'node:path'
import { browse, parcels, person, serve } from './park.mjs'

const most = Number(process.argv[2] ?? 100_000)

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

const results = {}
for (const count of [100, most]) {
  const park = await serve()
  await parcels((await person(park)).fill, count, { drawn: true })
  const { page, close } = await browse(park)
  const zooms = watched(page)
  const began = performance.now()
  await page.goto(`${park.address}/parcels?color=state`)
  await page.locator('.map-box.drawn').waitFor({ timeout: 120_000 })
  console.log(`${count} parcels: map after ${(performance.now() - began).toFixed(0)} ms`)
  await page.waitForTimeout(3000)
  const box = await page.locator('.maplibregl-canvas').boundingBox()
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  const drag = async () => {
    await page.mouse.move(x, y)
    await page.mouse.down()
    for (let n = 0; n < 90; n++) {
      const turn = (2 * Math.PI * (n + 1)) / 90
      await page.mouse.move(x + Math.sin(turn) * 220, y + (Math.cos(turn) - 1) * 120)
      await page.waitForTimeout(16)
    }
    await page.mouse.up()
  }
  await page.mouse.move(x, y)
  for (const [name, wheel] of [['all of it', 0], ['a half', -300], ['a tenth', -300], ['a fortieth', -300], ['a few streets', -600]]) {
    if (wheel) await page.mouse.wheel(0, wheel)
    await page.waitForTimeout(2500)
    const got = await frames(page, drag)
    ;(results[name] ??= []).push(got)
    if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `map-${count}-${Object.keys(results).length}.png`) })
    console.log(`  ${name}: ${got.fps.toFixed(1)} frames/s, 95 % within ${got.p95.toFixed(0)} ms, worst ${got.worst.toFixed(0)} ms`)
  }
  for (const [zoom, of] of [...zooms].sort((a, b) => a[0] - b[0])) console.log(`  zoom ${zoom}: ${of.tiles} tiles, largest ${(of.bytes / 1000).toFixed(0)} kB (${(of.sent / 1000).toFixed(0)} kB sent), slowest ${of.ms.toFixed(0)} ms`)
  await close()
  await park.stop()
}
for (const [name, [few, many]] of Object.entries(results)) console.log(`${name}: ${((100 * many.fps) / few.fps).toFixed(0)} % of the frames of a hundred parcels`)
