import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { expect, it, onTestFinished } from 'vitest'
import { contentsOf, faultsIn, lost } from '../../fixtures/library-contents.ts'
import { copyPhotos } from '../../fixtures/originals.ts'
import { kartoteka } from '../cli/kartoteka.ts'
import { places, reached, serviceOn, unfinished } from './scene.ts'

/** Makes the folder a disk of its own. @returns why not, where that is not allowed */
function mountSmallDisk(folder: string, size: string): string | null {
  mkdirSync(folder)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], { stdio: 'pipe' })
  } catch (error) {
    return `A small disk cannot be mounted here: ${String(error)}`
  }
  onTestFinished(() => {
    execFileSync('umount', ['-l', folder])
  })
  return null
}

/** 150 photos, and a library on a disk that has no room for all that is known of them. */
function onSmallDisk(skip: (whyNot: string) => never): ReturnType<typeof places> {
  const here = places()
  const whyNot = mountSmallDisk(here.library, '3M')
  if (whyNot !== null) skip(whyNot)
  copyPhotos(here.photos, 150)
  return here
}

it('a full disk pauses indexing with the room needed; searching goes on, also after a kill; with room it ends', async ({
  skip,
}) => {
  const { library, photos } = onSmallDisk(skip)
  const service = serviceOn(library)
  await service.call('addFolders', { paths: [photos] })
  await service.call('startIndexing', { folderId: null, again: false })
  const paused = await reached(service, ({ indexing }) => indexing.phase === 'paused')
  expect(paused.indexing.because?.message).toMatch(/full.*MB/)
  const before = new Map([...contentsOf(library)].filter(([, { state }]) => state === 'done'))
  expect(before.size).toBeGreaterThan(0)
  expect(before.size).toBeLessThan(150)
  const everything = { text: '', sort: 'date', minConfidence: null, language: 'en' } as const
  expect((await service.call('search', { search: everything, limit: 0 })).total).toBe(before.size)

  service.processes[0]?.kill()
  expect((await service.call('search', { search: everything, limit: 0 })).total).toBe(before.size)
  await reached(service, ({ indexing }) => indexing.phase === 'paused')
  expect(lost(before, contentsOf(library))).toEqual([])

  execFileSync('mount', ['-o', 'remount,size=200M', library])
  await service.call('resumeIndexing', null)
  await service.settled()
  const after = contentsOf(library)
  expect(after.size).toBe(150)
  expect(unfinished(after)).toEqual([])
  expect(lost(before, after)).toEqual([])
  await service.stop()
  expect(faultsIn(library)).toEqual([])
})

it('a full disk ends a command, which says so; with room the next one does the rest', async ({ skip }) => {
  const { library, photos } = onSmallDisk(skip)
  const full = await kartoteka(['index', photos, '--library', library, '--json'])
  expect(full).toMatchObject({ status: 1, stdout: '' })
  expect(full.stderr).toMatch(/^[^\n]* full: about \d+ MB more are needed[^\n]*\n$/)
  execFileSync('mount', ['-o', 'remount,size=200M', library])
  const { status, stderr } = await kartoteka(['index', photos, '--library', library])
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(contentsOf(library).size).toBe(150)
  expect(unfinished(contentsOf(library))).toEqual([])
  expect(faultsIn(library)).toEqual([])
})
