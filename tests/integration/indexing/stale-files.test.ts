import { appendFileSync, mkdirSync, readFileSync, renameSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { listProblems } from '../../../electron/core/library/files/problems.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import type { RunSummary } from '../../../electron/core/indexing/summary.ts'
import { derivedFaults } from '../../fixtures/temp-library.ts'
import { filesIn, index, noModel, numbered, putPhotos, scratch, testLibrary } from './index-photos.ts'

/** Indexes what is in the folder; as soon as files are being read, something happens to it, and again with each report. */
async function indexWhile(
  library: Library,
  folder: string,
  happens: () => void,
  options: Parameters<typeof index>[1] = {},
): Promise<RunSummary> {
  const summary = await index(library, {
    folders: [folder],
    options: {
      ...options.options,
      onState: ({ current }) => {
        if (current !== null) happens()
      },
    },
  })
  expect(listProblems(library, { offset: 0, limit: 9 }).problems).toEqual([])
  expect(derivedFaults(library)).toEqual([])
  return summary
}

/** The same, but once: when the scan has seen so many files, and before any is read, as that waits for the model. */
async function indexAfterScan(
  library: Library,
  folder: string,
  files: number,
  happens: () => void,
): Promise<RunSummary> {
  const chooseModel: typeof noModel = async () => {
    while (filesIn(library).length < files) await setTimeout(5)
    happens()
    return noModel()
  }
  return indexWhile(library, folder, () => {}, { options: { chooseModel } })
}

const once = (work: () => void): (() => void) => {
  let isDone = false
  return () => {
    if (!isDone) work()
    isDone = true
  }
}

it('a folder that is renamed while its photos are read makes no problems: they are found under its new name', async () => {
  const folder = scratch()
  putPhotos(folder, numbered(4, 'trip/'))
  const library = testLibrary()
  await index(library, { folders: [folder] })
  putPhotos(folder, numbered(12, 'trip/fresh-'), 4)
  const rename = once(() => {
    mkdirSync(join(folder, 'deep'))
    renameSync(join(folder, 'trip'), join(folder, 'deep/Trip 2019'))
  })
  const summary = await indexWhile(library, folder, rename)
  expect(summary).toMatchObject({ found: 16, failed: 0, missing: 0, queued: 0, inferences: 12 })
  // Those that were known before were moved.
  expect(summary.moved).toBeGreaterThanOrEqual(4)
  expect(filesIn(library)).toHaveLength(16)
  for (const file of filesIn(library)) {
    expect(file).toMatchObject({
      folder: join(folder, 'deep/Trip 2019'),
      state: 'done',
      presence: 'here',
      tags: 5,
    })
  }
  expect(await index(library)).toMatchObject({ found: 16, unchanged: 16, workers: 0 })
})

it('photos that are gone for good are no problems, either', async () => {
  const outside = scratch()
  const folder = join(outside, 'photos')
  putPhotos(folder, numbered(12))
  const library = testLibrary()
  const summary = await indexAfterScan(library, folder, 12, () => {
    renameSync(folder, join(outside, 'elsewhere'))
    mkdirSync(folder)
    renameSync(join(outside, 'elsewhere/0.jpg'), join(folder, '0.jpg'))
  })
  expect(summary).toMatchObject({ failed: 0, queued: 0 })
  const there = filesIn(library).filter(({ presence }) => presence === 'here')
  expect(there.map(({ name, state }) => [name, state])).toEqual([['0.jpg', 'done']])
})

it('a photo that is saved anew before it is read is read as it is then', async () => {
  const folder = scratch()
  putPhotos(folder, [...numbered(20), 'late.jpg'])
  const late = join(folder, 'late.jpg')
  const whole = readFileSync(late)
  truncateSync(late, 100)
  const library = testLibrary()
  const summary = await indexAfterScan(library, folder, 21, () => {
    appendFileSync(late, whole.subarray(100))
  })
  expect(summary).toMatchObject({ found: 21, indexed: 21, failed: 0 })
  expect(await index(library, { options: { chooseModel: noModel } })).toMatchObject({
    found: 21,
    unchanged: 21,
    workers: 0,
  })
})

it('a photo that never comes to rest is read as it is in the end', async () => {
  const folder = scratch()
  putPhotos(folder, [...numbered(5), 'restless.jpg'])
  const library = testLibrary()
  const options = { options: { chooseModel: noModel } }
  const grow = (): void => {
    appendFileSync(join(folder, 'restless.jpg'), 'more')
  }
  expect(await indexWhile(library, folder, grow, options)).toMatchObject({ found: 6, failed: 0, queued: 0 })
  expect(filesIn(library).map(({ state }) => state)).toEqual(Array(6).fill('done'))
})
