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
  kind: null,
  here: true,
  companionOf: null,
  ...facts,
})

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
      touched: [],
      returned: [],
      missing: [],
      paired: [],
      unchanged: 2,
      photos: 2,
      videos: 0,
      exchanged: [],
      displaced: [],
      strangers: [],
      noStrangers: [],
    })
  })

  it('tells a new content from a new entry', () => {
    const files = [file('a.jpg', { size: 11 }), file('b.jpg', { mtime: 0 }), file('c.jpg', { ctime: 2 })]
    const difference = diffFolder(files, [known(1, 'a.jpg'), known(2, 'b.jpg'), known(3, 'c.jpg')], never)
    expect(difference.changed.map(({ id }) => id)).toEqual([1, 2])
    expect(difference.touched.map(({ id }) => id)).toEqual([3])
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
      [file('busy.jpg'), file('bad.jpg')],
      [
        known(1, 'busy.jpg', { state: 'failed', kind: 'in-use' }),
        known(2, 'bad.jpg', { state: 'failed', kind: 'damaged' }),
      ],
      never,
    )
    expect(difference.changed.map(({ id }) => id)).toEqual([1])
    expect(difference.unchanged).toBe(1)
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

  it('counts a RAW file and its JPEG as one photo, and a clip as part of its photo', () => {
    const files = ['a.jpg', 'a.nef', 'b.heic', 'b.mov', 'c.mp4'].map((name) => file(name))
    const difference = diffFolder(files, [], never)
    expect(difference.photos).toBe(2)
    expect(difference.videos).toBe(1)
    expect(difference.added.map(({ name, cover }) => [name, cover])).toEqual([
      ['a.jpg', null],
      ['a.nef', 'a.jpg'],
      ['b.heic', null],
    ])
  })

  it('notices when a pair forms and when it breaks', () => {
    const raw = known(1, 'a.nef')
    const formed = diffFolder([file('a.nef'), file('a.jpg')], [raw], never)
    expect(formed.paired).toEqual([{ id: 1, cover: 'a.jpg' }])
    const broken = diffFolder([file('a.nef')], [{ ...raw, companionOf: 2 }, known(2, 'a.jpg')], never)
    expect(broken.paired).toEqual([{ id: 1, cover: null }])
    const kept = diffFolder(
      [file('a.nef'), file('a.jpg')],
      [{ ...raw, companionOf: 2 }, known(2, 'a.jpg')],
      never,
    )
    expect(kept.paired).toEqual([])
  })

  it('opens no file again that was none of ours, unless it changed', () => {
    const files = ['same', 'grown', 'written'].map((name) => file(name, name === 'same' ? {} : { size: 20 }))
    const strangers = ['same', 'grown', 'gone'].map((name) => ({ name, size: 10, mtime: 1 }))
    const opened: string[] = []
    const difference = diffFolder(
      files,
      [],
      (name) => {
        opened.push(name)
        return name === 'grown'
      },
      strangers,
    )
    expect(opened).toEqual(['grown', 'written'])
    expect(difference.added.map(({ name }) => name)).toEqual(['grown'])
    expect(difference.strangers).toEqual([{ name: 'written', size: 20, mtime: 1 }])
    expect(difference.noStrangers).toEqual(['grown', 'gone'])
  })

  it('does not hide a RAW file behind a JPEG that could not be read, as long as that stays as it is', () => {
    const broken = known(1, 'a.jpg', { state: 'failed', kind: 'damaged' })
    const raw = known(2, 'a.nef', { companionOf: 1 })
    const files = [file('a.jpg'), file('a.nef')]
    expect(diffFolder(files, [broken, raw], never).paired).toEqual([{ id: 2, cover: null }])
    const alone = { ...raw, companionOf: null }
    expect(diffFolder(files, [broken, alone], never).paired).toEqual([])
    expect(diffFolder([file('a.jpg', { size: 11 }), file('a.nef')], [broken, alone], never).paired).toEqual([
      { id: 2, cover: 'a.jpg' },
    ])
    const locked = known(1, 'a.jpg', { state: 'failed', kind: 'in-use' })
    expect(diffFolder(files, [locked, raw], never).paired).toEqual([])
  })
})

const facts = (size: number): Pick<FoundFile, 'size' | 'mtime' | 'ctime'> => ({
  size,
  mtime: size,
  ctime: size,
})

describe('files that traded names', () => {
  const photos = [11, 12, 13, 14].map((size, at) => known(at + 1, `${at}.jpg`, facts(size)))
  const nowAt = (sizes: readonly number[]) => {
    const files = sizes.map((size, at) => file(`${at}.jpg`, facts(size)))
    const { exchanged, displaced, added, changed, missing } = diffFolder(files, photos, never)
    return {
      exchanged: exchanged.map(({ id, file: { name } }) => `${id} ${name}`).toSorted(),
      changed: changed.map(({ id }) => id),
      displaced,
      added: added.map(({ name }) => name),
      missing: missing.map(({ id }) => id),
    }
  }
  const none = { exchanged: [], changed: [], displaced: [], added: [], missing: [] }

  it('are followed round every ring', () => {
    expect(nowAt([12, 11, 13, 14])).toEqual({ ...none, exchanged: ['1 1.jpg', '2 0.jpg'] })
    expect(nowAt([12, 13, 11, 14])).toEqual({ ...none, exchanged: ['1 2.jpg', '2 0.jpg', '3 1.jpg'] })
    expect(nowAt([12, 11, 14, 13]).exchanged).toEqual(['1 1.jpg', '2 0.jpg', '3 3.jpg', '4 2.jpg'])
  })

  it('are followed along every chain, to a name that was free or from one that nobody has', () => {
    const shifted = { exchanged: ['2 2.jpg', '3 3.jpg', '4 4.jpg'], displaced: [] }
    expect(nowAt([11, 15, 12, 13, 14])).toEqual({ ...none, ...shifted, added: ['1.jpg'] })
    expect(nowAt([12, 13, 14])).toEqual({
      ...none,
      exchanged: ['2 0.jpg', '3 1.jpg', '4 2.jpg'],
      displaced: [1],
    })
  })

  it('leave a new file, or a photo whose file is nowhere, where a chain ends', () => {
    expect(nowAt([12, 15, 13, 14])).toEqual({
      ...none,
      exchanged: ['2 0.jpg'],
      displaced: [1],
      added: ['1.jpg'],
    })
  })

  it('are left to the content where only one name was used again by nobody known, or it could be another', () => {
    expect(nowAt([12, 12, 13, 14])).toEqual({ ...none, changed: [1] })
    expect(nowAt([15, 16, 13, 14])).toEqual({ ...none, changed: [1, 2] })
    expect(nowAt([11, 12, 13, 15, 14])).toEqual({ ...none, exchanged: ['4 4.jpg'], added: ['3.jpg'] })
  })

  it('are left to the content when a name was free, as that finds them in any folder', () => {
    expect(diffFolder([file('9.jpg', facts(11))], [known(1, '1.jpg', facts(11))], never)).toMatchObject({
      exchanged: [],
      added: [{ name: '9.jpg' }],
      missing: [{ id: 1 }],
    })
  })
})
