import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, it, onTestFinished } from 'vitest'
import { libraryFile } from '../../../electron/core/library/upkeep/library-files.ts'
import { derivedFaults } from '../../fixtures/temp-library.ts'
import { index, numbered, filesIn, putPhotos, scratch, testLibrary } from '../indexing/index-photos.ts'

const intruder = `
  const SQLite = require('better-sqlite3')
  const db = new SQLite(process.argv[1])
  db.exec('BEGIN IMMEDIATE')
  process.stdout.write('locked')
  process.stdin.resume().on('end', () => process.exit())
`

it('another process that locks the database stops a run with a reason; the next one does the rest', async () => {
  const folder = scratch()
  putPhotos(folder, numbered(8))
  const library = testLibrary()
  await index(library, { folders: [folder] })
  putPhotos(folder, numbered(12, 'more/'), 8)
  const before = filesIn(library)
  library.db.pragma('busy_timeout = 50')

  const child = spawn(process.execPath, ['-e', intruder, libraryFile(library.folder)], {
    cwd: import.meta.dirname,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  await once(child.stdout, 'data')
  await expect(index(library)).rejects.toMatchObject({ code: 'library-locked' })
  expect(filesIn(library)).toEqual(before)
  child.stdin.end()
  await once(child, 'exit')

  expect(await index(library)).toMatchObject({ found: 20, indexed: 12, unchanged: 8, failed: 0 })
  expect(filesIn(library).every(({ state, tags }) => state === 'done' && tags === 5)).toBe(true)
  expect(derivedFaults(library)).toEqual([])
})
