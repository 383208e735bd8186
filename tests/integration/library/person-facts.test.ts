import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { personFields, type PersonFact } from '../../../electron/core/contract/person-facts.ts'
import { isCherished } from '../../../electron/core/library/decisions/cherished.ts'
import { decide } from '../../../electron/core/library/decisions/decisions.ts'
import { decideByName } from '../../../electron/core/library/decisions/own-labels.ts'
import { say, sayOfEach } from '../../../electron/core/library/decisions/person-facts.ts'
import { redo, undo } from '../../../electron/core/library/decisions/undo.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import { readPhoto } from '../../../electron/core/library/photos/details.ts'
import { settleFormerPhotos } from '../../../electron/core/library/photos/former.ts'
import { storeResults } from '../../../electron/core/library/photos/store-results.ts'
import {
  addFile,
  addPhoto,
  derivedFaults,
  fileIdAt,
  hashOf,
  photoAt,
  readingOf,
  someModel,
  taggingOf,
  tempLibrary,
} from '../../fixtures/temp-library.ts'

const path = '/photos/a.jpg'
const metadata = {
  takenAt: '2019-07-14T18:03:22',
  rating: 2,
  position: { latitude: 55.75, longitude: 37.62 },
}
const inParis = { latitude: 48.86, longitude: 2.35 }

const libraryWithPhoto = (): { library: Library; id: number } => {
  const library = tempLibrary()
  return { library, id: addPhoto(library, { path, reading: { metadata } }) }
}

/** Everything of all photos, and what was said. */
const allOf = ({ db }: Library): unknown[] => [
  db.prepare('SELECT * FROM photo ORDER BY id').all(),
  db.prepare('SELECT photo_id, field, value FROM person_fact ORDER BY photo_id, field').all(),
  db.prepare('SELECT photo_id, term, verdict FROM decision ORDER BY photo_id, term').all(),
  db.prepare('SELECT * FROM content_facts ORDER BY photo_id').all(),
  db.prepare('SELECT * FROM index_entry ORDER BY photo_id, term').all(),
]

describe('what a person says', () => {
  it('outranks the file, and what the file says comes back with it taken back', () => {
    const { library, id } = libraryWithPhoto()
    const before = readPhoto(library, id)
    say(library, [id], { field: 'rating', value: 5 })
    say(library, [id], {
      field: 'taken',
      value: { at: '1965-01-01T00:00:00', precision: 'year', offset: null },
    })
    say(library, [id], { field: 'position', value: inParis })
    expect(readPhoto(library, id)).toMatchObject({
      rating: 5,
      takenAt: '1965-01-01T00:00:00',
      takenPrecision: 'year',
      takenFrom: 'person',
      position: inParis,
    })
    expect(readPhoto(library, id)?.inFiles).toMatchObject(metadata)
    expect(derivedFaults(library)).toEqual([])
    for (const field of personFields) say(library, [id], { field, value: null })
    expect(readPhoto(library, id)).toEqual(before)
    expect(derivedFaults(library)).toEqual([])
  })

  it('may be that there are no stars, and that there is no place', () => {
    const { library, id } = libraryWithPhoto()
    say(library, [id], { field: 'rating', value: 0 })
    say(library, [id], { field: 'position', value: 'none' })
    expect(readPhoto(library, id)).toMatchObject({ rating: 0, position: null, place: null })
  })

  it('stays when the file is read again and says something else', () => {
    const { library, id } = libraryWithPhoto()
    say(library, [id], { field: 'rating', value: 5 })
    const { facts } = readingOf({ metadata: { ...metadata, rating: 1 } })
    storeResults(
      library,
      [{ kind: 'known', fileId: fileIdAt(library, path), contentHash: hashOf(1), facts }],
      someModel,
    )
    expect(readPhoto(library, id)?.rating).toBe(5)
    say(library, [id], { field: 'rating', value: null })
    expect(readPhoto(library, id)?.rating).toBe(1)
  })

  it('is of many photos at once, of each its own, and one step of the history', () => {
    const library = tempLibrary()
    const ids = [1, 2, 3].map((at) =>
      addPhoto(library, { path: `/photos/${at}.jpg`, reading: { contentHash: hashOf(at) } }),
    )
    expect(say(library, [...ids, 99_999], { field: 'favourite', value: true })).toBe(3)
    expect(say(library, ids, { field: 'favourite', value: true })).toBe(0)
    expect(sayOfEach(library, 'title', new Map(ids.map((id) => [id, `Photo ${id}`])))).toBe(3)
    expect(ids.map((id) => readPhoto(library, id)?.said)).toEqual(
      ids.map((id) => ({ favourite: true, title: `Photo ${id}` })),
    )
    expect([undo(library), undo(library)]).toEqual([3, 3])
    expect(ids.map((id) => readPhoto(library, id)?.said)).toEqual([{}, {}, {}])
  })

  it('about photos that are not there is refused', () => {
    const { library } = libraryWithPhoto()
    expect(() => say(library, [99], { field: 'hidden', value: true })).toThrow(/None of these/u)
  })

  it('shows that the person cares for the photo, as does a label of their own', () => {
    const { library, id } = libraryWithPhoto()
    say(library, [id], { field: 'rating', value: 0 })
    expect(isCherished(library, id)).toBe(false)
    for (const fact of [
      { field: 'rating', value: 1 },
      { field: 'favourite', value: true },
      { field: 'title', value: 'The sea' },
    ] as const) {
      say(library, [id], fact)
      expect(isCherished(library, id)).toBe(true)
      undo(library)
      expect(isCherished(library, id)).toBe(false)
    }
    decide(library, [id], 151, 'confirmed')
    expect(isCherished(library, id)).toBe(false)
    decideByName(library, [id], 'Grandma', 'added')
    expect(isCherished(library, id)).toBe(true)
  })

  it('that Kartoteka never wrote counts as nothing', () => {
    const { library, id } = libraryWithPhoto()
    library.db
      .prepare("INSERT INTO person_fact VALUES (?, 'rating', '\"many\"', 0), (?, 'title', '{', 0)")
      .run(id, id)
    expect(readPhoto(library, id)?.said).toEqual({})
    say(library, [id], { field: 'note', value: 'By the sea' })
    expect(readPhoto(library, id)).toMatchObject({ rating: 2, said: { note: 'By the sea' } })
  })
})

describe('a file that is edited', () => {
  it('takes along what was said; a copy that is edited has it as well', () => {
    const { library, id } = libraryWithPhoto()
    say(library, [id], { field: 'title', value: 'The sea' })
    say(library, [id], { field: 'rating', value: 5 })
    addFile(library, '/photos/copy.jpg')
    const known = {
      kind: 'known',
      fileId: fileIdAt(library, '/photos/copy.jpg'),
      contentHash: hashOf(1),
      facts: null,
    } as const
    storeResults(library, [known], someModel)
    const edited = readingOf({ contentHash: hashOf(2), metadata })
    const fileId = fileIdAt(library, '/photos/copy.jpg')
    storeResults(library, [{ kind: 'read', fileId, reading: edited, tagging: taggingOf() }], someModel)
    const copy = photoAt(library, '/photos/copy.jpg') ?? 0
    expect(copy).not.toBe(id)
    for (const each of [id, copy])
      expect(readPhoto(library, each)).toMatchObject({ rating: 5, said: { title: 'The sea', rating: 5 } })
    expect(derivedFaults(library)).toEqual([])
  })

  it('onto a known content brings it along; of two words about the same the later one stands', async () => {
    const library = tempLibrary()
    const [one, other] = [1, 2].map((at) =>
      addPhoto(library, { path: `/photos/${at}.jpg`, reading: { contentHash: hashOf(at), metadata } }),
    ) as [number, number]
    say(library, [other], { field: 'rating', value: 3 })
    say(library, [one], { field: 'favourite', value: true })
    say(library, [one], { field: 'rating', value: 4 })
    library.db.exec("UPDATE person_fact SET decided_at = decided_at - 1000 WHERE value = '3'")
    const fileId = fileIdAt(library, '/photos/1.jpg')
    storeResults(library, [{ kind: 'known', fileId, contentHash: hashOf(2), facts: null }], someModel)
    await settleFormerPhotos(library)
    expect(readPhoto(library, other)).toMatchObject({ rating: 4, said: { favourite: true, rating: 4 } })
    undo(library)
    expect(readPhoto(library, other)).toMatchObject({ rating: 3, said: { rating: 3 } })
    expect(derivedFaults(library)).toEqual([])
  })
})

describe('any sequence of decisions of all kinds', () => {
  const facts: fc.Arbitrary<PersonFact> = fc.oneof(
    fc.record({ field: fc.constant('rating' as const), value: fc.option(fc.integer({ min: -1, max: 5 })) }),
    fc.record({
      field: fc.constantFrom('favourite' as const, 'hidden' as const),
      value: fc.option(fc.constant(true as const)),
    }),
    fc.record({
      field: fc.constantFrom('title' as const, 'note' as const),
      value: fc.option(fc.constantFrom('sea', 'Море', 'The sea')),
    }),
    fc.record({
      field: fc.constant('taken' as const),
      value: fc.option(
        fc.record({
          at: fc.constantFrom('1965-01-01T00:00:00', '2019-07-14T00:10:00'),
          precision: fc.constantFrom('year' as const, 'day' as const, 'second' as const),
          offset: fc.constantFrom(null, '+05:00', '-07:00'),
        }),
      ),
    }),
    fc.record({
      field: fc.constant('position' as const),
      value: fc.option(fc.constantFrom(inParis, 'none' as const)),
    }),
    fc.record({
      field: fc.constant('turn' as const),
      value: fc.option(fc.constantFrom(90 as const, 180 as const, 270 as const)),
    }),
  )
  const acts = fc.array(
    fc.record({
      photos: fc.uniqueArray(fc.integer({ min: 0, max: 2 }), { minLength: 1 }),
      act: fc.oneof(facts, fc.constantFrom('confirmed' as const, 'removed' as const, 'clear' as const)),
    }),
    { maxLength: 12 },
  )

  it('undone to the start leaves the library as it was, and done again as it came to be', () => {
    fc.assert(
      fc.property(acts, (sequence) => {
        const library = tempLibrary()
        const ids = [1, 2, 3].map((at) =>
          addPhoto(library, { path: `/photos/${at}.jpg`, reading: { contentHash: hashOf(at), metadata } }),
        )
        const before = allOf(library)
        let steps = 0
        for (const { photos, act } of sequence) {
          const chosen = photos.map((at) => ids[at] ?? 0)
          const news = typeof act === 'string' ? decide(library, chosen, 151, act) : say(library, chosen, act)
          if (news > 0) steps += 1
        }
        const after = allOf(library)
        expect(derivedFaults(library)).toEqual([])
        for (let step = 0; step < steps; step += 1) undo(library)
        expect(allOf(library)).toEqual(before)
        for (let step = 0; step < steps; step += 1) redo(library)
        expect(allOf(library)).toEqual(after)
        expect(derivedFaults(library)).toEqual([])
      }),
      { numRuns: 40 },
    )
  })
})
