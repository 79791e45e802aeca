// From a moved slider to repainted grades: the what-if of a park in a real browser, for the demonstration and for a larger park.
//
//   node benches/repaint.mjs [PARCELS] [MOVES]     2,000 and 15 unless said; needs `make release`, Chromium, Node 20
//
// The clock starts with the slider's event and stops at the second frame after the answer was taken: the first of them has drawn the map
// and the tables. What of it is the server's answer, to its last byte, is told too. Every parcel is drawn and has a holder; every
// holder pays tax and reports output each month of the year.
import { browse, holders, parcels, person, serve, YEAR } from './park.mjs'

const most = Number(process.argv[2] ?? 2000)
const moves = Number(process.argv[3] ?? 15)
const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1]

/** Moves a slider by its n-th step and waits for the picture. */
async function move(page, n) {
  return page.evaluate(async (n) => {
    const slider = document.querySelector('input[type=range]')
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    const known = window.fetch
    const answered = new Promise((resolve) => {
      window.fetch = async (...of) => {
        const answer = await known(...of)
        if (!String(of[0]?.url ?? of[0]).endsWith('/evaluations/simulate')) return answer
        const told = await answer.clone().json()
        resolve({ at: performance.now(), movers: told.movers.length, graded: Object.keys(told.colors).length })
        return answer
      }
    })
    await frame()
    const began = performance.now()
    slider.value = String(Number(slider.min) + ((n * 7) % (Number(slider.max) - Number(slider.min))))
    slider.dispatchEvent(new Event('input', { bubbles: true }))
    const { at, movers, graded } = await answered
    window.fetch = known
    await frame()
    await frame()
    return { ms: performance.now() - began, answer: at - began, movers, graded }
  }, n)
}

for (const count of [0, most]) {
  const park = await serve()
  const { fill } = await person(park)
  if (count) {
    const firms = Math.min(count, 10_000)
    await holders(fill, firms)
    await parcels(fill, count, { drawn: true, holders: firms })
  }
  const { page, close } = await browse(park)
  await page.goto(`${park.address}/parcels/simulate?year=${YEAR}`)
  await page.locator('.map-box.drawn').waitFor({ timeout: 120_000 })
  await page.locator('input[type=range]').first().waitFor()
  await page.waitForTimeout(3000)
  await move(page, 1)
  const found = []
  for (let n = 2; n < moves + 2; n++) found.push(await move(page, n))
  const all = found.map((one) => one.ms)
  console.log(`${count || 'demonstration'}: ${found[0].graded} graded, up to ${Math.max(...found.map((one) => one.movers))} move; painted after least ${Math.min(...all).toFixed(0)} ms, median ${median(all).toFixed(0)} ms, most ${Math.max(...all).toFixed(0)} ms; answered after median ${median(found.map((one) => one.answer)).toFixed(0)} ms`)
  await close()
  await park.stop()
}
