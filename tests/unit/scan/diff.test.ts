import { describe, expect, it } from 'vitest'
import type { KnownFile } from '../../../electron/core/library/files/files.ts'
import { diffFolder } from '../../../electron/core/scan/diff.ts'
import { kindByName } from '../../../electron/core/paths/file-kinds.ts'
import type { FoundFile } from '../../../electron/core/scan/walk.ts'

const file = (name: string, facts: Partial<FoundFile> = {}): FoundFile => {
  const kind = kindByName(name)
  if (kind === 'other') throw new Error(`${name} would not have been found`)
  return { name, kind, size: 10, mtime: 1, ctime: 1, elsewhere: false, ...facts }
}

const known = (id: number, name: string, facts: Partial<KnownFile> = {}): KnownFile => ({
  id,
  name,
  size: 10,
  mtime: 1,
  ctime: 1,
  state: 'done',
  kind: 'photo',
  problem: null,
  here: true,
  ...facts,
})

const sidecar = (id: number, name: string, facts: Partial<KnownFile> = {}): KnownFile =>
  known(id, name, { kind: 'sidecar', ...facts })

/** Of a file unlike those of other sizes. */
const facts = (size: number) => ({ size, mtime: size, ctime: size })

const never = (): boolean => {
  throw new Error('no file may be read')
}

describe('a folder against the library', () => {
  it('finds nothing to do, and reads nothing, when nothing changed', () => {
    const difference = diffFolder(
      [file('a.jpg'), file('noending')],
      [known(1, 'a.jpg'), known(2, 'noending')],
      never,
    )
    expect(difference).toEqual({
      added: [],
      changed: [],
      returned: [],
      missing: [],
      unchanged: 2,
      photos: 2,
      videos: 0,
      sidecars: [],
      lostSidecars: [],
      retold: [],
      rejected: [],
      dropped: [],
    })
  })

  it('has every file read again whose size or one of whose times is another', () => {
    const files = ['size', 'mtime', 'ctime', 'none'].map((what) =>
      file(`${what}.jpg`, what === 'none' ? {} : { [what]: 9 }),
    )
    const before = files.map(({ name }, at) => known(at + 1, name))
    expect(diffFolder(files, before, never).changed).toEqual([
      { id: 1, file: { name: 'size.jpg', size: 9, mtime: 1, ctime: 1 } },
      { id: 2, file: { name: 'mtime.jpg', size: 10, mtime: 9, ctime: 1 } },
      { id: 3, file: { name: 'ctime.jpg', size: 10, mtime: 1, ctime: 9 } },
    ])
  })

  it('does not count as unchanged what still waits to be looked at', () => {
    const waiting = known(1, 'a.jpg', { state: 'pending' })
    expect(diffFolder([file('a.jpg')], [waiting], never)).toMatchObject({
      photos: 1,
      unchanged: 0,
      changed: [],
    })
  })

  it('keeps composed and decomposed names apart', () => {
    const difference = diffFolder([file('cafe\u0301.jpg')], [known(1, 'café.jpg')], never)
    expect(difference.added.map(({ name }) => name)).toEqual(['cafe\u0301.jpg'])
    expect(difference.missing.map(({ id }) => id)).toEqual([1])
  })

  it('welcomes back what was gone', () => {
    expect(diffFolder([file('a.jpg')], [known(1, 'a.jpg', { here: false })], never).returned).toEqual([1])
  })

  it('does not report the same loss twice', () => {
    expect(diffFolder([], [known(1, 'a.jpg', { here: false })], never).missing).toEqual([])
  })

  it('tries again what may be over, and leaves alone what stays as it is', () => {
    const difference = diffFolder(
      [file('busy.jpg'), file('bad.jpg'), file('cloud.jpg', { elsewhere: true }), file('came.jpg')],
      [
        known(1, 'busy.jpg', { state: 'failed', problem: 'in-use' }),
        known(2, 'bad.jpg', { state: 'failed', problem: 'damaged' }),
        // To try what is still in the cloud would download it.
        known(3, 'cloud.jpg', { state: 'failed', problem: 'not-downloaded' }),
        known(4, 'came.jpg', { state: 'failed', problem: 'not-downloaded' }),
      ],
      never,
    )
    expect(difference.changed.map(({ id }) => id)).toEqual([1, 4])
    expect(difference.unchanged).toBe(2)
  })

  it('looks into files whose name says nothing, unless that would download them', () => {
    const asked: string[] = []
    const files = [file('scan'), file('letter'), file('cloud', { elsewhere: true })]
    const difference = diffFolder(files, [], (name) => {
      asked.push(name)
      return name === 'scan'
    })
    expect(asked).toEqual(['scan', 'letter'])
    expect(difference.added.map(({ name }) => name)).toEqual(['scan'])
  })

  it('takes every picture for a photo, and a clip for a part of the photo it is named like', () => {
    const files = ['a.jpg', 'a.nef', 'b.heic', 'b.mov', 'c.mp4'].map((name) => file(name))
    const difference = diffFolder(files, [], never)
    expect([difference.photos, difference.videos]).toEqual([3, 1])
    expect(difference.added.map(({ name }) => name)).toEqual(['a.jpg', 'a.nef', 'b.heic'])
  })

  it('opens no rejected file again unless it changed, and forgets those that are gone', () => {
    const files = ['same', 'grown', 'newer', 'written'].map((name) =>
      file(name, name === 'same' ? {} : name === 'newer' ? { mtime: 2 } : { size: 20 }),
    )
    const before = ['same', 'grown', 'newer', 'gone'].map((name, at) =>
      known(at + 1, name, { kind: 'rejected' }),
    )
    const opened: string[] = []
    const difference = diffFolder(files, before, (name) => {
      opened.push(name)
      return name === 'grown'
    })
    expect(opened).toEqual(['grown', 'newer', 'written'])
    expect(difference.added.map(({ name }) => name)).toEqual(['grown'])
    expect(difference.rejected.map(({ name }) => name)).toEqual(['newer', 'written'])
    expect(difference.dropped).toEqual([4])
    expect([difference.photos, difference.unchanged, difference.missing]).toEqual([1, 0, []])
  })

  it('leaves files that traded names to their content, in the folder as anywhere', () => {
    const before = [11, 12, 13].map((size, at) => known(at + 1, `${at}.jpg`, facts(size)))
    const difference = diffFolder(
      [12, 11, 13].map((size, at) => file(`${at}.jpg`, facts(size))),
      before,
      never,
    )
    expect(difference.changed.map(({ id, file: { name, size } }) => [id, name, size])).toEqual([
      [1, '0.jpg', 12],
      [2, '1.jpg', 11],
    ])
    expect([difference.added, difference.missing, difference.unchanged]).toEqual([[], [], 1])
    expect(diffFolder([file('9.jpg', facts(11))], [known(1, '1.jpg', facts(11))], never)).toMatchObject({
      changed: [],
      added: [{ name: '9.jpg' }],
      missing: [{ id: 1 }],
    })
  })
})

describe('sidecars of a folder against the library', () => {
  it('are files like others: as they were, they are nothing to do', () => {
    const before = [known(1, 'a.jpg'), sidecar(2, 'A.xmp'), sidecar(3, 'of nothing.xmp')]
    const files = ['a.jpg', 'A.xmp', 'of nothing.xmp'].map((name) => file(name))
    expect(diffFolder(files, before, never)).toMatchObject({
      added: [],
      missing: [],
      dropped: [],
      sidecars: [],
      lostSidecars: [],
      retold: [],
      unchanged: 1,
      photos: 1,
    })
  })

  it.each([
    ['new', [], file('A.JPG.XMP')],
    ['changed', [sidecar(9, 'A.JPG.XMP')], file('A.JPG.XMP', { size: 11 })],
    ['touched', [sidecar(9, 'A.JPG.XMP')], file('A.JPG.XMP', { ctime: 2 })],
    ['back', [sidecar(9, 'A.JPG.XMP', { here: false })], file('A.JPG.XMP')],
  ])('that are %s have the photos beside them read again', (_, before, found) => {
    const photos = [known(1, 'a.jpg'), known(2, 'a.nef'), known(3, 'b.jpg')]
    const files = ['a.jpg', 'a.nef', 'b.jpg'].map((name) => file(name))
    const difference = diffFolder([...files, found], [...photos, ...before], never)
    expect(difference.sidecars.map(({ name }) => name)).toEqual(['A.JPG.XMP'])
    expect(difference).toMatchObject({ retold: [1], unchanged: 2, photos: 3 })
  })

  it('named like a shot tell of each of its files', () => {
    const photos = ['a.jpg', 'a.nef', 'ab.jpg'].map((name, at) => known(at + 1, name))
    const files = ['a.jpg', 'a.nef', 'ab.jpg', 'a.xmp'].map((name) => file(name))
    expect(diffFolder(files, photos, never)).toMatchObject({ retold: [1, 2], unchanged: 1 })
  })

  it('that are gone are named, and what they told of is no longer unchanged', () => {
    const difference = diffFolder([file('a.jpg')], [known(1, 'a.jpg'), sidecar(2, 'a.xmp')], never)
    expect(difference.lostSidecars.map(({ id }) => id)).toEqual([2])
    // Their disk may be away: that is seen at the end of the scan.
    expect(difference).toMatchObject({ retold: [], missing: [], dropped: [], unchanged: 0 })
  })

  it('are not downloaded', () => {
    const before = [known(1, 'a.jpg'), sidecar(2, 'a.xmp')]
    const files = [file('a.jpg'), file('a.xmp', { elsewhere: true, ctime: 5 })]
    expect(diffFolder(files, before, never)).toMatchObject({ sidecars: [], lostSidecars: [], unchanged: 1 })
  })
})
