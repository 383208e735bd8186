import { describe, expect, it } from 'vitest'
import { decide, decisionsOf } from '../../../electron/core/library/decisions/decisions.ts'
import { distinctPairs, sayDistinct } from '../../../electron/core/library/decisions/distinct-pairs.ts'
import { makeAlbum, putInAlbum, albumTerm } from '../../../electron/core/library/decisions/albums.ts'
import { keepOne } from '../../../electron/core/library/decisions/keep-one.ts'
import { say } from '../../../electron/core/library/decisions/person-facts.ts'
import { redo, undo } from '../../../electron/core/library/decisions/undo.ts'
import { readPhoto } from '../../../electron/core/library/photos/details.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import { saidFacts } from '../../../electron/core/library/photos/said-facts.ts'
import { addPhoto, hashOf, tempLibrary } from '../../fixtures/temp-library.ts'

/** Photos of one picture. */
function photosIn(library: Library, count: number, rating: number | null = null): number[] {
  return Array.from({ length: count }, (_, at) =>
    addPhoto(library, {
      path: `/photos/${at + 1}.jpg`,
      reading: { contentHash: hashOf(at + 1), metadata: at === 1 ? { rating } : {} },
    }),
  )
}

const stateOf = (library: Library, ids: readonly number[]): unknown =>
  ids.map((id) => ({
    said: saidFacts(library, id),
    rating: readPhoto(library, id)?.rating ?? null,
    decisions: decisionsOf(library, id),
  }))

describe('keeping one photo of a picture', () => {
  it('hides the others and gives it their labels, albums, stars and words, as one step back and forth', () => {
    const library = tempLibrary()
    const ids = photosIn(library, 3)
    const [kept = 0, second = 0, third = 0] = ids
    const album = makeAlbum(library, 'Rome', [second])
    decide(library, [third], 207, 'confirmed')
    say(library, [second], { field: 'rating', value: 4 })
    say(library, [third], { field: 'title', value: 'At the fountain' })
    say(library, [third], { field: 'turn', value: 90 })
    const before = stateOf(library, ids)
    expect(keepOne(library, kept, [second, third])).toBe(2)
    const after = stateOf(library, ids)
    expect(saidFacts(library, kept)).toEqual({ rating: 4, title: 'At the fountain' })
    expect(decisionsOf(library, kept)).toEqual([
      { term: 207, verdict: 'confirmed' },
      { term: albumTerm(album), verdict: 'added' },
    ])
    expect([second, third].map((id) => saidFacts(library, id).hidden)).toEqual([true, true])
    undo(library)
    expect(stateOf(library, ids)).toEqual(before)
    redo(library)
    expect(stateOf(library, ids)).toEqual(after)
  })

  it('takes stars that only a file gives, unless the kept one has some', () => {
    const library = tempLibrary()
    const [kept = 0, second = 0] = photosIn(library, 2, 5)
    keepOne(library, kept, [second])
    expect(readPhoto(library, kept)?.rating).toBe(5)
    undo(library)
    say(library, [kept], { field: 'rating', value: 2 })
    keepOne(library, kept, [second])
    expect(readPhoto(library, kept)?.rating).toBe(2)
  })

  it('leaves what was hidden before as it is', () => {
    const library = tempLibrary()
    const [kept = 0, second = 0] = photosIn(library, 2)
    say(library, [second], { field: 'hidden', value: true })
    expect(keepOne(library, kept, [second])).toBe(0)
    undo(library)
    expect(saidFacts(library, second).hidden).toBe(true)
  })

  it('is refused for photos that are gone', () => {
    const library = tempLibrary()
    const [kept = 0] = photosIn(library, 1)
    expect(() => keepOne(library, kept, [999])).toThrow('no longer')
    expect(() => keepOne(library, 999, [kept])).toThrow('no longer')
    expect(() => keepOne(library, kept, [kept])).toThrow('no longer')
  })

  it('leaves photos that are in an album of the kept one as they stand there', () => {
    const library = tempLibrary()
    const [kept = 0, second = 0] = photosIn(library, 2)
    const album = makeAlbum(library, 'Rome', [kept])
    putInAlbum(library, album, [second], true)
    keepOne(library, kept, [second])
    expect(decisionsOf(library, kept)).toEqual([{ term: albumTerm(album), verdict: 'added' }])
  })
})

describe('photos that are not the same', () => {
  it('are so in pairs, however they are named, and can be taken back', () => {
    const library = tempLibrary()
    const [first = 0, second = 0, third = 0] = photosIn(library, 3)
    expect(sayDistinct(library, [third, first, second, third])).toBe(3)
    const pairs = [
      { photoId: first, otherId: second },
      { photoId: first, otherId: third },
      { photoId: second, otherId: third },
    ]
    expect(distinctPairs(library)).toEqual(pairs)
    expect(sayDistinct(library, [first, second])).toBe(0)
    undo(library)
    expect(distinctPairs(library)).toEqual([])
    redo(library)
    expect(distinctPairs(library)).toEqual(pairs)
  })

  it('are two at least', () => {
    const library = tempLibrary()
    const [first = 0] = photosIn(library, 1)
    expect(() => sayDistinct(library, [first, first])).toThrow('Fewer than two')
  })
})
