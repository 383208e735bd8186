import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../../..')
const page = readFileSync(join(root, 'SECURITY.md'), 'utf8')
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Readonly<Record<string, string>>
}

const isProof = (path: string): boolean => /^(?:unit|integration|e2e)\//.test(path)
const exists = (path: string): boolean =>
  isProof(path)
    ? ['', '.test.ts', '.spec.ts'].some((end) => existsSync(join(root, 'tests', path + end)))
    : existsSync(join(root, path))

describe('SECURITY.md', () => {
  it('names tests, sources and scripts that exist', () => {
    const named = [...page.matchAll(/`(?:node )?([\w.-]+\/[\w./-]+)`/g)]
      .map(([, path = '']) => path)
      .filter((path) => !path.startsWith('../'))
    expect(named.filter(isProof).length).toBeGreaterThan(100)
    expect(named.filter((path) => !exists(path))).toEqual([])
    const run = [...page.matchAll(/`npm run ([\w:]+)/g)].map(([, script = '']) => script)
    expect(run.filter((script) => !(script in scripts))).toEqual([])
  })

  it('gives a test for every row of its tables of attacks and of its checklist', () => {
    const tables = page.slice(page.indexOf('## Who might attack'), page.indexOf('## Findings'))
    const rows = tables.split('\n').filter((line) => /^\| (?!what |recommendation |-)/.test(line))
    expect(rows.length).toBeGreaterThan(55)
    expect(rows.filter((row) => !/`(?:unit|integration|e2e)\/[\w/-]+`/.test(row))).toEqual([])
  })
})
