import { expect, it } from 'vitest'
import { addFiles, queueAgain } from '../../../electron/core/library/files/files.ts'
import { ensureFolder } from '../../../electron/core/library/roots/folders.ts'
import { addRoot } from '../../../electron/core/library/roots/roots.ts'
import { storeResults } from '../../../electron/core/library/photos/store-results.ts'
import { hashOf, readingOf, someModel, taggingOf, tempLibrary } from '../../fixtures/temp-library.ts'

const breathe = (): Promise<void> => Promise.resolve()

/** Numbers of files around the ends of batches of 2,000. */
const edges = [1, 1999, 2000, 2001, 4000, 4001]

it.each(edges)(
  'no photo at the edge of a batch is left out when photos are queued again, of %i',
  async (count) => {
    for (const which of ['all', 'untagged', { folder: '/photos' }] as const) {
      const library = tempLibrary()
      addRoot(library, '/photos')
      const files = Array.from({ length: count }, (_, index) => ({
        name: `${index + 1}.jpg`,
        size: 1000,
        mtime: 1000,
        ctime: 1000,
      }))
      const ids = addFiles(library, ensureFolder(library, '/photos'), files)
      // The others wait already.
      const done = ids.filter((_, index) => edges.includes(index + 1))
      const tagging = which === 'untagged' ? null : taggingOf()
      storeResults(
        library,
        done.map((fileId) => ({
          kind: 'read',
          fileId,
          reading: readingOf({ contentHash: hashOf(fileId) }),
          tagging,
        })),
        someModel,
      )
      expect(await queueAgain(library, which, breathe)).toBe(done.length)
      expect(await queueAgain(library, which, breathe)).toBe(0)
    }
  },
)
