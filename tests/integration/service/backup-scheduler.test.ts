import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import type { Failure } from '../../../electron/core/contract/failure.ts'
import { listBackups } from '../../../electron/core/library/upkeep/backups.ts'
import { decide } from '../../../electron/core/library/decisions/decisions.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import { closeLibrary } from '../../../electron/core/library/upkeep/open.ts'
import { createBackupScheduler, type BackupScheduler } from '../../../electron/service/backup-scheduler.ts'
import { checkThread } from '../../../electron/service/handlers/doctor.ts'
import { addPhoto, tempLibrary } from '../../fixtures/temp-library.ts'
import { eventually } from '../../fixtures/eventually.ts'

const schedulerOf = (library: Library, onFailure = vi.fn<(failure: Failure) => void>()): BackupScheduler =>
  createBackupScheduler({ library, checkThread, onFailure, checkEvery: 20 })

it('decisions are backed up although nothing is indexed', async () => {
  const library = tempLibrary()
  const id = addPhoto(library, { path: '/photos/a.jpg' })
  decide(library, [id], 207, 'added')
  const scheduler = schedulerOf(library)
  await eventually(() => expect(listBackups(library.folder)).toMatchObject([{ photos: 1, reason: 'daily' }]))
  await scheduler.end()
})

it('a person who asks gets one at once, after the one that is being made', async () => {
  const library = tempLibrary()
  addPhoto(library, { path: '/photos/a.jpg' })
  const onFailure = vi.fn<(failure: Failure) => void>()
  const scheduler = createBackupScheduler({ library, checkThread, onFailure, checkEvery: 60_000 })
  scheduler.backUpIfDue()
  const made = await Promise.all([scheduler.backUpNow(), scheduler.backUpNow()])
  expect(made.map(({ reason }) => reason)).toEqual(['asked', 'asked'])
  expect(listBackups(library.folder).map(({ reason }) => reason)).toEqual(['asked', 'asked', 'daily'])
  expect(onFailure).not.toHaveBeenCalled()
  const late = scheduler.backUpNow()
  await Promise.all([expect(late).rejects.toMatchObject({ code: 'service-down' }), scheduler.end()])
  expect(listBackups(library.folder)).toHaveLength(3)
})

it('a library that is closed meanwhile is left alone', async () => {
  const library = tempLibrary()
  addPhoto(library, { path: '/photos/a.jpg' })
  const onFailure = vi.fn<(failure: Failure) => void>()
  const scheduler = schedulerOf(library, onFailure)
  scheduler.backUpIfDue()
  await scheduler.end()
  closeLibrary(library)
  scheduler.backUpIfDue()
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(listBackups(library.folder)).toEqual([])
  expect(onFailure).not.toHaveBeenCalled()
  expect(readdirSync(join(library.folder, 'backups')).filter((name) => name !== 'unfinished')).toEqual([])
})
