import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { rejectFiles } from '../../../electron/core/library/files/files.ts'
import { ensureFolder } from '../../../electron/core/library/roots/folders.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import {
  compareWithRoot,
  filledFoldersSql,
  nameAtSql,
  rootMovedTo,
  sampledFileSql,
} from '../../../electron/core/library/roots/moved.ts'
import { addRoot, removeRoot, type Root } from '../../../electron/core/library/roots/roots.ts'
import { addPhoto, planOf, tempFolder, tempLibrary } from '../../fixtures/temp-library.ts'

/** Contents by where they are below a folder. */
type Contents = Readonly<Record<string, string>>

function put(folder: string, contents: Contents): void {
  for (const [below, content] of Object.entries(contents)) {
    mkdirSync(dirname(join(folder, below)), { recursive: true })
    writeFileSync(join(folder, below), content)
  }
}

/** A folder with these files, indexed. */
function indexed(library: Library, folder: string, contents: Contents): Root {
  put(folder, contents)
  const root = addRoot(library, folder)
  for (const [below, content] of Object.entries(contents)) {
    const contentHash = createHash('sha256').update(content).digest('hex').slice(0, 32)
    addPhoto(library, { path: join(folder, below), size: content.length, reading: { contentHash } })
  }
  return root
}

const numbered = (count: number, prefix = ''): Contents =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => [`${prefix}${at}.jpg`, `the content of ${prefix}${at}`]),
  )
/** As long, and not the same. */
const others = (contents: Contents): Contents =>
  Object.fromEntries(Object.entries(contents).map(([name, content]) => [name, content.toUpperCase()]))

function scene(contents: Contents = { ...numbered(3), ...numbered(4, '2019/') }) {
  const library = tempLibrary()
  const here = tempFolder()
  const [before, now] = [join(here, 'before'), join(here, 'now')]
  return { library, before, now, root: indexed(library, before, contents), contents }
}

describe('a new folder', () => {
  it('is a root under another name when that is gone and its photos are in the folder', async () => {
    const { library, before, now, root } = scene()
    renameSync(before, now)
    expect(await rootMovedTo(library, now)).toEqual(root)
  })

  it('may be a backup of one that is away: nobody can tell', async () => {
    const { library, before, now, root } = scene()
    cpSync(before, now, { recursive: true })
    renameSync(before, `${before}-in-the-drawer`)
    expect(await rootMovedTo(library, now)).toEqual(root)
  })

  it('is another one while the root is where it was', async () => {
    const { library, before, now } = scene()
    cpSync(before, now, { recursive: true })
    expect(await rootMovedTo(library, now)).toBeNull()
  })

  it('is another one when only the names and sizes of its files are the same', async () => {
    const { library, before, now, contents } = scene()
    renameSync(before, `${before}-away`)
    put(now, others(contents))
    expect(await rootMovedTo(library, now)).toBeNull()
  })

  it.each([
    ['is it still, where few photos are others or gone since', 4, true],
    ['is another one, where many are', 5, false],
  ])('%s', async (_, changed, isIt) => {
    const contents = numbered(20)
    const { library, before, now, root } = scene(contents)
    renameSync(before, now)
    put(now, others(numbered(changed)))
    expect(await rootMovedTo(library, now)).toEqual(isIt ? root : null)
  })

  it('is it where an empty mount point, other photos, or a link to it stand in the old place', async () => {
    for (const replace of [
      (path: string): void => void mkdirSync(path),
      (path: string): void => put(path, { 'of-a-camera.jpg': 'other' }),
      (path: string, now: string): void => symlinkSync(now, path, 'junction'),
    ]) {
      const { library, before, now, root } = scene()
      renameSync(before, now)
      replace(before, now)
      expect(await rootMovedTo(library, now)).toEqual(root)
    }
  })

  it('that holds the root, lies in one, or is one is not taken for it', async () => {
    const { library, before, now, contents } = scene()
    renameSync(before, now)
    put(dirname(before), contents)
    expect(await rootMovedTo(library, dirname(before))).toBeNull()
    put(join(before, 'deeper'), contents)
    expect(await rootMovedTo(library, join(before, 'deeper'))).toBeNull()
    addRoot(library, now)
    expect(await rootMovedTo(library, now)).toBeNull()
  })

  it('of two roots it could be is the one with more photos; one that was taken out is none', async () => {
    const { library, before, now, root, contents } = scene()
    const larger = indexed(library, `${before}-larger`, { ...contents, ...numbered(9, 'more/') })
    renameSync(`${before}-larger`, now)
    renameSync(before, `${before}-away`)
    expect(await rootMovedTo(library, now)).toEqual(larger)
    removeRoot(library, larger.id, true)
    expect(await rootMovedTo(library, now)).toEqual(root)
  })

  it('is none of a root without photos', async () => {
    const { library, now, root } = scene({})
    mkdirSync(now)
    expect(await rootMovedTo(library, now)).toBeNull()
    expect(await compareWithRoot(library, root, now)).toEqual({ compared: 0, same: 0, agrees: false })
  })

  it('is compared with a root that came with the library, of which nothing is looked at', async () => {
    const { library, before, now, contents } = scene()
    // It is there, but nobody on this computer has said that it may be looked into.
    const theirs = `${before}-theirs`
    put(theirs, contents)
    library.db.prepare('UPDATE root SET path = ?').run(theirs)
    library.db.prepare('UPDATE folder SET path = ? || substr(path, ?)').run(theirs, before.length + 1)
    renameSync(before, now)
    expect((await rootMovedTo(library, now))?.path).toBe(theirs)
  })
})

describe('the sample', () => {
  it('is all of a few photos, and 20 of many, in whichever folders they are', async () => {
    const { library, before, now, root } = scene({ ...numbered(3), ...numbered(4, '2019/') })
    expect(await compareWithRoot(library, root, before)).toEqual({ compared: 7, same: 7, agrees: true })
    expect(await compareWithRoot(library, root, now)).toEqual({ compared: 7, same: 0, agrees: false })
    const many = scene({ ...numbered(90, 'all/'), ...numbered(2, 'a/'), ...numbered(8, 'z/') })
    expect(await compareWithRoot(many.library, many.root, many.before)).toMatchObject({
      compared: 20,
      same: 20,
    })
    // Spread over the folder: a part of it that is others is seen.
    put(many.before, others(numbered(45, 'all/')))
    const { same, agrees } = await compareWithRoot(many.library, many.root, many.before)
    expect(agrees).toBe(false)
    expect(same).toBeLessThan(20)
  })

  it('has each photo once, whatever other files lie between them', async () => {
    const { library, before, root } = scene(numbered(7))
    const folder = ensureFolder(library, before)
    const other = { size: 1, mtime: 1, ctime: 1 }
    const beside = Array.from({ length: 7 }, (_, at) => ({ name: `${at}.jpg.txt`, ...other }))
    rejectFiles(library, folder, beside)
    expect(await compareWithRoot(library, root, before)).toEqual({ compared: 7, same: 7, agrees: true })
  })

  it('is found by keys alone', () => {
    const { library } = scene()
    expect(planOf(library, filledFoldersSql)).toMatch(
      /SEARCH folder USING INDEX folder_by_root \(root_id=\?\)$/u,
    )
    expect(planOf(library, nameAtSql)).toMatch(/COVERING INDEX sqlite_autoindex_file_1 \(folder_id=\?\)$/u)
    expect(planOf(library, sampledFileSql)).toMatch(
      /fi USING INDEX sqlite_autoindex_file_1 \(folder_id=\? AND name>\?\)\nSEARCH p USING INTEGER PRIMARY KEY/u,
    )
  })
})
