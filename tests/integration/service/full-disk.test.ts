import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { Search } from '../../../electron/core/contract/values.ts'
import { runShell, until } from '../../fixtures/running-shell.ts'
import { photosFolder } from '../../fixtures/synthetic.ts'

const search: Search = { text: '', sort: 'date', minConfidence: null, language: 'en' }
const photos = 60

/** A disk of 3 MB in memory, or why there is none. */
function smallDisk(): { folder: string; refused: string | null } {
  const folder = mkdtempSync(join(tmpdir(), 'kartoteka-small-disk-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3M', 'tmpfs', folder], { stdio: 'pipe' })
  } catch (error) {
    return { folder, refused: error instanceof Error ? error.message.trim() : String(error) }
  }
  onTestFinished(() => {
    execFileSync('umount', ['-l', folder])
  })
  return { folder, refused: null }
}

function somePhotos(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kartoteka-photos-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  const labelled = photosFolder
  const names = readdirSync(labelled).filter((name) => name.endsWith('.JPEG'))
  for (const name of names.slice(0, photos)) cpSync(join(labelled, name), join(folder, name))
  return folder
}

it('on a full disk indexing pauses and says how much is needed, search goes on, and with room it resumes by itself', async (context) => {
  const { folder: library, refused } = smallDisk()
  context.skip(refused !== null, `a small disk cannot be mounted here: ${refused}`)
  const running = await runShell({ library: join(library, 'library') })
  onTestFinished(() => running.close())
  const status = () => running.call('getStatus', null)

  await running.call('addFolders', { paths: [somePhotos()] })
  await running.call('startIndexing', { folderId: null, again: false })
  const full = await until(status, ({ indexing }) => indexing.phase === 'paused')
  expect(full.indexing.because?.message).toMatch(/is full: about \d+ MB more are needed\. Nothing is lost/)
  expect(full.notices.map(({ code }) => code)).toContain('disk-full')

  const { total } = await running.call('search', { search, limit: 0 })
  expect(total).toBeLessThan(photos)
  expect(await running.call('getWindow', { search, offset: 0, limit: 1000 })).toHaveLength(total)

  execFileSync('mount', ['-o', 'remount,size=400M', library])
  const done = await until(status, ({ indexing }) => indexing.phase === 'idle')
  expect(done).toMatchObject({ photos, problems: 0 })
  expect(done.indexing.because).toBeNull()
  expect(running.processes).toHaveLength(1)
})
