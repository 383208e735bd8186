import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildState, isBuiltFrom, noteBuiltFrom } from '../../../electron/cli/build-state.ts'

let root = ''
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kartoteka-build-'))
  await mkdir(join(root, 'src/inner'), { recursive: true })
  await writeFile(join(root, 'package-lock.json'), '{}')
  await writeFile(join(root, 'src/inner/a.ts'), 'one')
})
afterEach(() => rm(root, { recursive: true }))

describe('whether a part must be built anew', () => {
  it('is no while its sources are the same', async () => {
    const state = await buildState(root, ['src'])
    expect(isBuiltFrom(root, state)).toBe(false)
    await noteBuiltFrom(root, state)
    expect(isBuiltFrom(root, await buildState(root, ['src']))).toBe(true)
  })

  it('is yes when a source changed, came or went, or a package did', async () => {
    const before = await buildState(root, ['src'])
    const file = join(root, 'src/inner/a.ts')
    await utimes(file, 1, 1)
    const touched = await buildState(root, ['src'])
    await writeFile(join(root, 'src/b.ts'), '')
    const more = await buildState(root, ['src'])
    await rm(file)
    const fewer = await buildState(root, ['src'])
    await writeFile(join(root, 'package-lock.json'), '{ }')
    const packages = await buildState(root, ['src'])
    expect(new Set([before, touched, more, fewer, packages]).size).toBe(5)
  })
})
