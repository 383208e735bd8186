import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { knownTo } from '../../../electron/core/indexing/known-folders.ts'
import { keepOtherFiles, otherFiles } from '../../../electron/core/library/files/other-files.ts'
import { revision } from '../../../electron/core/library/library.ts'
import { addRoot, removeRoot } from '../../../electron/core/library/roots/roots.ts'
import { writeSetting } from '../../../electron/core/library/settings.ts'
import { realFolder } from '../../../electron/core/paths/real-folder.ts'
import { scanRoots } from '../../../electron/core/scan/scan-root.ts'
import { tempLibrary } from '../../fixtures/temp-library.ts'
import { scratch } from './index-photos.ts'

/** What a scan of a folder with these files tells of them at its end. */
function scanned(...names: readonly string[]) {
  const folder = realFolder(scratch())
  mkdirSync(join(folder, 'below'))
  for (const name of names) writeFileSync(join(folder, name), name)
  const steps = [...scanRoots([folder], knownTo(tempLibrary()), () => false)].map(({ step }) => step)
  rmSync(folder, { recursive: true })
  const last = steps.at(-1)
  return last?.kind === 'gone' ? last.otherFiles : null
}

describe('files beside photos', () => {
  it('are told at the end of a scan, with those below', () => {
    expect(
      scanned(
        'a.jpg',
        'a.txt',
        'below/b.txt',
        'below/clip.mp4',
        'strange',
        '.hidden.txt',
        'Thumbs.db',
        'a.jpg~',
      ),
    ).toEqual({ videos: { mp4: 1 }, others: { txt: 2, 'jpg~': 1, '': 1 } })
  })

  it('are kept for each folder that was added, and summed up for those that are there', () => {
    const library = tempLibrary()
    const [one, two] = [realFolder(scratch()), realFolder(scratch())]
    const [first, second] = [addRoot(library, one), addRoot(library, two)]
    keepOtherFiles(library, first.id, { videos: { mp4: 9 }, others: {} })
    keepOtherFiles(library, first.id, { videos: { mp4: 2, avi: 3 }, others: { pdf: 1, txt: 1 } })
    keepOtherFiles(library, second.id, { videos: { mp4: 5 }, others: {} })
    expect(otherFiles(library)).toEqual([
      { kind: 'video', ending: 'mp4', count: 7 },
      { kind: 'video', ending: 'avi', count: 3 },
      { kind: 'other', ending: 'pdf', count: 1 },
      { kind: 'other', ending: 'txt', count: 1 },
    ])
    removeRoot(library, second.id, false)
    expect(otherFiles(library)[0]).toEqual({ kind: 'video', ending: 'avi', count: 3 })
  })

  it('are written down only when they changed', () => {
    const library = tempLibrary()
    const { id } = addRoot(library, realFolder(scratch()))
    keepOtherFiles(library, id, { videos: { mp4: 1 }, others: {} })
    const before = revision(library)
    keepOtherFiles(library, id, { videos: { mp4: 1 }, others: {} })
    expect(revision(library)).toBe(before)
  })

  it('are none where what was kept is not understood', () => {
    const library = tempLibrary()
    addRoot(library, realFolder(scratch()))
    writeSetting(library, 'other-files', { 1: 'many' })
    expect(otherFiles(library)).toEqual([])
  })
})
