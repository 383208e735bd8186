import { describe, expect, it } from 'vitest'
import { createScanApplier } from '../../../electron/core/indexing/apply-scan.ts'
import { listProblems } from '../../../electron/core/library/files/problems.ts'
import { takePending } from '../../../electron/core/library/files/queue.ts'
import { addRoot } from '../../../electron/core/library/roots/roots.ts'
import type { FolderDifference } from '../../../electron/core/scan/diff.ts'
import { tempLibrary } from '../../fixtures/temp-library.ts'

const found = (name: string, elsewhere = false) => ({ name, size: 10, mtime: 1, ctime: 1, elsewhere })

const nothing: FolderDifference = {
  added: [],
  changed: [],
  returned: [],
  missing: [],
  unchanged: 0,
  photos: 0,
  videos: 0,
  sidecars: [],
  lostSidecars: [],
  retold: [],
  rejected: [],
  dropped: [],
}

describe('what a scan found in a folder', () => {
  it('waits to be read, but for what is in the cloud, which reading would download', async () => {
    const library = tempLibrary()
    const apply = createScanApplier(library, addRoot(library, '/photos').id)
    const difference = { ...nothing, added: [found('a.jpg'), found('b.jpg', true)] }
    await apply({ kind: 'folder', path: '/photos', difference })
    expect(takePending(library, 9).map(({ path }) => path)).toEqual(['/photos/a.jpg'])
    expect(listProblems(library, { offset: 0, limit: 9 })).toMatchObject({
      total: 1,
      problems: [{ path: '/photos/b.jpg', kind: 'not-downloaded' }],
    })
  })

  // Written 200 at a time.
  it.each([199, 200, 201, 400, 401])('is taken in to the last file, of %i', async (count) => {
    const library = tempLibrary()
    const apply = createScanApplier(library, addRoot(library, '/photos').id)
    const added = Array.from({ length: count }, (_, at) => found(`${at}.jpg`))
    await apply({ kind: 'folder', path: '/photos', difference: { ...nothing, added } })
    expect(takePending(library, 999).map(({ path }) => path)).toEqual(
      added.map(({ name }) => `/photos/${name}`),
    )
  })
})
