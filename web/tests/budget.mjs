// Counts the script the first page needs: what index.html loads and what the entry route adds, gzipped as a server would send it.
// Fails above the limit and names the largest pieces.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const LIMIT = 250_000
const dist = fileURLToPath(new URL('../dist/', import.meta.url))
const manifest = JSON.parse(readFileSync(`${dist}.vite/manifest.json`, 'utf8'))
/** Routes somebody may meet first; each is counted with the entry. */
const FIRST = ['src/pages/sign-in/SignInPage.vue', 'src/pages/overview/OverviewPage.vue']

function closure(keys) {
  const seen = new Set()
  const walk = (key) => {
    if (seen.has(key)) return
    seen.add(key)
    for (const next of manifest[key]?.imports ?? []) walk(next)
  }
  keys.forEach(walk)
  return [...seen].map((key) => manifest[key]?.file).filter((file) => file?.endsWith('.js'))
}
const size = (file) => gzipSync(readFileSync(dist + file), { level: 6 }).length
const entry = Object.keys(manifest).find((key) => manifest[key].isEntry)
let over = false
for (const page of FIRST) {
  if (!manifest[page]) throw new Error(`${page} is not in the manifest: has the page moved?`)
  const files = closure([entry, page]).map((file) => [file, size(file)]).sort((a, b) => b[1] - a[1])
  const total = files.reduce((sum, [, bytes]) => sum + bytes, 0)
  over ||= total > LIMIT
  console.log(`${page}: ${(total / 1000).toFixed(1)} kB gzip of script in ${files.length} files (limit ${LIMIT / 1000} kB)`)
  for (const [file, bytes] of files.slice(0, 6)) console.log(`  ${(bytes / 1000).toFixed(1).padStart(7)} kB  ${file}`)
}
if (over) {
  console.error('The first page needs too much script: load what it does not show at once with import().')
  process.exit(1)
}
