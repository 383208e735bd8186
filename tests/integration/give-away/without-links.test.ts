import type * as Files from 'node:fs/promises'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { copyInto } from '../../../electron/core/give-away/copy-file.ts'
import { unsharedMemory } from '../../../electron/core/imaging/decode/memory-account.ts'
import { tempFolder } from '../../fixtures/temp-library.ts'

// As on FAT and on many network drives.
vi.mock('node:fs/promises', async (original) => ({
  ...(await original<typeof Files>()),
  link: () => Promise.reject(Object.assign(new Error('EPERM'), { code: 'EPERM' })),
}))

it('where a disk has no links, a copy gets its name all the same and takes that of no other file', async () => {
  const [from, folder] = [join(tempFolder(), 'a.jpg'), tempFolder()]
  writeFileSync(from, 'photo')
  const { size, mtimeMs } = statSync(from)
  const task = { from: { path: from, size, mtime: mtimeMs }, folder, name: 'a.jpg', jpeg: null }
  expect(await copyInto(task, unsharedMemory)).toEqual({ kind: 'copied' })
  writeFileSync(join(folder, 'a.jpg'), 'edited')
  expect(await copyInto(task, unsharedMemory)).toEqual({ kind: 'taken' })
  expect(readdirSync(folder)).toEqual(['a.jpg'])
  expect(readFileSync(join(folder, 'a.jpg'), 'utf8')).toBe('edited')
})
