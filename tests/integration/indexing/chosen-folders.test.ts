import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createScanApplier } from '../../../electron/core/indexing/apply-scan.ts'
import { knownTo } from '../../../electron/core/indexing/known-folders.ts'
import { scanTargetsFor } from '../../../electron/core/indexing/scan-targets.ts'
import { realFolder } from '../../../electron/core/paths/real-folder.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import { readSetting } from '../../../electron/core/library/settings.ts'
import { chosenFolders } from '../../../electron/core/library/roots/chosen.ts'
import { ensureFolder, folderTree } from '../../../electron/core/library/roots/folders.ts'
import {
  addRoot,
  isInLibrary,
  listRoots,
  removeRoot,
  settleRoots,
} from '../../../electron/core/library/roots/roots.ts'
import { scanRoots } from '../../../electron/core/scan/scan-root.ts'
import { derivedFaults, tempLibrary } from '../../fixtures/temp-library.ts'
import { scratch } from './index-photos.ts'

/** Folders whose name is usually passed over, and one that asks media programs to stay out. */
const passedOver = ['.scans', 'Family.photoslibrary', '@eaDir', '.hidden/deep/scans', 'quiet']

interface Pictures {
  readonly library: Library
  readonly around: string
  readonly inside: string
}

/** A folder of pictures with another inside, a photo in each. */
function pictures(name: string): Pictures {
  const around = realFolder(scratch())
  const inside = join(around, name)
  put(join(around, 'a.jpg'))
  put(join(inside, 'b.jpg'))
  put(join(inside, 'deep', 'c.jpg'))
  if (name === 'quiet') put(join(inside, '.NOMEDIA'))
  return { library: tempLibrary(), around, inside }
}

function put(path: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, path)
}

/** Looks through all folders of the library, as a run does. */
async function look(library: Library): Promise<void> {
  const roots = listRoots(library)
  const paths = roots.map(({ path }) => path)
  const appliers = new Map(roots.map(({ id, path }) => [path, createScanApplier(library, id)]))
  const chosen = chosenFolders(library).map(({ path }) => path)
  for (const { root, step } of scanRoots(paths, knownTo(library), () => false, [...paths, ...chosen])) {
    await appliers.get(root)?.(step)
  }
}

/** Paths of the files that are there, below a folder. */
function shown({ library, around }: Pictures): string[] {
  return library.db
    .prepare<[], string>(
      `SELECT f.path || '/' || fi.name FROM file fi JOIN folder f ON f.id = fi.folder_id
       WHERE fi.presence = 'here' AND f.offline = 0 ORDER BY 1`,
    )
    .pluck()
    .all()
    .map((path) => path.slice(around.length + 1))
}

const everything = (name: string): string[] => ['a.jpg', `${name}/b.jpg`, `${name}/deep/c.jpg`].toSorted()

describe('a folder that a person chose by itself', () => {
  it.each(passedOver)('%s keeps its photos when the one around it is added later', async (name) => {
    const place = pictures(name)
    const { library, around, inside } = place
    addRoot(library, inside)
    await look(library)
    expect(shown(place)).toEqual(everything(name).filter((path) => path !== 'a.jpg'))
    addRoot(library, around)
    await settleRoots(library)
    await look(library)
    expect(listRoots(library).map(({ path }) => path)).toEqual([around])
    expect(shown(place)).toEqual(everything(name))
    expect(() => addRoot(library, inside)).toThrow(`as part of ${around}`)
    expect(derivedFaults(library)).toEqual([])
  })

  it.each(passedOver)('%s can be added while the one around it shows nothing of it', async (name) => {
    const place = pictures(name)
    const { library, around, inside } = place
    const { id } = addRoot(library, around)
    await look(library)
    expect(shown(place)).toEqual(['a.jpg'])
    expect(isInLibrary(library, inside)).toBe(false)

    const added = addRoot(library, inside)
    expect(added).toEqual({ id, folderId: ensureFolder(library, inside), path: inside, offline: false })
    expect(listRoots(library).map(({ path }) => path)).toEqual([around])
    // Empty as it still is, it is in the tree only for who has just added it.
    const paths = (asked: ReadonlySet<number>): string[] => folderTree(library, asked).map(({ path }) => path)
    expect(paths(new Set())).toEqual([around])
    expect(paths(new Set([added.folderId]))).toEqual([around, inside])
    await look(library)
    expect(shown(place)).toEqual(everything(name))
    expect(() => addRoot(library, inside)).toThrow(`as part of ${around}`)
    expect(() => addRoot(library, join(inside, 'deep'))).toThrow(`as part of ${around}`)
  })

  it('is taken in whichever way round both are named at once', async () => {
    for (const order of [0, 1]) {
      const place = pictures('.scans')
      const { library, around, inside } = place
      const named = order === 0 ? [around, inside] : [inside, around]
      expect(await scanTargetsFor(library, named)).toMatchObject([{ path: around }])
      await look(library)
      expect(shown(place)).toEqual(everything('.scans'))
    }
  })

  it('goes with the folder around it and comes back with it', async () => {
    const place = pictures('.scans')
    const { library, around, inside } = place
    addRoot(library, inside)
    const { id } = addRoot(library, around)
    await look(library)
    removeRoot(library, id, true)
    await settleRoots(library)
    expect(chosenFolders(library)).toEqual([])
    expect(shown(place)).toEqual([])
    addRoot(library, around)
    await settleRoots(library)
    await look(library)
    expect(shown(place)).toEqual(everything('.scans'))
  })

  it('is forgotten with the folder around it', async () => {
    const place = pictures('.scans')
    const { library, around, inside } = place
    addRoot(library, inside)
    const { id } = addRoot(library, around)
    removeRoot(library, id, false)
    await settleRoots(library)
    expect(readSetting(library, 'folders.chosen')).toEqual([])
    addRoot(library, around)
    await look(library)
    expect(shown(place)).toEqual(['a.jpg'])
  })

  it('that was taken out before the one around it came stays out', async () => {
    const place = pictures('.scans')
    const { library, around, inside } = place
    removeRoot(library, addRoot(library, inside).id, true)
    await settleRoots(library)
    addRoot(library, around)
    await look(library)
    expect(chosenFolders(library)).toEqual([])
    expect(shown(place)).toEqual(['a.jpg'])
  })

  it('that is gone is missing, as any other', async () => {
    const place = pictures('.scans')
    const { library, around, inside } = place
    addRoot(library, inside)
    await look(library)
    addRoot(library, around)
    rmSync(inside, { recursive: true })
    await look(library)
    expect(shown(place)).toEqual(['a.jpg'])
    expect(library.db.prepare("SELECT count(*) FROM file WHERE presence = 'missing'").pluck().get()).toBe(2)
  })
})

it.each(['2019', 'summer/2019'])('an ordinary folder inside one of the library is in it: %s', (name) => {
  const { library, around, inside } = pictures(name)
  addRoot(library, around)
  expect(isInLibrary(library, inside)).toBe(true)
  expect(() => addRoot(library, inside)).toThrow(`already in the library, as part of ${around}`)
})
