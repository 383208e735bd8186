import { describe, expect, it } from 'vitest'
import type { KnownFile } from '../../../electron/core/library/files/files.ts'
import { countOtherFiles, type OtherFiles } from '../../../electron/core/scan/other-files.ts'

interface Folder {
  readonly files?: readonly string[]
  readonly others?: readonly string[]
  /** Files of no known kind that were looked into before. */
  readonly rejected?: readonly string[]
  readonly newlyRejected?: readonly string[]
  /** Of those before, which are gone. */
  readonly dropped?: readonly string[]
}

const named = (names: readonly string[]) => names.map((name) => ({ name, size: 1, mtime: 1, ctime: 1 }))

function counted(...folders: readonly Folder[]): OtherFiles {
  const counts = countOtherFiles()
  for (const { files = [], others = [], rejected = [], newlyRejected = [], dropped = [] } of folders) {
    const known = rejected.map((name, id) => ({ id, name, kind: 'rejected' }) as KnownFile)
    counts.add({ files: named(files), others }, known, {
      rejected: named(newlyRejected),
      dropped: known.filter(({ name }) => dropped.includes(name)).map(({ id }) => id),
    })
  }
  return counts.counted()
}

describe('files that are no photos', () => {
  it('are counted by their endings, from folder to folder', () => {
    expect(
      counted(
        { files: ['a.jpg', 'b.MP4', 'c.mov'], others: ['notes.txt', 'Letter.PDF'] },
        { files: ['d.mp4'], others: ['e.pdf'] },
      ),
    ).toEqual({ videos: { mp4: 2, mov: 1 }, others: { txt: 1, pdf: 2 } })
  })

  it('are not the moving part of a photo, nor sidecars', () => {
    expect(counted({ files: ['IMG_1.HEIC', 'IMG_1.MOV', 'IMG_1.xmp'] })).toEqual({ videos: {}, others: {} })
  })

  it('are those of no known kind that were looked into, now or before, as long as they are there', () => {
    expect(
      counted({ rejected: ['a.dat', 'README'], newlyRejected: ['b.dat', 'a.dat'], dropped: ['README'] }),
    ).toEqual({
      videos: {},
      others: { dat: 2 },
    })
  })

  it.each(['README', 'Dear Anna. I am writing to you', 'a.', 'a.b c'])('%s has no ending', (name) => {
    expect(counted({ others: [name] }).others).toEqual({ '': 1 })
  })

  it('may have an ending that is called like what every object has', () => {
    expect(counted({ others: ['a.valueof', 'b.valueOf'] }).others).toEqual({ valueof: 2 })
  })
})
