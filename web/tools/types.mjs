// Writes src/api/schema.gen.ts from the server's OpenAPI document. Only the shapes of answers and requests: the client
// writes its paths itself, so routes (and names of operations) are left out.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import openapiTS, { astToString } from 'openapi-typescript'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const document = JSON.parse(readFileSync(here('../../crates/parkledger/openapi.json'), 'utf8'))
const nodes = await openapiTS({ ...document, paths: {} })
writeFileSync(here('../src/api/schema.gen.ts'), `// Made by npm run types from the server's OpenAPI document; not written by hand.\n\n${astToString(nodes)}`)
