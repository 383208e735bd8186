import { sep } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Library } from '../../../electron/core/library/library.ts'
import { decide } from '../../../electron/core/library/decisions/decisions.ts'
import { photoFiles } from '../../../electron/core/library/photos/best-file.ts'
import { ensureFolder } from '../../../electron/core/library/roots/folders.ts'
import { chosenFolders } from '../../../electron/core/library/roots/chosen.ts'
import { markAway } from '../../../electron/core/library/roots/offline.ts'
import {
  dropFilesSql,
  dropFoldersSql,
  dropRootsSql,
  foldersAtSql,
  relocateRoot,
  rewriteSql,
} from '../../../electron/core/library/roots/relocate.ts'
import { addRoot, listRoots, removeRoot, settleRoots } from '../../../electron/core/library/roots/roots.ts'
import { isTrustedFolder } from '../../../electron/core/library/roots/trust.ts'
import {
  addPhoto,
  derivedFaults,
  fileIdAt,
  findingsOf,
  hashOf,
  planOf,
  tempLibrary,
} from '../../fixtures/temp-library.ts'

const everything = (library: Library): unknown => [
  library.db.prepare('SELECT path, state FROM root ORDER BY path').all(),
  library.db.prepare('SELECT path, name, folded, offline, photos FROM folder ORDER BY path').all(),
]
const paths = (library: Library): unknown =>
  library.db.prepare('SELECT path FROM folder ORDER BY path').pluck().all()

/** Three photos in `/photos` and below. */
function scene() {
  const library = tempLibrary()
  const files = ['/photos/a.jpg', '/photos/2019/b.jpg', '/photos/2019/summer/c.jpg']
  const photos = files.map((path, at) =>
    addPhoto(library, { path, reading: { contentHash: hashOf(at + 1) } }),
  )
  const [root = { id: 0 }] = listRoots(library)
  return { library, photos, root }
}

/** The plan of a statement for a path and all below it. */
const byPath = (index: string): RegExp =>
  new RegExp(
    String.raw`^MULTI-INDEX OR\nINDEX 1\n.*${index} \(path=\?\)\nINDEX 2\n.*${index} \(path>\? AND path<\?\)`,
  )

describe.skipIf(sep !== '/')('a root that is in another place', () => {
  it('has other paths, and its files, photos and decisions are the same', async () => {
    const { library, photos, root } = scene()
    decide(library, photos, 151, 'confirmed')
    const ids = ['a.jpg', '2019/b.jpg', '2019/summer/c.jpg'].map((name) =>
      fileIdAt(library, `/photos/${name}`),
    )
    const findings = photos.map((id) => findingsOf(library, id))
    await relocateRoot(library, root.id, '/mnt/Élan')
    expect(paths(library)).toEqual(['/mnt/Élan', '/mnt/Élan/2019', '/mnt/Élan/2019/summer'])
    expect(library.db.prepare('SELECT name, folded FROM folder WHERE parent_id IS NULL').all()).toEqual([
      { name: 'Élan', folded: 'elan' },
    ])
    expect(listRoots(library)).toMatchObject([{ id: root.id, path: '/mnt/Élan' }])
    expect(
      ['a.jpg', '2019/b.jpg', '2019/summer/c.jpg'].map((name) => fileIdAt(library, `/mnt/Élan/${name}`)),
    ).toEqual(ids)
    expect(photos.map((id) => findingsOf(library, id))).toEqual(findings)
    expect(derivedFaults(library)).toEqual([])
    expect(isTrustedFolder('/mnt/Élan/2019')).toBe(true)
  })

  it('can be put back, and then all is as it was', async () => {
    const { library, root } = scene()
    await markAway(library, [ensureFolder(library, '/photos')])
    const before = everything(library)
    await relocateRoot(library, root.id, '/mnt/photos')
    expect(everything(library)).not.toEqual(before)
    await relocateRoot(library, root.id, '/photos')
    await relocateRoot(library, root.id, '/photos')
    expect(everything(library)).toEqual(before)
  })

  it('may have names of any characters: the database counts them otherwise than JavaScript', async () => {
    const { library, root } = scene()
    await relocateRoot(library, root.id, '/mnt/🏖\u{10ffe9}')
    await relocateRoot(library, root.id, '/e')
    expect(paths(library)).toEqual(['/e', '/e/2019', '/e/2019/summer'])
  })

  it('takes the place of what was added there before: its copies, and folders of which the root knows nothing', async () => {
    const { library, photos, root } = scene()
    addRoot(library, '/mnt/e')
    addRoot(library, '/mnt/e-other')
    for (const [at, name] of ['a.jpg', '2019/b.jpg'].entries())
      addPhoto(library, { path: `/mnt/e/${name}`, reading: { contentHash: hashOf(at + 1) } })
    const only = addPhoto(library, { path: '/mnt/e/new/d.jpg', reading: { contentHash: hashOf(9) } })
    decide(library, [only], 7, 'added')
    addPhoto(library, { path: '/mnt/e-other/z.jpg', reading: { contentHash: hashOf(10) } })
    await relocateRoot(library, root.id, '/mnt/e')
    expect(paths(library)).toEqual(['/mnt/e', '/mnt/e-other', '/mnt/e/2019', '/mnt/e/2019/summer'])
    expect(listRoots(library).map(({ path }) => path)).toEqual(['/mnt/e', '/mnt/e-other'])
    expect(photos.flatMap((id) => photoFiles(library, id)).map(({ path }) => path)).toEqual([
      '/mnt/e/a.jpg',
      '/mnt/e/2019/b.jpg',
      '/mnt/e/2019/summer/c.jpg',
    ])
    expect(derivedFaults(library)).toEqual([])
    // What was only there is found again by the next scan, with what was decided.
    expect(addPhoto(library, { path: '/mnt/e/new/d.jpg', reading: { contentHash: hashOf(9) } })).toBe(only)
    expect(library.db.prepare('SELECT count(*) FROM decision').pluck().get()).toBe(1)
  })

  it('takes the place of what was taken out there, and of what is being forgotten', async () => {
    for (const keepTags of [true, false]) {
      const { library, root } = scene()
      const removed = addRoot(library, '/mnt/e')
      for (let at = 1; at <= 120; at++)
        addPhoto(library, { path: `/mnt/e/2019/${at}.jpg`, reading: { contentHash: hashOf(100 + at) } })
      removeRoot(library, removed.id, keepTags)
      if (keepTags) await settleRoots(library)
      await relocateRoot(library, root.id, '/mnt/e')
      await settleRoots(library)
      expect(paths(library)).toEqual(['/mnt/e', '/mnt/e/2019', '/mnt/e/2019/summer'])
      const kept = library.db.prepare('SELECT count(*) FROM photo').pluck().get()
      expect(kept).toBe(keepTags ? 123 : 3)
      expect(derivedFaults(library)).toEqual([])
    }
  })

  it('keeps what was chosen by itself in the new place, as a root or inside one', async () => {
    const { library, root } = scene()
    addRoot(library, '/mnt/e')
    addRoot(library, '/mnt/e/.hidden')
    addRoot(library, '/mnt/f/.root')
    await relocateRoot(library, root.id, '/mnt/e')
    expect(chosenFolders(library).map(({ path }) => path)).toEqual(['/mnt/e/.hidden'])
    await relocateRoot(library, root.id, '/mnt/f')
    expect(chosenFolders(library).map(({ path }) => path)).toEqual(['/mnt/f/.hidden', '/mnt/f/.root'])
    expect(listRoots(library)).toHaveLength(1)
  })

  it('has photos of other dates where its name told them one, once that is settled', async () => {
    const { library, photos, root } = scene()
    const dated = (): unknown => library.db.prepare('SELECT DISTINCT taken_from FROM photo').pluck().all()
    expect(await settleRoots(library)).toBe(0)
    const before = dated()
    await relocateRoot(library, root.id, '/mnt/1998 Crimea')
    await settleRoots(library)
    expect(dated()).toEqual(['folder-name'])
    await relocateRoot(library, root.id, '/mnt/photos')
    await settleRoots(library)
    expect(dated()).toEqual(before)
    await relocateRoot(library, root.id, '/mnt/pictures')
    expect(library.db.prepare('SELECT unsettled FROM root').pluck().get()).toBe(0)
    expect(photos).toHaveLength(3)
    expect(derivedFaults(library)).toEqual([])
  })

  it('has the dates of its last name, also where it gets another while they are settled', async () => {
    const library = tempLibrary()
    for (let at = 1; at <= 120; at++)
      addPhoto(library, { path: `/photos/${at}.jpg`, reading: { contentHash: hashOf(at) } })
    const [root = { id: 0 }] = listRoots(library)
    await settleRoots(library)
    await relocateRoot(library, root.id, '/mnt/1998 Crimea')
    let steps = 0
    await settleRoots(library, async () => {
      steps += 1
      if (steps === 1) await relocateRoot(library, root.id, '/mnt/2003 Crimea')
    })
    expect(library.db.prepare('SELECT DISTINCT taken_at FROM photo').pluck().all()).toEqual([
      Date.UTC(2003, 0, 1) / 1000,
    ])
    expect(library.db.prepare('SELECT unsettled FROM root').pluck().get()).toBe(0)
  })

  it('is refused where the new place is part of another root, holds the root, or lies in it', async () => {
    const { library, root } = scene()
    addRoot(library, '/mnt')
    const before = everything(library)
    await expect(relocateRoot(library, root.id, '/mnt/photos')).rejects.toThrow('as part of /mnt:')
    await expect(relocateRoot(library, root.id, '/photos/2019')).rejects.toThrow('lies in the other')
    await expect(relocateRoot(library, root.id, '/')).rejects.toThrow('lies in the other')
    await expect(relocateRoot(library, 99, '/x')).rejects.toThrow('not one that was added')
    expect(everything(library)).toEqual(before)
  })

  it('stays where it is when it becomes part of another one meanwhile', async () => {
    const library = tempLibrary()
    const root = addRoot(library, '/outer/photos')
    addPhoto(library, { path: '/outer/photos/2019/a.jpg', reading: { contentHash: hashOf(1) } })
    addRoot(library, '/mnt/e')
    const step = (): Promise<void> => {
      if (listRoots(library).some(({ id }) => id === root.id)) addRoot(library, '/outer')
      return Promise.resolve()
    }
    await expect(relocateRoot(library, root.id, '/mnt/e', step)).rejects.toThrow('not one that was added')
    expect(paths(library)).toEqual(['/mnt/e', '/outer', '/outer/photos', '/outer/photos/2019'])
    expect(derivedFaults(library)).toEqual([])
  })

  it('is relocated once when it is asked for twice', async () => {
    const { library, photos, root } = scene()
    addRoot(library, '/mnt/e')
    addPhoto(library, { path: '/mnt/e/2019/d.jpg', reading: { contentHash: hashOf(9) } })
    await Promise.all([relocateRoot(library, root.id, '/mnt/e'), relocateRoot(library, root.id, '/mnt/e')])
    expect(paths(library)).toEqual(['/mnt/e', '/mnt/e/2019', '/mnt/e/2019/summer'])
    expect(photos.flatMap((id) => photoFiles(library, id))).toHaveLength(3)
    expect(derivedFaults(library)).toEqual([])
  })

  it('is where it was when the work is broken off; nothing is lost', async () => {
    const { library, root } = scene()
    addRoot(library, '/mnt/e')
    for (let at = 1; at <= 120; at++)
      addPhoto(library, { path: `/mnt/e/${at}.jpg`, reading: { contentHash: hashOf(100 + at) } })
    const ending = new AbortController()
    const step = (): Promise<void> => {
      ending.abort()
      return Promise.resolve()
    }
    await relocateRoot(library, root.id, '/mnt/e', step, ending.signal)
    expect(listRoots(library).map(({ path }) => path)).toEqual(['/mnt/e', '/photos'])
    expect(derivedFaults(library)).toEqual([])
    await relocateRoot(library, root.id, '/mnt/e')
    expect(listRoots(library).map(({ path }) => path)).toEqual(['/mnt/e'])
    expect(library.db.prepare('SELECT count(*) FROM photo').pluck().get()).toBe(123)
  })

  it('is rewritten by keys alone', () => {
    const { library } = scene()
    expect(planOf(library, foldersAtSql)).toMatch(byPath('sqlite_autoindex_folder_1'))
    expect(planOf(library, dropFoldersSql)).toMatch(byPath('sqlite_autoindex_folder_1'))
    expect(planOf(library, dropRootsSql)).toMatch(byPath('sqlite_autoindex_root_1'))
    expect(planOf(library, rewriteSql)).toMatch(/^SEARCH folder USING INDEX folder_by_root \(root_id=\?\)$/u)
    expect(planOf(library, dropFilesSql)).toMatch(
      /SEARCH file USING INTEGER PRIMARY KEY[^]*SEARCH file USING COVERING INDEX sqlite_autoindex_file_1 \(folder_id=\?\)/u,
    )
  })
})

it.runIf(sep === '\\')('a whole disk has another letter', async () => {
  const library = tempLibrary()
  const root = addRoot(library, 'D:\\')
  ensureFolder(library, 'D:\\2019')
  await relocateRoot(library, root.id, 'E:\\')
  expect(paths(library)).toEqual(['E:\\', 'E:\\2019'])
})
