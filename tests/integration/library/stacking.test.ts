import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KartotekaError } from '../../../electron/core/contract/failure.ts'
import { decide } from '../../../electron/core/library/decisions/decisions.ts'
import { say } from '../../../electron/core/library/decisions/person-facts.ts'
import { bestToStand, stackPhotos, unstackPhotos } from '../../../electron/core/library/decisions/stacking.ts'
import { redo, undo } from '../../../electron/core/library/decisions/undo.ts'
import { markMissing, setPresence } from '../../../electron/core/library/files/files.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import { refreshAllPhotos } from '../../../electron/core/library/photos/refresh.ts'
import { standsFor } from '../../../electron/core/library/photos/stacked.ts'
import { listRoots, removeRoot, settleRoots } from '../../../electron/core/library/roots/roots.ts'
import {
  addPhoto,
  derivedFaults,
  fileIdAt,
  findingsOf,
  hashOf,
  photoAt,
  taggingOf,
  tempLibrary,
} from '../../fixtures/temp-library.ts'

const add = (library: Library, number: number, format: 'jpeg' | 'raw' = 'jpeg'): number =>
  addPhoto(library, {
    path: `/photos/${number}.${format === 'raw' ? 'dng' : 'jpg'}`,
    reading: {
      contentHash: hashOf(format === 'raw' ? 100 + number : number),
      format,
      metadata: { takenAt: `2019-07-14T18:03:${10 + 3 * number}`, camera: 'Canon' },
    },
    tagging: taggingOf(10 * number),
  })

/** Four photos, seconds apart; the first two with their raw files. */
function photosIn(library: Library): number[] {
  const photos = [1, 2, 3, 4].map((number) => add(library, number))
  for (const number of [1, 2]) add(library, number, 'raw')
  return photos
}

const missing = (library: Library, name: string): void => {
  markMissing(library, [fileIdAt(library, `/photos/${name}`)])
}

/** What people see: who is on the wall, for whom, and what it is found by. */
function seenIn(library: Library): unknown {
  expect(derivedFaults(library)).toEqual([])
  return library.db
    .prepare<[], number>('SELECT id FROM photo WHERE visible = 1 ORDER BY id')
    .pluck()
    .all()
    .map((id) => ({ id, behind: standsFor(library, id), found: findingsOf(library, id) }))
}

/** What is refused changes nothing. */
function attempt(work: () => unknown): void {
  try {
    work()
  } catch (error) {
    if (!(error instanceof KartotekaError)) throw error
  }
}

const wallOf = (library: Library): number[] => {
  expect(derivedFaults(library)).toEqual([])
  return library.db.prepare<[], number>('SELECT id FROM photo WHERE visible = 1 ORDER BY id').pluck().all()
}

describe('a stack', () => {
  it('shows the photo that was chosen, found by what is seen in any of them, and comes apart again', () => {
    const library = tempLibrary()
    const [first = 0, second = 0, third = 0, fourth = 0] = photosIn(library)
    const before = seenIn(library)
    expect(stackPhotos(library, second, [first, third])).toBe(3)
    expect(stackPhotos(library, second, [first])).toBe(0)
    expect(wallOf(library)).toEqual([second, fourth])
    expect(standsFor(library, second)).toEqual([first, third])
    expect(Object.keys(findingsOf(library, second))).toEqual(expect.arrayContaining(['10', '20', '30', '31']))
    const stacked = seenIn(library)
    undo(library)
    expect(seenIn(library)).toEqual(before)
    redo(library)
    expect(seenIn(library)).toEqual(stacked)
    expect(unstackPhotos(library, [second])).toBe(3)
    expect(seenIn(library)).toEqual(before)
  })

  it('is found by what a person says later of a photo behind, but not by what they took from the one in front', () => {
    const library = tempLibrary()
    const [first = 0, second = 0] = photosIn(library)
    stackPhotos(library, first, [second])
    decide(library, [second], 500, 'added')
    expect(findingsOf(library, first)).toHaveProperty('500')
    decide(library, [first], 20, 'removed')
    expect(findingsOf(library, first)).not.toHaveProperty('20')
    expect(derivedFaults(library)).toEqual([])
  })

  it('lets one photo go, takes in another stack, and has another in front', () => {
    const library = tempLibrary()
    const [first = 0, second = 0, third = 0, fourth = 0] = photosIn(library)
    stackPhotos(library, first, [second])
    stackPhotos(library, third, [fourth])
    expect(stackPhotos(library, first, [third])).toBe(4)
    expect(wallOf(library)).toEqual([first])
    expect(unstackPhotos(library, [second])).toBe(1)
    expect(wallOf(library)).toEqual([first, second])
    expect(stackPhotos(library, fourth, [first])).toBe(3)
    expect(wallOf(library)).toEqual([second, fourth])
    expect(unstackPhotos(library, [first, third])).toBe(3)
    expect(wallOf(library)).toEqual([first, second, third, fourth])
  })

  it('has another in front while no file holds the one that was chosen, and survives renaming and reading again', async () => {
    const library = tempLibrary()
    const [first = 0, second = 0, third = 0] = photosIn(library)
    stackPhotos(library, first, [second, third])
    const stacked = seenIn(library)
    missing(library, '1.jpg')
    missing(library, '1.dng')
    expect(standsFor(library, second)).toEqual([third])
    // The same content under another name.
    addPhoto(library, {
      path: '/photos/trip/renamed.jpg',
      reading: {
        contentHash: hashOf(1),
        metadata: { takenAt: '2019-07-14T18:03:13', camera: 'Canon' },
      },
      tagging: taggingOf(10),
    })
    expect(photoAt(library, '/photos/trip/renamed.jpg')).toBe(first)
    setPresence(library, [fileIdAt(library, '/photos/1.dng')], 'here')
    missing(library, '1.dng')
    await refreshAllPhotos(library)
    expect(seenIn(library)).toEqual(stacked)
    missing(library, '2.jpg')
    missing(library, '3.jpg')
    missing(library, '2.dng')
    expect(standsFor(library, first)).toEqual([])
    expect(derivedFaults(library)).toEqual([])
  })

  it('is no more when its folder is forgotten', async () => {
    const library = tempLibrary()
    const [first = 0, second = 0] = photosIn(library)
    stackPhotos(library, first, [second])
    const [root] = listRoots(library)
    removeRoot(library, root?.id ?? 0, false)
    await settleRoots(library)
    expect(library.db.prepare('SELECT count(*) FROM stacked').pluck().get()).toBe(0)
  })

  it('has the best in front where nobody chose: the most stars, then the largest, then the first', () => {
    const library = tempLibrary()
    const [first = 0, second = 0, third = 0] = photosIn(library)
    expect(bestToStand(library, [third, second, first])).toBe(first)
    say(library, [third], { field: 'rating', value: 2 })
    expect(bestToStand(library, [first, second, third])).toBe(third)
    expect(bestToStand(library, [999])).toBe(0)
  })

  it('needs two photos', () => {
    const library = tempLibrary()
    const [first = 0] = photosIn(library)
    expect(() => stackPhotos(library, first, [first])).toThrow('no longer')
    expect(() => stackPhotos(library, 999, [first])).toThrow('no longer')
    expect(unstackPhotos(library, [first])).toBe(0)
  })

  it('leaves nothing behind when all that was done is taken back', () => {
    const some = fc.uniqueArray(fc.nat(3), { minLength: 1, maxLength: 4 })
    const step = fc.oneof(
      fc.record({ does: fc.constant('stack' as const), photos: some }),
      fc.record({ does: fc.constant('unstack' as const), photos: some }),
      fc.record({ does: fc.constant('undo' as const) }),
      fc.record({ does: fc.constant('redo' as const) }),
      fc.record({
        does: fc.constant('away' as const),
        name: fc.constantFrom('1.jpg', '2.jpg', '3.jpg', '2.dng'),
      }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const library = tempLibrary()
        const photos = photosIn(library)
        const before = seenIn(library)
        const away = new Set<string>()
        for (const each of steps) {
          const ids = 'photos' in each ? each.photos.map((at) => photos[at] ?? 0) : []
          if (each.does === 'stack') attempt(() => stackPhotos(library, ids[0] ?? 0, ids))
          else if (each.does === 'unstack') unstackPhotos(library, ids)
          else if (each.does === 'undo') attempt(() => undo(library))
          else if (each.does === 'redo') attempt(() => redo(library))
          else {
            const fileId = fileIdAt(library, `/photos/${each.name}`)
            setPresence(library, [fileId], away.has(each.name) ? 'here' : 'missing')
            if (!away.delete(each.name)) away.add(each.name)
          }
          expect(derivedFaults(library)).toEqual([])
        }
        setPresence(
          library,
          [...away].map((name) => fileIdAt(library, `/photos/${name}`)),
          'here',
        )
        for (let left = true; left;) {
          try {
            undo(library)
          } catch {
            left = false
          }
        }
        expect(seenIn(library)).toEqual(before)
      }),
      { numRuns: 25 },
    )
  })
})
