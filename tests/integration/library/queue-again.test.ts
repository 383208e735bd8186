import { expect, it } from 'vitest'
import { addFiles, queueAgain } from '../../../electron/core/library/files/files.ts'
import { ensureFolder } from '../../../electron/core/library/roots/folders.ts'
import { addRoot } from '../../../electron/core/library/roots/roots.ts'
import { storeResults } from '../../../electron/core/library/photos/store-results.ts'
import { hashOf, readingOf, someModel, taggingOf, tempLibrary } from '../../fixtures/temp-library.ts'

const betweenBatches = (): Promise<void> => Promise.resolve()

/** Numbers of photos around the ends of batches of 2,000. */
const edges = [1, 1999, 2000, 2001, 4000, 4001]

it.each(edges)(
  'no photo at the edge of a batch is left out when photos are queued again, up to number %i',
  async (last) => {
    for (const which of ['all', 'untagged', { folder: '/photos' }] as const) {
      const library = tempLibrary()
      addRoot(library, '/photos')
      const numbers = edges.filter((number) => number <= last)
      const files = numbers.map((number) => ({
        name: `${number}.jpg`,
        size: 1000,
        mtime: 1000,
        ctime: 1000,
      }))
      const ids = addFiles(library, ensureFolder(library, '/photos'), files)
      const tagging = which === 'untagged' ? null : taggingOf()
      for (const [at, number] of numbers.entries()) {
        // The photos between were there and are gone.
        library.db.prepare("UPDATE sqlite_sequence SET seq = ? WHERE name = 'photo'").run(number - 1)
        const reading = readingOf({ contentHash: hashOf(number) })
        storeResults(library, [{ kind: 'read', fileId: ids[at] ?? 0, reading, tagging }], someModel)
      }
      expect(library.db.prepare('SELECT id FROM photo ORDER BY id').pluck().all()).toEqual(numbers)
      expect(await queueAgain(library, which, betweenBatches)).toBe(numbers.length)
      expect(await queueAgain(library, which, betweenBatches)).toBe(0)
    }
  },
)
