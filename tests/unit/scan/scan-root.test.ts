import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type * as Fs from 'node:fs'
import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import type { KnownFile } from '../../../electron/core/library/files/files.ts'
import { osFromText, textFromOs } from '../../../electron/core/paths/os-path.ts'
import { scanRoots, type KnownFolders, type ScanStep } from '../../../electron/core/scan/scan-root.ts'
import { walk } from '../../../electron/core/scan/walk.ts'

// Some disks name files in their order. So that nothing here leans on that, they come the other way round.
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof Fs>()
  const readdirSync = ((...given: Parameters<typeof fs.readdirSync>) =>
    fs.readdirSync(...given).toReversed()) as typeof fs.readdirSync
  return { ...fs, readdirSync }
})

function tree(...names: string[]): string {
  const root = mkdtempSync(join(tmpdir(), 'kartoteka-scan-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  for (const name of names) put(root, name)
  return root
}

function put(root: string, name: string): void {
  const path = join(root, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, name)
}

function numbered(folder: string, count: number): string[] {
  return Array.from({ length: count }, (_, number) => `${folder}/${number}.jpg`)
}

function seen(root: string): string[] {
  const found: string[] = []
  for (const visit of walk(root)) {
    if (visit.state === 'read') found.push(...visit.files.map((file) => join(visit.path, file.name)))
  }
  return found.map((path) => path.slice(root.length + 1)).sort()
}

/** A library that took everything in as the folder is now. */
function remembered(root: string): KnownFolders {
  const folders = new Map<string, KnownFile[]>()
  let id = 0
  for (const visit of walk(root)) {
    if (visit.state !== 'read') continue
    const files = visit.files.map((file): KnownFile => {
      id += 1
      const kind = file.kind === 'sidecar' ? 'sidecar' : 'photo'
      return { ...file, id, state: 'done', kind, problem: null, here: true }
    })
    folders.set(visit.path, files)
  }
  return {
    filesIn: (folder) => folders.get(folder) ?? [],
    laterCopies: () => [],
    foldersFrom: () => [...folders.keys()],
  }
}

const factless = {
  size: 1,
  mtime: 1,
  ctime: 1,
  state: 'done',
  kind: 'photo',
  problem: null,
  here: true,
} as const

/** Folders in each other until the path is longer than the system opens; works whoever runs the test. */
function tooDeep(root: string): string {
  const before = process.cwd()
  const name = 'd'.repeat(250)
  let path = root
  process.chdir(root)
  while (path.length < 4096) {
    mkdirSync(name)
    process.chdir(name)
    path = join(path, name)
  }
  process.chdir(before)
  return path
}

/** A folder that can be listed, with a file whose path is too long for the system; works whoever runs the test. */
function tooLongToOpen(root: string): { folder: string; name: string } {
  const before = process.cwd()
  const name = `${'n'.repeat(240)}.jpg`
  let folder = root
  process.chdir(root)
  while (folder.length < 4096 - 240) {
    const part = 'd'.repeat(Math.min(200, 4090 - 240 - folder.length + 200))
    mkdirSync(part)
    process.chdir(part)
    folder = join(folder, part)
  }
  writeFileSync(name, 'a photo')
  process.chdir(before)
  return { folder, name }
}

function stepsOf(root: string, library: KnownFolders): ScanStep[] {
  return [...scanRoots([root], library, () => false)].map(({ step }) => step)
}

function end(root: string, library: KnownFolders): Extract<ScanStep, { kind: 'gone' }> {
  const last = stepsOf(root, library).at(-1)
  if (last?.kind !== 'gone') throw new Error('a scan ends with what is gone')
  return last
}

describe('walking a folder', () => {
  it('passes over litter, hidden folders and what asks to be left alone', () => {
    const root = tree(
      'a.jpg',
      'sub/b.PNG',
      '._a.jpg',
      '.hidden/c.jpg',
      '.trashed-1-d.jpg',
      '@eaDir/a.jpg/SYNOPHOTO_THUMB_M.jpg',
      '__MACOSX/a.jpg',
      '$RECYCLE.BIN/x.jpg',
      'System Volume Information/x.jpg',
      'Photos Library.photoslibrary/originals/x.heic',
      'quiet/.nomedia',
      'quiet/deep/x.jpg',
      'Thumbs.db',
      'notes.txt',
      'noending',
    )
    expect(seen(root)).toEqual(['a.jpg', 'noending', 'sub/b.PNG'])
  })

  it('gives the files of a folder by name, in whatever order the disk has them', () => {
    const names = Array.from({ length: 50 }, (_, at) => `IMG_${String((at * 37) % 50).padStart(4, '0')}.jpg`)
    const [visit] = [...walk(tree(...names))]
    expect(visit?.state === 'read' && visit.files.map(({ name }) => name)).toEqual(names.toSorted())
  })

  it('gives sizes and whole milliseconds', () => {
    const root = tree('a.jpg')
    const [visit] = walk(root)
    if (visit?.state !== 'read') throw new Error('the folder can be read')
    const [file] = visit.files
    expect(file).toMatchObject({ name: 'a.jpg', kind: 'photo', size: 5 })
    expect(Number.isInteger(file?.mtime)).toBe(true)
  })

  it('takes a folder that is named like a photo as a folder', () => {
    expect(seen(tree('dir.jpg/a.jpg'))).toEqual(['dir.jpg/a.jpg'])
  })

  it.runIf(process.platform === 'linux')('takes names that are not UTF-8 and opens them again', () => {
    const root = tree('a.jpg')
    const odd = Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0xff, 0xfe]), Buffer.from('.jpg')])
    writeFileSync(odd, 'odd')
    const [visit] = walk(root)
    if (visit?.state !== 'read') throw new Error('the folder can be read')
    const name = visit.files.find((file) => file.name !== 'a.jpg')?.name ?? ''
    expect(osFromText(`${root}/${name}`)).toEqual(odd)
    expect(textFromOs(odd)).toBe(`${root}/${name}`)
  })

  it.skipIf(process.platform === 'win32')(
    'does not follow links to folders, nor into the same photos',
    () => {
      const root = tree('a.jpg', 'sub/b.jpg')
      const outside = tree('c.jpg', 'd/e.jpg')
      symlinkSync(root, join(root, 'loop'))
      symlinkSync(join(outside, 'd'), join(root, 'linked-folder'))
      symlinkSync(join(root, 'a.jpg'), join(root, 'same.jpg'))
      symlinkSync(join(outside, 'c.jpg'), join(root, 'linked.jpg'))
      symlinkSync(join(outside, 'nowhere.jpg'), join(root, 'dangling.jpg'))
      expect(seen(root)).toEqual(['a.jpg', 'linked.jpg', 'sub/b.jpg'])
    },
  )

  it('takes names of 255 bytes and folders 20 deep', () => {
    const long = `${'n'.repeat(251)}.jpg`
    const deep = `${Array.from({ length: 20 }, () => 'd'.repeat(20)).join('/')}/a.jpg`
    expect(seen(tree(long, deep))).toEqual([deep, long].sort())
  })
})

describe('scanning a folder', () => {
  it('skips a folder it cannot read, says so, and keeps what was known of it', () => {
    const root = tree('a.jpg')
    const shut = tooDeep(root)
    const photo = { ...factless, id: 1, name: 'b.jpg' }
    const library: KnownFolders = {
      filesIn: (folder) => (folder === `${shut}/deep` ? [photo] : []),
      laterCopies: () => [],
      foldersFrom: () => [root, shut, `${shut}/deep`],
    }
    const steps = stepsOf(root, library)
    expect(steps).toContainEqual({ kind: 'unreadable', path: shut, code: 'ENAMETOOLONG' })
    const gone = end(root, library)
    expect(gone).toMatchObject({ offline: false, missing: [] })
    expect([...gone.offlineFolders].sort()).toEqual([shut, `${shut}/deep`])
  })

  it('calls a folder that is not there offline, and nothing in it missing', () => {
    const root = tree('a.jpg', 'sub/b.jpg')
    const library = remembered(root)
    rmSync(root, { recursive: true })
    const gone = end(root, library)
    expect(gone.offline).toBe(true)
    expect(gone.missing).toEqual([])
    expect([...gone.offlineFolders].sort()).toEqual([root, join(root, 'sub')])
  })

  it('calls a folder that is suddenly empty offline', () => {
    const root = tree(...numbered('2019', 30), ...numbered('2020', 30))
    const library = remembered(root)
    rmSync(root, { recursive: true })
    mkdirSync(root)
    const gone = end(root, library)
    expect(gone.offline).toBe(true)
    expect(gone.missing).toEqual([])
    expect(gone.offlineFolders).toHaveLength(2)
  })

  it('calls an empty mount point inside offline, and the rest goes on', () => {
    const root = tree(...numbered('disk', 100), ...numbered('stick', 30))
    const library = remembered(root)
    rmSync(join(root, 'stick'), { recursive: true })
    mkdirSync(join(root, 'stick'))
    expect(end(root, library)).toMatchObject({
      offline: false,
      missing: [],
      offlineFolders: [join(root, 'stick')],
    })
  })

  it.each([
    [20, 11, 'its disk away'],
    [20, 10, 'deleted'],
    [19, 11, 'deleted'],
  ])('of %i photos takes a folder with %i that is gone as %s', (all, lost, as) => {
    const root = tree(...numbered('trip', lost), ...numbered('elsewhere', all - lost))
    const library = remembered(root)
    rmSync(join(root, 'trip'), { recursive: true })
    const { missing, offlineFolders } = end(root, library)
    const isAway = as === 'its disk away'
    expect([missing.length, offlineFolders.length]).toEqual(isAway ? [0, 1] : [lost, 0])
  })

  it.each([
    [20, 'an empty mount point'],
    [19, 'one that somebody emptied'],
  ])('takes a folder of %i photos in which nothing is left as %s', (count, as) => {
    const root = tree(...numbered('stick', count), ...numbered('disk', 50))
    const library = remembered(root)
    for (const path of numbered('stick', count)) unlinkSync(join(root, path))
    const isAway = as === 'an empty mount point'
    expect(end(root, library).missing).toHaveLength(isAway ? 0 : count)
  })

  it('takes photos as moved where files of their size have taken the place of others', () => {
    const root = tree(...numbered('trip', 30), ...numbered('home', 10))
    const library = remembered(root)
    for (const [at, name] of ['trip/0.jpg', 'trip/10.jpg'].entries()) {
      renameSync(join(root, name), join(root, `home/${at}.jpg`))
      utimesSync(join(root, `home/${at}.jpg`), 5, 5)
    }
    rmSync(join(root, 'trip'), { recursive: true })
    expect(end(root, library).missing).toHaveLength(30)
  })

  it.skipIf(process.platform === 'win32')(
    'says nothing of a link that cannot be followed, and takes one that leads nowhere as gone',
    () => {
      const root = tree('shut.jpg', 'circle.jpg', 'nowhere.jpg')
      const library = remembered(root)
      const names = library.filesIn(root).map(({ name }) => name)
      for (const name of names) unlinkSync(join(root, name))
      symlinkSync('x'.repeat(300), join(root, 'shut.jpg'))
      symlinkSync('circle.jpg', join(root, 'circle.jpg'))
      symlinkSync('nothing.jpg', join(root, 'nowhere.jpg'))
      const gone = names.flatMap((name, at) => (name === 'shut.jpg' ? [] : at + 1))
      expect(end(root, library).missing).toEqual(gone)
      expect(stepsOf(root, library)[0]).toMatchObject({ difference: { changed: [], photos: 0 } })
    },
  )

  it('takes a few deleted photos as deleted', () => {
    const root = tree(...numbered('2019', 30))
    const library = remembered(root)
    unlinkSync(join(root, '2019/3.jpg'))
    unlinkSync(join(root, '2019/4.jpg'))
    const gone = end(root, library)
    expect(gone.offline).toBe(false)
    expect(gone.missing).toHaveLength(2)
  })

  it('takes a renamed folder as moved, however large', () => {
    const root = tree(...numbered('2019', 40))
    const library = remembered(root)
    renameSync(join(root, '2019'), join(root, 'Year 2019'))
    const steps = stepsOf(root, library)
    const added = steps.flatMap((step) => (step.kind === 'folder' ? step.difference.added : []))
    expect(added).toHaveLength(40)
    expect(end(root, library)).toMatchObject({ offline: false, offlineFolders: [] })
    expect(end(root, library).missing).toHaveLength(40)
  })

  it('takes photos that turn up in another of the folders as moved, however many', () => {
    const one = tree(...numbered('trip', 30), ...numbered('home', 10))
    const other = tree('a.jpg')
    const before = remembered(one)
    const elsewhere = remembered(other)
    const library: KnownFolders = {
      ...before,
      filesIn: (folder) => [...before.filesIn(folder), ...elsewhere.filesIn(folder)],
      foldersFrom: (folder) => (folder === one ? before : elsewhere).foldersFrom(folder),
    }
    renameSync(join(one, 'trip'), join(other, 'trip'))
    for (const roots of [
      [one, other],
      [other, one],
    ]) {
      const steps = [...scanRoots(roots, library, () => false)]
      const gone = steps.find(({ root, step }) => root === one && step.kind === 'gone')?.step
      expect(gone).toMatchObject({ offline: false, offlineFolders: [] })
      expect(gone?.kind === 'gone' && gone.missing.length).toBe(30)
      // The losses are told last, when everything was seen.
      expect(steps.slice(-2).map(({ step }) => step.kind)).toEqual(['gone', 'gone'])
    }
  })

  it('takes photos as gone whose content is known from elsewhere since, but not when their disk has left a mount point', () => {
    const root = tree(...numbered('trip', 30), ...numbered('home', 10))
    const library: KnownFolders = { ...remembered(root), laterCopies: (id) => [id + 1000] }
    rmSync(join(root, 'trip'), { recursive: true })
    expect(end(root, library)).toMatchObject({ offline: false, offlineFolders: [] })
    expect(end(root, library).missing).toHaveLength(30)
    mkdirSync(join(root, 'trip'))
    expect(end(root, library)).toMatchObject({ missing: [], offlineFolders: [join(root, 'trip')] })
  })

  it('takes copies that are gone as well for no sign of life', () => {
    const root = tree(...numbered('trip', 30), ...numbered('home', 10))
    const library: KnownFolders = { ...remembered(root), laterCopies: () => [30] }
    const ids = library.filesIn(join(root, 'trip')).map(({ id }) => id)
    rmSync(join(root, 'trip'), { recursive: true })
    expect(ids).toContain(30)
    expect(end(root, library)).toMatchObject({ missing: [], offlineFolders: [join(root, 'trip')] })
  })

  it('hides a folder that asks to be left alone, however many photos it had', () => {
    const root = tree(...numbered('trip', 30), ...numbered('trip/deep', 5), 'a.jpg')
    const library = remembered(root)
    put(root, 'trip/.nomedia')
    expect(end(root, library)).toMatchObject({ offline: false, offlineFolders: [] })
    expect(end(root, library).missing).toHaveLength(35)
    // The person chose this one.
    put(root, '.nomedia')
    expect(end(root, library).missing).toHaveLength(35)
  })

  it('takes a folder whose files cannot be looked at as shut, not as empty', () => {
    const root = tree('a.jpg')
    const { folder, name } = tooLongToOpen(root)
    const library: KnownFolders = {
      filesIn: (path) => (path === folder ? [{ ...factless, id: 1, name }] : []),
      laterCopies: () => [],
      foldersFrom: () => [root, folder],
    }
    expect(stepsOf(root, library)).toContainEqual({ kind: 'unreadable', path: folder, code: 'ENAMETOOLONG' })
    expect(end(root, library)).toMatchObject({ missing: [], offlineFolders: [folder] })
  })

  it('tells which sidecars are gone and what they told of, also of a folder that is gone', () => {
    const root = tree('a.jpg', 'a.jpg.xmp', 'b.jpg', 'trip/c.jpg', 'trip/c.xmp')
    const library = remembered(root)
    const idsOf = (...paths: string[]): number[] =>
      paths.flatMap((path) =>
        library
          .filesIn(dirname(join(root, path)))
          .flatMap(({ id, name }) => (name === basename(path) ? id : [])),
      )
    expect(end(root, library)).toMatchObject({ missing: [], lostSidecars: [], retold: [] })
    unlinkSync(join(root, 'a.jpg.xmp'))
    rmSync(join(root, 'trip'), { recursive: true })
    expect(end(root, library)).toMatchObject({
      missing: idsOf('trip/c.jpg'),
      lostSidecars: idsOf('a.jpg.xmp', 'trip/c.xmp'),
      retold: idsOf('a.jpg', 'trip/c.jpg'),
    })
  })

  it('keeps the sidecars of a disk that is away', () => {
    const root = tree(...numbered('disk', 30), 'disk/1.xmp')
    const library = remembered(root)
    rmSync(join(root, 'disk'), { recursive: true })
    const gone = end(root, library)
    expect(gone).toMatchObject({
      missing: [],
      lostSidecars: [],
      retold: [],
      offlineFolders: [join(root, 'disk')],
    })
  })

  it('takes hard links as files of their own', () => {
    const root = tree('a.jpg')
    linkSync(join(root, 'a.jpg'), join(root, 'b.jpg'))
    expect(seen(root)).toEqual(['a.jpg', 'b.jpg'])
  })
})
