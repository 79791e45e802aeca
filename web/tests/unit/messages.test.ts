import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Messages, MessageTree } from '../../src/i18n'

const files = import.meta.glob<Messages>(['../../src/i18n/messages.ts', '../../src/pages/*/messages.ts'], { eager: true, import: 'default' })

function keys(tree: MessageTree, prefix = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [prefix + key] : keys(value, `${prefix}${key}.`))).sort()
}
function places(tree: MessageTree, prefix = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value !== 'string') for (const [inner, names] of places(value, `${prefix}${key}.`)) found.set(inner, names)
    else found.set(prefix + key, [...new Set([...value.matchAll(/\{(\w+)\}/g)].map((m) => m[1]))].sort().join())
  }
  return found
}

describe('messages', () => {
  for (const [path, messages] of Object.entries(files)) {
    it(`${path} says the same in both languages`, () => {
      expect(keys(messages.en)).toEqual(keys(messages.zh))
      expect(Object.fromEntries(places(messages.en))).toEqual(Object.fromEntries(places(messages.zh)))
    })
  }

  it('are the only place of Chinese words', () => {
    const guilty: string[] = []
    const walk = (folder: string): void => {
      for (const name of readdirSync(folder)) {
        const path = join(folder, name)
        if (statSync(path).isDirectory()) walk(path)
        else if (/\.(ts|vue)$/.test(name) && !/^(messages|schema\.gen)\.ts$/.test(name)) {
          readFileSync(path, 'utf8').split('\n').forEach((line, at) => {
            const code = line.replace(/\/\/.*$|\/\*\*?.*\*\/|^\s*\*.*$/g, '')
            if (/[\u4e00-\u9fff]/.test(code)) guilty.push(`${path}:${at + 1}`)
          })
        }
      }
    }
    walk(join(import.meta.dirname, '../../src'))
    expect(guilty).toEqual([])
  })
})
