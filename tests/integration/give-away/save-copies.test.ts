import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { CopyOptions } from '../../../electron/core/contract/copies.ts'
import { copyInto } from '../../../electron/core/give-away/copy-file.ts'
import { openCopyFolder } from '../../../electron/core/give-away/copy-folder.ts'
import { saveCopies, type Saved, type SavingDeps } from '../../../electron/core/give-away/save-copies.ts'
import type { CopySource } from '../../../electron/core/give-away/sources.ts'
import { unsharedMemory } from '../../../electron/core/imaging/decode/memory-account.ts'
import { identify } from '../../../electron/core/imaging/identify.ts'
import { contentHashOf } from '../../../electron/core/imaging/open-photo.ts'
import { contentMetadata } from '../../../electron/core/imaging/metadata/gather.ts'
import { picture } from '../../fixtures/imaging.ts'
import { placedPhoto, placeNames } from '../../fixtures/placed-photo.ts'
import { tempFolder } from '../../fixtures/temp-library.ts'

const originals: CopyOptions = { names: null, as: { kind: 'original', sidecars: true } }
const jpegs = (
  metadata: 'all' | 'without-place' | 'none' = 'all',
  side: number | null = 90,
): CopyOptions => ({
  names: null,
  as: { kind: 'jpeg', side, quality: 85, metadata },
})

/** A file as it is now, as if it had just been indexed. */
function indexed(path: string): CopySource['files'][number] {
  const { size, mtimeMs } = statSync(path)
  return { path, size, mtime: Math.trunc(mtimeMs), sidecars: [] }
}

function sourceOf(paths: readonly string[], changes: Partial<CopySource> = {}): CopySource {
  return {
    files: paths.map(indexed),
    orientation: null,
    turn: 0,
    takenAt: '2019-07-14T18:03:22',
    facts: {
      takenAt: '2019-07-14T18:03:22',
      takenPrecision: 'second',
      takenOffset: null,
      position: { latitude: 60.5, longitude: 30.25 },
      keywords: ['lake'],
      keywordPaths: [],
      rating: 4,
      title: 'By the lake',
      note: null,
    },
    ...changes,
  }
}

/** Files of the texts, in a folder of their own. */
function filesOf(contents: Readonly<Record<string, string | Buffer>>): string[] {
  const folder = tempFolder()
  return Object.entries(contents).map(([name, content]) => {
    const path = join(folder, name)
    writeFileSync(path, content)
    utimesSync(path, 1_500_000_000, 1_500_000_000.25)
    return path
  })
}

async function save(
  sources: readonly (CopySource | string)[],
  folder: string,
  options: CopyOptions,
  deps: Partial<SavingDeps> = {},
): Promise<Saved> {
  return saveCopies(
    sources.map((_, index) => index),
    await openCopyFolder(folder, [], false),
    options,
    {
      source: (id) => {
        const source = sources[id] ?? 'There is none.'
        return typeof source === 'string' ? { ok: false, reason: source } : { ok: true, source }
      },
      copy: (task) => copyInto(task, unsharedMemory),
      onProgress: () => {},
      signal: new AbortController().signal,
      atOnce: 1,
      ...deps,
    },
  )
}

/** What a file says, by our own readers. */
const told = (path: string) => {
  const found = identify({ bytes: readFileSync(path), name: basename(path) }).found
  return { ...contentMetadata(found), orientation: found.exif?.orientation ?? null }
}

const content = (path: string): string => readFileSync(path, 'utf8')

describe('originals', () => {
  it('are copied byte for byte with their times and sidecars, and beside files of the same name', async () => {
    const [one = '', other = '', sidecar = ''] = filesOf({
      'a.jpg': 'one',
      'b.jpg': 'other',
      'A.xmp': 'said',
    })
    const target = join(tempFolder(), 'for Ann')
    const first = await save([sourceOf([other])], target, originals)
    expect(first).toMatchObject({ report: { copied: 1 }, first: join(target, 'b.jpg') })

    writeFileSync(join(target, 'A.JPG'), 'was there')
    const [file = indexed(one)] = sourceOf([one]).files
    const withSidecar = { ...file, sidecars: [{ path: sidecar, follows: 'base', ending: '.xmp' } as const] }
    const again = await save([sourceOf([], { files: [withSidecar] })], target, originals)
    expect(again.report).toEqual({ copied: 1, leftOut: 0, reasons: [], ended: { how: 'done' } })
    expect(readdirSync(target).sort()).toEqual(['A.JPG', 'a (2).jpg', 'a (2).xmp', 'b.jpg'])
    expect(content(join(target, 'A.JPG'))).toBe('was there')
    expect(content(join(target, 'a (2).jpg'))).toBe('one')
    expect(content(join(target, 'a (2).xmp'))).toBe('said')
    expect(statSync(join(target, 'a (2).jpg')).mtimeMs).toBe(1_500_000_000_250)
  })

  it('that changed since they were indexed are left out by name; a copy that did not change stands in', async () => {
    const [changed = '', same = '', lonely = ''] = filesOf({ 'a.jpg': 'x', 'copy.jpg': 'x', 'b.jpg': 'y' })
    const sources = [sourceOf([changed, same]), sourceOf([lonely]), 'Photo 3 is on a disk that is away.']
    appendFileSync(changed, ' and more')
    utimesSync(lonely, 1, 1)
    const target = tempFolder()
    const { report } = await save(sources, target, originals)
    expect(report).toMatchObject({ copied: 1, leftOut: 2, ended: { how: 'done' } })
    expect(report.reasons).toEqual([
      `${lonely} changed since it was indexed. Look for changes in its folder first.`,
      'Photo 3 is on a disk that is away.',
    ])
    expect(readdirSync(target)).toEqual(['copy.jpg'])
  })

  it.each([
    ['as they are', originals],
    ['as JPEGs', jpegs()],
  ])('that wait to be read again are given %s while they hold what they held', async (_, options) => {
    const [path = ''] = filesOf({ 'a.jpg': await placedPhoto() })
    const file = { ...indexed(path), content: contentHashOf(readFileSync(path)) }
    const target = tempFolder()
    expect((await save([sourceOf([], { files: [file] })], target, options)).report.copied).toBe(1)
    const other = { ...file, content: contentHashOf(Buffer.from('another photo')) }
    expect((await save([sourceOf([], { files: [other] })], target, options)).report.reasons).toEqual([
      `${path} changed since it was indexed. Look for changes in its folder first.`,
    ])
    expect(readdirSync(target)).toHaveLength(1)
  })

  it('get another name where one was taken meanwhile', async () => {
    const [path = ''] = filesOf({ 'a.jpg': 'x' })
    const target = tempFolder()
    const folder = await openCopyFolder(target, [], false)
    writeFileSync(join(target, 'a.jpg'), 'in between')
    await saveCopies([1], folder, originals, {
      source: () => ({ ok: true, source: sourceOf([path]) }),
      copy: (task) => copyInto(task, unsharedMemory),
      onProgress: () => {},
      signal: new AbortController().signal,
      atOnce: 1,
    })
    expect(readdirSync(target).sort()).toEqual(['a (2).jpg', 'a.jpg'])
    expect(content(join(target, 'a.jpg'))).toBe('in between')
  })
})

describe('JPEGs', () => {
  it('are upright, no larger than asked, and say what the file and the library say', async () => {
    const [path = ''] = filesOf({ 'lake.heic.JPG': await placedPhoto() })
    const target = tempFolder()
    await save([sourceOf([path])], target, { ...jpegs(), names: '{date} {name}' })
    const copy = join(target, '2019-07-14 lake.heic.jpg')
    expect(await sharp(copy).metadata()).toMatchObject({ format: 'jpeg', width: 60, height: 90 })
    expect(told(copy)).toMatchObject({
      orientation: 1,
      camera: 'Maker Camera 1',
      takenAt: '2019-07-14T18:03:22',
      position: { latitude: 60.5, longitude: 30.25 },
      keywords: ['lake'],
      rating: 4,
    })
    expect(content(copy)).toContain('By the lake')
    expect(statSync(copy).mtimeMs).toBe(1_500_000_000_250)
  })

  it.each(['without-place', 'none'] as const)('say nothing of a place with metadata %s', async (metadata) => {
    const [path = ''] = filesOf({ 'a.jpg': await placedPhoto() })
    const original = readFileSync(path)
    for (const name of [...placeNames, 'GPSLatitude']) expect(original.includes(name)).toBe(true)
    const target = tempFolder()
    await save([sourceOf([path])], target, jpegs(metadata))
    const copy = readFileSync(join(target, 'a.jpg'))
    expect(told(join(target, 'a.jpg'))).toMatchObject({
      position: null,
      camera: metadata === 'none' ? null : 'Maker Camera 1',
    })
    for (const name of [...placeNames, 'GPS', 'Photoshop 3.0']) expect(copy.includes(name)).toBe(false)
    const { exif, iptc } = await sharp(copy).metadata()
    expect(iptc).toBeUndefined()
    // The tag that points to the directory of the place, in both byte orders.
    for (const pointer of [Buffer.of(0x25, 0x88), Buffer.of(0x88, 0x25)])
      expect(exif?.includes(pointer) ?? false).toBe(false)
  })

  it('say the place and the date that a person gave, in the stead of those of the file', async () => {
    const [path = ''] = filesOf({ 'a.jpg': await placedPhoto() })
    const facts = {
      ...sourceOf([]).facts,
      takenAt: '1965-01-01T00:00:00',
      takenPrecision: 'year' as const,
      position: null,
    }
    const target = tempFolder()
    await save([sourceOf([path], { facts })], target, jpegs())
    expect(told(join(target, 'a.jpg'))).toMatchObject({
      position: null,
      takenAt: '1965-01-01T00:00:00',
      takenPrecision: 'year',
    })
  })

  it('are turned as a person turned the photo, from where the library has it upright', async () => {
    // Red at the left.
    const [path = ''] = filesOf({ 'a.png': await picture(300, 200).png().toBuffer() })
    const target = tempFolder()
    const turned = [0, 90, 180, 270].map((turn) => sourceOf([path], { turn: turn as 0, orientation: 1 }))
    await save(turned, target, { ...jpegs('none'), names: '{number}' })
    const reddest = async (name: string): Promise<string> => {
      const { data } = await sharp(join(target, name))
        .resize(3, 3, { fit: 'fill' })
        .raw()
        .toBuffer({ resolveWithObject: true })
      const sides = { left: 3, top: 1, right: 5, bottom: 7 }
      return (
        Object.entries(sides).toSorted(
          ([, one], [, other]) => (data[other * 3] ?? 0) - (data[one * 3] ?? 0),
        )[0]?.[0] ?? ''
      )
    }
    expect(await Promise.all(['1.jpg', '2.jpg', '3.jpg', '4.jpg'].map(reddest))).toEqual([
      'left',
      'top',
      'right',
      'bottom',
    ])
  })

  it('of what is no picture are left out, and nothing of them is left', async () => {
    const [path = '', good = ''] = filesOf({
      'broken.jpg': Buffer.from('ffd8ffe000104a46494600', 'hex'),
      'good.jpg': await placedPhoto(),
    })
    const target = tempFolder()
    const { report } = await save([sourceOf([path]), sourceOf([good])], target, jpegs())
    expect(report).toMatchObject({ copied: 1, leftOut: 1 })
    expect(report.reasons[0]).toContain(`${path}: The file is damaged`)
    expect(readdirSync(target)).toEqual(['good.jpg'])
  })
})

describe('when it cannot go on', () => {
  it('stops when asked, with the copies in work finished', async () => {
    const paths = filesOf({ 'a.jpg': '1', 'b.jpg': '2', 'c.jpg': '3' })
    const stop = new AbortController()
    const target = tempFolder()
    const steps: number[] = []
    const { report } = await save(
      paths.map((path) => sourceOf([path])),
      target,
      originals,
      {
        signal: stop.signal,
        onProgress: ({ done }) => {
          steps.push(done)
          if (done === 1) stop.abort()
        },
      },
    )
    expect(report).toEqual({ copied: 2, leftOut: 0, reasons: [], ended: { how: 'stopped' } })
    expect(steps).toEqual([0, 1])
    expect(readdirSync(target).sort()).toEqual(['a.jpg', 'b.jpg'])
  })

  it('says that the folder is gone, as when its disk is pulled out', async () => {
    const paths = filesOf({ 'a.jpg': '1', 'b.jpg': '2', 'c.jpg': '3' })
    const target = join(tempFolder(), 'disk')
    const { report } = await save(
      paths.map((path) => sourceOf([path])),
      target,
      originals,
      { onProgress: ({ done }) => done === 1 && renameSync(target, `${target} away`) },
    )
    expect(report).toMatchObject({
      copied: 1,
      leftOut: 0,
      ended: { how: 'failed', failure: { code: 'folder-missing' } },
    })
    expect(JSON.stringify(report.ended)).toContain(target)
    expect(readdirSync(`${target} away`)).toEqual(['a.jpg'])
  })

  it('says that the disk is full, with what was copied whole and nothing else', async (context) => {
    const target = tempFolder()
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=100k', 'tmpfs', target], { stdio: 'pipe' })
    } catch (error) {
      context.skip(`a small disk cannot be mounted here: ${String(error)}`)
    }
    onTestFinished(() => {
      execFileSync('umount', ['-l', target])
    })
    const large = Buffer.alloc(60_000, 'x')
    const paths = filesOf({ 'a.jpg': large, 'b.jpg': large, 'c.jpg': 'small' })
    const { report } = await save(
      paths.map((path) => sourceOf([path])),
      target,
      originals,
    )
    expect(report).toMatchObject({ copied: 1, ended: { how: 'failed', failure: { code: 'disk-full' } } })
    expect(readdirSync(target)).toEqual(['a.jpg'])
    expect(readFileSync(join(target, 'a.jpg'))).toEqual(large)
  })
})

describe('a folder for copies', () => {
  it('is made where the one above it is there', async () => {
    const above = tempFolder()
    expect(await openCopyFolder(join(above, 'new'), [], false)).toMatchObject({ path: join(above, 'new') })
    await expect(openCopyFolder(join(above, 'not', 'there'), [], false)).rejects.toMatchObject({
      code: 'folder-missing',
    })
    writeFileSync(join(above, 'file'), '')
    await expect(openCopyFolder(join(above, 'file'), [], false)).rejects.toMatchObject({
      code: 'folder-missing',
    })
  })

  it('within the library is asked about first, and not made before', async () => {
    const root = tempFolder()
    const inside = join(root, 'for Ann')
    await expect(openCopyFolder(inside, [root], false)).rejects.toMatchObject({ code: 'folder-in-library' })
    expect(readdirSync(root)).toEqual([])
    expect(await openCopyFolder(inside, [root], true)).toMatchObject({ path: inside })
    mkdirSync(`${root}-beside`)
    onTestFinished(() => renameSync(`${root}-beside`, join(root, 'beside')))
    expect(await openCopyFolder(`${root}-beside`, [root], false)).toMatchObject({ names: [] })
  })
})
