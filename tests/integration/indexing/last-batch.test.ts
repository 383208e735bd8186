import { expect, it } from 'vitest'
import { index, numbered, filesIn, putPhotos, scratch, start, testLibrary } from './index-photos.ts'

it('a run that is stopped stores what was in work: no photo is read and classified for nothing', async () => {
  const folder = scratch()
  putPhotos(folder, numbered(40))
  const library = testLibrary()
  const inState = (...states: readonly string[]): string[] =>
    filesIn(library)
      .filter(({ state }) => states.includes(state))
      .map(({ name }) => name)

  const run = await start(library, { folders: [folder] })
  await expect.poll(() => inState('running').length, { interval: 5 }).toBeGreaterThan(0)
  const inWork = inState('running', 'done')
  run.stop()
  const first = await run.finished
  expect(inState('done').sort()).toEqual(inWork.sort())
  expect(first).toMatchObject({
    stopped: true,
    indexed: inWork.length,
    inferences: inWork.length,
    queued: 40 - inWork.length,
  })
  expect(filesIn(library).filter(({ state, tags }) => state === 'done' && tags !== 5)).toEqual([])

  const left = 40 - inWork.length
  expect(await index(library)).toMatchObject({ stopped: false, indexed: left, inferences: left, queued: 0 })
})
