import { describe, expect, it } from 'vitest'
import { groupPictures, type ComparedPhoto } from '../../../electron/core/alike/groups.ts'
import type { LikePair } from '../../../electron/core/library/photos/like-pairs.ts'

const photo = (id: number, given: Partial<ComparedPhoto> = {}): ComparedPhoto => ({
  id,
  width: 4000,
  height: 3000,
  bytes: 4_000_000,
  format: 'jpeg',
  takenAt: null,
  liked: 0,
  ...given,
})

const pair = (one: number, other: number, mirrored = false): LikePair => ({ one, other, mirrored })

const groups = (
  photos: readonly ComparedPhoto[],
  pairs: readonly LikePair[],
): ReturnType<typeof groupPictures> => groupPictures(new Map(photos.map((each) => [each.id, each])), pairs)

describe('photos of one picture', () => {
  it('are grouped around the largest, and told by what was done to them', () => {
    const photos = [
      photo(1, { width: 1000, height: 750, bytes: 200_000 }),
      photo(2),
      photo(3, { bytes: 900_000 }),
      photo(4, { width: 3000, height: 3000 }),
      photo(5, { format: 'png', bytes: 20_000_000, width: 2000, height: 1500 }),
      photo(6),
      photo(7),
    ]
    const pairs = [pair(1, 2), pair(2, 3), pair(2, 4), pair(2, 5), pair(2, 6, true), pair(2, 7)]
    expect(groups(photos, pairs)).toEqual([
      {
        kind: 'same',
        keeper: 2,
        reason: 'first',
        photos: [
          { id: 2, changes: [] },
          { id: 6, changes: ['mirrored'] },
          { id: 7, changes: ['edited'] },
          { id: 3, changes: ['compressed'] },
          { id: 4, changes: ['cropped'] },
          { id: 5, changes: ['smaller', 'format'] },
          { id: 1, changes: ['smaller'] },
        ],
      },
    ])
  })

  it.each([
    ['pixels', photo(1), photo(2, { width: 1000, height: 750 })],
    ['bytes', photo(1), photo(2, { bytes: 3_900_000 })],
    ['first', photo(1), photo(2)],
  ] as const)('are kept for their %s', (reason, one, other) => {
    expect(groups([other, one], [pair(1, 2)])).toMatchObject([{ keeper: 1, reason }])
  })

  it('are not handed on: what is only like one that is not kept stands apart', () => {
    const photos = [photo(1, { width: 6000 }), photo(2, { width: 5000 }), photo(3), photo(4, { width: 2000 })]
    const found = groups(photos, [pair(1, 2), pair(2, 3), pair(3, 4)])
    expect(found.map(({ photos: all }) => all.map(({ id }) => id))).toEqual([
      [1, 2],
      [3, 4],
    ])
  })

  it('may be of the same time, or of times that are not known', () => {
    const found = groups(
      [photo(1, { takenAt: 100 }), photo(2, { takenAt: 100 }), photo(3)],
      [pair(1, 2), pair(1, 3)],
    )
    expect(found).toMatchObject([{ kind: 'same', photos: [{ id: 1 }, { id: 2 }, { id: 3 }] }])
  })
})

describe('bursts', () => {
  it('are photos taken seconds apart, in the order of time after the one to be kept', () => {
    const photos = [1, 2, 3, 4].map((id) =>
      photo(id, { takenAt: 1000 + id * 2, bytes: id === 3 ? 5e6 : 4e6 }),
    )
    expect(groups(photos, [pair(1, 2), pair(2, 3), pair(3, 4)])).toEqual([
      {
        kind: 'burst',
        keeper: 3,
        reason: 'bytes',
        photos: [3, 1, 2, 4].map((id) => ({ id, changes: [] })),
      },
    ])
  })

  it('are kept by what the person likes', () => {
    const photos = [photo(1, { takenAt: 1, bytes: 9e6 }), photo(2, { takenAt: 3, liked: 4 })]
    expect(groups(photos, [pair(1, 2)])).toMatchObject([{ kind: 'burst', keeper: 2, reason: 'liked' }])
  })

  it('end after two minutes', () => {
    const photos = [photo(1, { takenAt: 0 }), photo(2, { takenAt: 121 })]
    expect(groups(photos, [pair(1, 2)])).toMatchObject([{ kind: 'same' }])
  })

  it('leave out what is a copy of one of them', () => {
    const photos = [
      photo(1, { takenAt: 1 }),
      photo(2, { takenAt: 3 }),
      photo(3, { takenAt: 3, width: 1000, height: 750 }),
    ]
    const found = groups(photos, [pair(1, 2), pair(1, 3), pair(2, 3)])
    expect(found.map(({ kind, photos: all }) => [kind, all.map(({ id }) => id)])).toEqual([
      ['same', [2, 3]],
      ['burst', [1, 2]],
    ])
  })
})
