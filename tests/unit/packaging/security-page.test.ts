import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../../..')
const page = readFileSync(join(root, 'SECURITY.md'), 'utf8')

describe('SECURITY.md', () => {
  it('names proofs that exist', () => {
    const proofs = [...page.matchAll(/`((?:unit|integration|e2e)\/[\w/-]+)`/g)].map(([, path = '']) => path)
    expect(proofs.length).toBeGreaterThan(20)
    const missing = proofs.filter(
      (path) => !['', '.test.ts', '.spec.ts'].some((end) => existsSync(join(root, 'tests', path + end))),
    )
    expect(missing).toEqual([])
  })

  it('names sources that exist', () => {
    const sources = [...page.matchAll(/`((?:electron|\.github)\/[\w./-]+)`/g)].map(([, path = '']) => path)
    expect(sources.length).toBeGreaterThan(3)
    expect(sources.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })
})
