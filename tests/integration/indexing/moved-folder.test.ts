import { cpSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { IndexingOptions } from '../../../electron/core/indexing/indexing-options.ts'
import { queueWanted, wantAgain } from '../../../electron/core/indexing/again.ts'
import { movedFrom, relocateFolder } from '../../../electron/core/indexing/moved-folders.ts'
import { decide } from '../../../electron/core/library/decisions/decisions.ts'
import { yieldToEventLoop, type Library } from '../../../electron/core/library/library.ts'
import { listRoots } from '../../../electron/core/library/roots/roots.ts'
import { derivedFaults } from '../../fixtures/temp-library.ts'
import { filesIn, index, noModel, numbered, putPhotos, scratch, testLibrary } from './index-photos.ts'

const names = [...numbered(2), ...numbered(2, '2019/')]

/** Four photos, indexed and decided about. Without tags it takes less time. */
async function scene(options: Partial<IndexingOptions> = { chooseModel: noModel }) {
  const here = scratch()
  const [before, now] = [join(here, 'before'), join(here, 'now')]
  putPhotos(before, names)
  const library = testLibrary(join(here, 'library'))
  await index(library, { folders: [before], options })
  decide(
    library,
    filesIn(library).flatMap(({ photoId }) => photoId ?? []),
    151,
    'confirmed',
  )
  return { library, before, now, root: rootAt(library, before) }
}

function rootAt(library: Library, path: string) {
  const root = listRoots(library).find((each) => each.path === path)
  if (root === undefined) throw new Error(`${path} is no root`)
  return root
}

const thumbnails = (library: Library): readonly string[] => library.thumbnails.hashesAfter('', 100)
const decisions = (library: Library): unknown => library.db.prepare('SELECT * FROM decision').all()

describe('a folder that was indexed and has another name now', () => {
  it('is taken over when a person says so: no photo twice, nothing inferred, all that was known stays', async () => {
    const { library, before, now, root } = await scene({})
    const [files, pictures, decided] = [filesIn(library), thumbnails(library), decisions(library)]
    renameSync(before, now)
    // It was missed before it was found.
    await index(library)
    expect(filesIn(library).every(({ offline }) => offline === 1)).toBe(true)

    expect(await movedFrom(library, now)).toMatchObject({ path: before })
    await relocateFolder(library, root, now)
    const summary = await index(library, { folders: [now] })
    expect(summary).toMatchObject({ found: 4, unchanged: 4, indexed: 0, moved: 0, missing: 0, inferences: 0 })
    expect(filesIn(library)).toEqual(
      files.map((file) => ({ ...file, folder: file.folder.replace(before, now) })),
    )
    expect([thumbnails(library), decisions(library)]).toEqual([pictures, decided])
    expect(derivedFaults(library)).toEqual([])
  })

  it('is taken over from another disk as well, where times are others and a photo is new: only that is looked at', async () => {
    const { library, before, now, root } = await scene({})
    const decided = decisions(library)
    cpSync(before, now, { recursive: true })
    putPhotos(now, ['new.jpg'], 4)
    renameSync(before, `${before}-broken`)
    await relocateFolder(library, root, now)
    const summary = await index(library, { folders: [now] })
    expect(summary).toMatchObject({ found: 5, missing: 0, failed: 0, inferences: 1 })
    expect(filesIn(library).map(({ folder, presence }) => [folder.startsWith(now), presence])).toEqual(
      Array.from({ length: 5 }, () => [true, 'here']),
    )
    expect(decisions(library)).toEqual(decided)
    expect(derivedFaults(library)).toEqual([])
  })

  it('has its photos as copies when a person adds it by itself, also while the other is there', async () => {
    const { library, before, now } = await scene()
    const third = `${now}-too`
    for (const folder of [now, third]) {
      cpSync(before, folder, { recursive: true })
      if (folder === third) renameSync(before, `${before}-in-the-drawer`)
      expect(await movedFrom(library, folder)).toEqual(folder === third ? rootAt(library, before) : null)
      expect(await index(library, { folders: [folder], options: { chooseModel: noModel } })).toMatchObject({
        found: 4,
        failed: 0,
      })
    }
    const photos = filesIn(library).map(({ photoId }) => photoId)
    expect([photos.length, new Set(photos).size]).toEqual([12, 4])
    expect(derivedFaults(library)).toEqual([])
  })

  it('is not another folder', async () => {
    const { library, before, now, root } = await scene()
    mkdirSync(now)
    for (const name of numbered(2)) writeFileSync(join(now, name), 'another content')
    renameSync(before, `${before}-away`)
    expect(await movedFrom(library, now)).toBeNull()
    expect(await movedFrom(library, join(now, 'nowhere'))).toBeNull()
    await expect(relocateFolder(library, root, now)).rejects.toThrow(
      `${now} does not hold the photos of ${before}`,
    )
    await expect(relocateFolder(library, root, join(now, 'nowhere'))).rejects.toThrow('does not exist')
    expect(rootAt(library, before)).toMatchObject({ id: root.id })
  })

  it.runIf(process.platform === 'linux')('is none that is never looked into', async () => {
    const { library, root } = await scene()
    expect(await movedFrom(library, '/proc')).toBeNull()
    await expect(relocateFolder(library, root, '/proc')).rejects.toThrow('never looked into')
  })

  it('is still to be classified anew where that was asked for before', async () => {
    const { library, before, now, root } = await scene()
    wantAgain(library, [join(before, '2019')])
    renameSync(before, now)
    await relocateFolder(library, root, now)
    expect(await queueWanted(library, yieldToEventLoop)).toBe(2)
  })
})
