// The pages of land over HTTP: list, coverage, parcel, explanation and what-if of a made-up park, first and warm.
//
//   node benches/land.mjs [PARCELS] [WARM]     100,000 and 5 unless said; needs `make release` and Node 20
//
// Every parcel has an area and a holder; every holder pays tax and reports output each month of 2022. Books are filled as a person
// would paste them. "First" is the first question after a write: everything of the year is gathered anew. A what-if changes one weight
// to another value each time, as a slider does; it is timed from the request to the last byte of the answer.
import { cpus } from 'node:os'
import { holders, parcels, person, serve, YEAR } from './park.mjs'

const count = Number(process.argv[2] ?? 100_000)
const warm = Number(process.argv[3] ?? 5)
const firms = Math.min(count, 10_000)
const park = await serve()
const { ask, fill } = await person(park)
const filling = performance.now()
await holders(fill, firms)
await parcels(fill, count, { holders: firms })
console.log(`${cpus().length} processors, ${cpus()[0].model}; ${count} parcels of ${firms} holders, filled in ${((performance.now() - filling) / 1000).toFixed(0)} s`)

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
await park.stop()
