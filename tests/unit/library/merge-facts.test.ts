import { describe, expect, it } from 'vitest'
import type { PhotoMetadata } from '../../../electron/core/imaging/photo-reading.ts'
import { mergeFacts } from '../../../electron/core/library/photos/merge-facts.ts'
import { plainMetadata } from '../../fixtures/plain-reading.ts'

const told = (
  takenFrom: PhotoMetadata['takenFrom'],
  takenAt: string,
  takenPrecision: PhotoMetadata['takenPrecision'] = 'second',
  takenOffset: string | null = null,
): PhotoMetadata => ({ ...plainMetadata, takenAt, takenPrecision, takenOffset, takenFrom })

const file = (name: string, sidecar: PhotoMetadata | null = null, mtime = 0, folder = '/photos') => ({
  name,
  folder,
  mtime,
  sidecar,
})

const dateOf = ({ takenAt, takenPrecision, takenOffset, takenFrom }: PhotoMetadata) => [
  takenAt,
  takenPrecision,
  takenOffset,
  takenFrom,
]

describe('the date of a photo', () => {
  const shot = told('exif', '2019-07-14T18:03:22', 'second', '+02:00')
  const modified = told('modified', '2020-01-01T10:00:00')
  const noon = Date.UTC(2021, 4, 6, 12)

  it.each([
    [
      'is the sidecar’s before all others',
      shot,
      file('x.jpg', told('sidecar', '1965-01-01T00:00:00', 'year')),
      'sidecar',
      '1965-01-01T00:00:00',
    ],
    ['is that of the content before a name', shot, file('20010203.jpg'), 'exif', '2019-07-14T18:03:22'],
    [
      'is that of the name before the last change',
      modified,
      file('20010203.jpg', null, noon),
      'file-name',
      '2001-02-03T00:00:00',
    ],
    [
      'is the last change before the time of the file',
      modified,
      file('x.jpg', null, noon),
      'modified',
      '2020-01-01T10:00:00',
    ],
    [
      'is the content’s where the sidecar tells only of a change',
      shot,
      file('x.jpg', modified),
      'exif',
      '2019-07-14T18:03:22',
    ],
  ] as const)('%s', (_what, content, holder, from, at) => {
    expect(mergeFacts(content, [holder])).toMatchObject({ takenAt: at, takenFrom: from })
  })

  it('is the time of the file when nothing else tells one, and none if that is nonsense', () => {
    expect(mergeFacts(plainMetadata, [file('x.jpg', null, noon)])).toMatchObject({
      takenFrom: 'file-time',
      takenPrecision: 'second',
    })
    expect(dateOf(mergeFacts(plainMetadata, [file('x.jpg')]))).toEqual([null, null, null, null])
  })

  it('is the sidecar’s, told better by the content where that agrees', () => {
    const sameTime = told('sidecar', '2019-07-14T18:03:22')
    expect(dateOf(mergeFacts(shot, [file('x.jpg', sameTime)]))).toEqual([
      '2019-07-14T18:03:22',
      'second',
      '+02:00',
      'sidecar',
    ])
    const month = told('sidecar', '2019-07-01T00:00:00', 'month')
    expect(dateOf(mergeFacts(shot, [file('x.jpg', month)]))).toEqual([
      '2019-07-14T18:03:22',
      'second',
      '+02:00',
      'sidecar',
    ])
    const otherMonth = told('sidecar', '2019-08-01T00:00:00', 'month')
    expect(dateOf(mergeFacts(shot, [file('x.jpg', otherMonth)]))).toEqual([
      '2019-08-01T00:00:00',
      'month',
      null,
      'sidecar',
    ])
  })

  it('is that of the folder, as exact as that tells it, before the last change', () => {
    expect(dateOf(mergeFacts(modified, [file('x.jpg', null, noon, '/photos/2015 Crimea')]))).toEqual([
      '2015-01-01T00:00:00',
      'year',
      null,
      'folder-name',
    ])
    const named = file('20150712.jpg', null, noon, '/photos/2015 Crimea')
    expect(mergeFacts(modified, [named])).toMatchObject({ takenFrom: 'file-name', takenPrecision: 'day' })
  })

  it('is told by the first name that tells one', () => {
    expect(mergeFacts(plainMetadata, [file('x.jpg'), file('20010203.jpg')])).toMatchObject({
      takenFrom: 'file-name',
    })
  })
})

describe('everything else', () => {
  it('is the sidecar’s word, then the content’s; keywords are of both', () => {
    const content = {
      ...plainMetadata,
      rating: 2,
      camera: 'Canon',
      keywords: ['sea', 'dog'],
      keywordPaths: [['a', 'b']],
    }
    const sidecar = {
      ...plainMetadata,
      rating: -1,
      keywords: ['dog', 'Olga'],
      keywordPaths: [['a', 'b'], ['c']],
    }
    expect(mergeFacts(content, [file('x.jpg', sidecar)])).toMatchObject({
      rating: -1,
      camera: 'Canon',
      keywords: ['dog', 'Olga', 'sea'],
      keywordPaths: [['a', 'b'], ['c']],
    })
  })
})
