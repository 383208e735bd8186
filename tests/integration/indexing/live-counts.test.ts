import { renameSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { IndexingState } from '../../../electron/core/contract/states.ts'
import { index, numbered, putPhotos, scratch, testLibrary } from './index-photos.ts'

it('the count of photos that are done grows with every photo: read, moved or only touched', async () => {
  const folder = scratch()
  putPhotos(folder, numbered(8))
  const library = testLibrary()
  await index(library, { folders: [folder] })

  for (const name of ['0', '1', '2'])
    renameSync(join(folder, `${name}.jpg`), join(folder, `moved-${name}.jpg`))
  for (const name of ['3', '4']) utimesSync(join(folder, `${name}.jpg`), 1_700_000_000, 1_700_000_000)
  putPhotos(folder, ['new.jpg'], 20)
  writeFileSync(join(folder, 'empty.jpg'), '')
  const states: IndexingState[] = []
  const summary = await index(library, { options: { onState: (state) => states.push(state) } })

  expect(summary).toMatchObject({ moved: 3, indexed: 1, failed: 1, unchanged: 5, missing: 0, inferences: 1 })
  expect(states.at(-1)).toMatchObject({ done: 6, failed: 1, queued: 0, unchanged: 3 })
  const counts = states.map(({ done }) => done)
  expect(counts).toEqual(counts.toSorted((one, other) => one - other))
})
