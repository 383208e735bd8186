import { describe, expect, it } from 'vitest'
import {
  addFiles,
  dropOthers,
  isEmpty,
  knownFiles,
  putSidecars,
  setPresence,
} from '../../../electron/core/library/files/files.ts'
import { listProblems } from '../../../electron/core/library/files/problems.ts'
import { queueCounts, takePending } from '../../../electron/core/library/files/queue.ts'
import { readAgain } from '../../../electron/core/library/files/sidecars.ts'
import { ensureFolder } from '../../../electron/core/library/roots/folders.ts'
import { hideAway, markAway } from '../../../electron/core/library/roots/offline.ts'
import { addRoot, removeRoot, settleRoots } from '../../../electron/core/library/roots/roots.ts'
import { addPhoto, derivedFaults, fileIdAt, tempLibrary } from '../../fixtures/temp-library.ts'

const facts = (name: string, size = 10) => ({ name, size, mtime: 1, ctime: 1 })

function folderWith(...sidecars: readonly string[]) {
  const library = tempLibrary()
  const root = addRoot(library, '/photos')
  const folder = ensureFolder(library, '/photos')
  putSidecars(
    library,
    folder,
    sidecars.map((name) => facts(name)),
  )
  const taken = (): unknown => takePending(library, 9).map(({ path, sidecars }) => [path, ...sidecars])
  return { library, root, folder, taken }
}

describe('a sidecar in the library', () => {
  it('is a file that is known, and no photo, nothing that waits and no problem', () => {
    const { library, folder, taken } = folderWith('a.jpg.xmp')
    expect(isEmpty(library)).toBe(true)
    expect(taken()).toEqual([])
    expect(queueCounts(library)).toEqual({ pending: 0, running: 0, failed: 0, offline: 0 })
    expect(listProblems(library, { offset: 0, limit: 9 }).total).toBe(0)
    const [known] = knownFiles(library, folder)
    expect(known).toMatchObject({ ...facts('a.jpg.xmp'), kind: 'sidecar', state: 'done', here: true })
    putSidecars(library, folder, [facts('a.jpg.xmp', 20)])
    expect(knownFiles(library, folder)).toEqual([{ ...known, size: 20 }])
    dropOthers(library, [known?.id ?? 0])
    expect(knownFiles(library, folder)).toEqual([])
  })

  it('is named with the photo that is read, in the case that the disk has', () => {
    const { library, folder, taken } = folderWith('ЛЕТО.xmp', 'лето.JPG.xmp', 'Лето.jpg.XMP', 'лет.xmp')
    const nested = ensureFolder(library, '/photos/nested')
    putSidecars(library, nested, [facts('лето.xmp')])
    addFiles(library, folder, [facts('Лето.jpg'), facts('лето.nef'), facts('зима.jpg')])
    expect(taken()).toEqual([
      ['/photos/Лето.jpg', '/photos/Лето.jpg.XMP', '/photos/лето.JPG.xmp', '/photos/ЛЕТО.xmp'],
      ['/photos/лето.nef', '/photos/ЛЕТО.xmp'],
      ['/photos/зима.jpg'],
    ])
  })

  it('that is gone is not named', () => {
    const { library, folder, taken } = folderWith('a.xmp')
    setPresence(
      library,
      knownFiles(library, folder).map(({ id }) => id),
      'missing',
    )
    addFiles(library, folder, [facts('a.jpg')])
    expect(taken()).toEqual([['/photos/a.jpg']])
  })

  it('has photos that were read queued, and no others', () => {
    const { library, taken } = folderWith('a.xmp')
    const path = '/photos/a.jpg'
    addPhoto(library, { path })
    const id = fileIdAt(library, path)
    readAgain(library, [id, ...knownFiles(library, ensureFolder(library, '/photos')).map((file) => file.id)])
    expect(taken()).toEqual([[path, '/photos/a.xmp']])
    // In work already.
    readAgain(library, [id])
    expect(taken()).toEqual([])
    expect(derivedFaults(library)).toEqual([])
  })

  it('shares the lot of its folder: hidden, removed, back, forgotten', async () => {
    const { library, root, folder } = folderWith('a.xmp')
    const presence = (): unknown => library.db.prepare('SELECT presence FROM file').pluck().all()
    await markAway(library, [folder])
    expect(presence()).toEqual(['here'])
    await hideAway(library, folder)
    expect(presence()).toEqual(['missing'])
    removeRoot(library, root.id, true)
    await settleRoots(library)
    expect(presence()).toEqual(['removed'])
    const { id } = addRoot(library, '/photos')
    await settleRoots(library)
    expect(presence()).toEqual(['here'])
    removeRoot(library, id, false)
    await settleRoots(library)
    expect(presence()).toEqual([])
  })
})
