import { mkdirSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KartotekaError } from '../../../electron/core/contract/failure.ts'
import { moveInAlbum } from '../../../electron/core/library/decisions/album-places.ts'
import {
  albums,
  changeAlbum,
  makeAlbum,
  orderAlbums,
  putInAlbum,
  removeAlbum,
} from '../../../electron/core/library/decisions/albums.ts'
import { changeDates } from '../../../electron/core/library/decisions/date-changes.ts'
import { decide } from '../../../electron/core/library/decisions/decisions.ts'
import { distinctPairs, sayDistinct } from '../../../electron/core/library/decisions/distinct-pairs.ts'
import { nextChangeIds } from '../../../electron/core/library/decisions/history.ts'
import { keepOne } from '../../../electron/core/library/decisions/keep-one.ts'
import {
  decideByName,
  ownLabels,
  removeOwnLabel,
  renameOwnLabel,
} from '../../../electron/core/library/decisions/own-labels.ts'
import { say, turnPhotos } from '../../../electron/core/library/decisions/person-facts.ts'
import { changePlaces } from '../../../electron/core/library/decisions/place-changes.ts'
import {
  removeSavedSearch,
  renameSavedSearch,
  saveSearch,
  savedSearches,
} from '../../../electron/core/library/decisions/saved-searches.ts'
import { stackPhotos, unstackPhotos } from '../../../electron/core/library/decisions/stacking.ts'
import { taughtLabels, teach, unlearn } from '../../../electron/core/library/decisions/taught.ts'
import { redo, undo } from '../../../electron/core/library/decisions/undo.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import { closeLibrary } from '../../../electron/core/library/upkeep/open.ts'
import { addPhoto, derivedFaults, hashOf, tempFolder, tempLibrary } from '../../fixtures/temp-library.ts'
import { filesIn, index, putPhotos, scratch, testLibrary } from '../indexing/index-photos.ts'

/** Everything that a person can decide, in any order, on four photos. */

type Act = (library: Library, ids: readonly number[]) => unknown

const which = fc.nat(3)
const photos = fc.uniqueArray(which, { minLength: 1, maxLength: 4 })
const name = fc.constantFrom('Rome', 'rome', 'Oslo', 'Рим')
const chosen = (ids: readonly number[], at: readonly number[]): number[] => at.map((one) => ids[one] ?? 0)

const labels: fc.Arbitrary<Act> = fc.oneof(
  fc.tuple(photos, fc.constantFrom(151, 152, 1000), fc.constantFrom('confirmed', 'removed', 'clear')).map(
    ([at, term, verdict]): Act =>
      (library, ids) =>
        decide(library, chosen(ids, at), term, verdict),
  ),
  fc.tuple(photos, name, fc.constantFrom('added', 'removed', 'clear')).map(
    ([at, called, verdict]): Act =>
      (library, ids) =>
        decideByName(library, chosen(ids, at), called, verdict),
  ),
  fc.tuple(which, name).map(
    ([at, called]): Act =>
      (library) =>
        renameOwnLabel(library, labelAt(library, at), called),
  ),
  which.map(
    (at): Act =>
      (library) =>
        removeOwnLabel(library, labelAt(library, at)),
  ),
  fc.tuple(name, which, which).map(
    ([called, yes, no]): Act =>
      (library, ids) =>
        teach(library, called, [ids[yes] ?? 0], [ids[no] ?? 0]),
  ),
  which.map((at): Act => (library) => {
    unlearn(library, labelAt(library, at))
  }),
)

const facts: fc.Arbitrary<Act> = fc.oneof(
  fc
    .tuple(
      photos,
      fc.constantFrom(
        { field: 'rating', value: 5 } as const,
        { field: 'rating', value: 0 } as const,
        { field: 'rating', value: null } as const,
        { field: 'favourite', value: true } as const,
        { field: 'hidden', value: true } as const,
        { field: 'hidden', value: null } as const,
        { field: 'title', value: 'The sea' } as const,
        { field: 'note', value: 'Море' } as const,
        { field: 'note', value: null } as const,
      ),
    )
    .map(
      ([at, fact]): Act =>
        (library, ids) =>
          say(library, chosen(ids, at), fact),
    ),
  fc.tuple(photos, fc.constantFrom(90 as const, 180 as const, 270 as const)).map(
    ([at, by]): Act =>
      (library, ids) =>
        turnPhotos(library, chosen(ids, at), by),
  ),
  fc
    .tuple(
      photos,
      fc.constantFrom(
        { how: 'set', taken: { at: '1965-01-01T00:00:00', precision: 'year', offset: null } } as const,
        { how: 'set', taken: { at: '2019-07-14T00:10:00', precision: 'second', offset: '+05:00' } } as const,
        { how: 'shift', seconds: 11_520 } as const,
        { how: 'first', at: '2001-02-03T04:05:06' } as const,
        { how: 'zone', from: '+02:00', to: '-07:00' } as const,
        { how: 'as-in-file' } as const,
      ),
    )
    .map(
      ([at, change]): Act =>
        (library, ids) =>
          changeDates(library, chosen(ids, at), change),
    ),
  fc
    .tuple(
      photos,
      fc.constantFrom(
        { how: 'set', position: { latitude: 48.86, longitude: 2.35 } } as const,
        { how: 'set', position: 'none' } as const,
        { how: 'as-in-file' } as const,
      ),
    )
    .map(
      ([at, change]): Act =>
        (library, ids) =>
          changePlaces(library, chosen(ids, at), change),
    ),
)

const collections: fc.Arbitrary<Act> = fc.oneof(
  fc.tuple(name, photos).map(
    ([called, at]): Act =>
      (library, ids) =>
        makeAlbum(library, called, chosen(ids, at)),
  ),
  fc.tuple(which, photos, fc.boolean()).map(([at, some, isWanted]): Act => (library, ids) => {
    putInAlbum(library, albumAt(library, at), chosen(ids, some), isWanted)
  }),
  fc.tuple(which, photos, which).map(([at, some, before]): Act => (library, ids) => {
    moveInAlbum(library, albumAt(library, at), chosen(ids, some), ids[before] ?? null)
  }),
  fc.tuple(which, which).map(([at, photo]): Act => (library, ids) => {
    changeAlbum(library, albumAt(library, at), { what: 'cover', photoId: ids[photo] ?? 0 })
  }),
  fc.tuple(which, name).map(([at, called]): Act => (library) => {
    changeAlbum(library, albumAt(library, at), { what: 'name', name: called })
  }),
  fc.constant<Act>((library) => {
    orderAlbums(
      library,
      albums(library)
        .map(({ id }) => id)
        .toReversed(),
    )
  }),
  which.map(
    (at): Act =>
      (library) =>
        removeAlbum(library, albumAt(library, at)),
  ),
  name.map(
    (called): Act =>
      (library) =>
        saveSearch(library, { name: called, query: called, sort: 'auto', minConfidence: null }),
  ),
  fc.tuple(which, name).map(([at, called]): Act => (library) => {
    renameSavedSearch(library, searchAt(library, at), called)
  }),
  which.map((at): Act => (library) => {
    removeSavedSearch(library, searchAt(library, at))
  }),
)

const duplicates: fc.Arbitrary<Act> = fc.oneof(
  fc.tuple(which, photos).map(
    ([kept, at]): Act =>
      (library, ids) =>
        keepOne(library, ids[kept] ?? 0, chosen(ids, at)),
  ),
  photos.map(
    (at): Act =>
      (library, ids) =>
        sayDistinct(library, chosen(ids, at)),
  ),
  fc.tuple(which, photos).map(
    ([front, at]): Act =>
      (library, ids) =>
        stackPhotos(library, ids[front] ?? 0, chosen(ids, at)),
  ),
  photos.map(
    (at): Act =>
      (library, ids) =>
        unstackPhotos(library, chosen(ids, at)),
  ),
)

const act = fc.oneof(labels, facts, collections, duplicates)

const labelAt = (library: Library, at: number): number => ownLabels(library)[at]?.term ?? 10_999
const albumAt = (library: Library, at: number): number => albums(library)[at]?.id ?? 999
const searchAt = (library: Library, at: number): number => savedSearches(library)[at]?.id ?? 999

/** Does it; what is refused is no step of the history. @returns steps that it was */
function done(library: Library, ids: readonly number[], each: Act): 0 | 1 {
  const before = nextChangeIds(library).undo
  try {
    each(library, ids)
  } catch (error) {
    if (!(error instanceof KartotekaError)) throw error
  }
  return nextChangeIds(library).undo === before ? 0 : 1
}

/** All that decisions lead to, by names and not by numbers: a label that was made and taken back leaves its number. */
function decidedIn(library: Library): unknown[] {
  const rows = (sql: string): unknown[] => library.db.prepare(sql).all()
  const hash = 'hex(p.content_hash) AS photo'
  return [
    rows(`SELECT ${hash}, d.term, d.verdict FROM decision d JOIN photo p ON p.id = d.photo_id ORDER BY 1, 2`),
    rows(
      `SELECT ${hash}, f.field, f.value FROM person_fact f JOIN photo p ON p.id = f.photo_id ORDER BY 1, 2`,
    ),
    rows(`SELECT ${hash}, own_id, place FROM album_place JOIN photo p ON p.id = photo_id ORDER BY 1, 2`),
    rows(
      `SELECT ${hash}, hex(k.content_hash) AS keeper FROM stacked s JOIN photo p ON p.id = s.photo_id
       JOIN photo k ON k.id = s.keeper_id ORDER BY 1`,
    ),
    albums(library),
    ownLabels(library),
    savedSearches(library),
    distinctPairs(library),
    taughtLabels(library),
  ]
}

/** And all that follows from them. */
function followingIn(library: Library): unknown[] {
  const rows = (sql: string): unknown[] => library.db.prepare(sql).all()
  return [
    ...decidedIn(library),
    // Which number a stack has says nothing.
    rows(
      `SELECT id, behind, taken_at, taken_precision, taken_offset, taken_from, latitude, longitude, rating, keywords,
         favourite, hidden, title, note, turn, shown_at, visible FROM photo ORDER BY id`,
    ),
    rows('SELECT * FROM content_facts ORDER BY photo_id'),
    rows('SELECT * FROM index_entry ORDER BY photo_id, term'),
    rows('SELECT term, bucket, count FROM term_count WHERE count <> 0 ORDER BY term, bucket'),
    rows('SELECT * FROM day_count ORDER BY day'),
  ]
}

function fourPhotos(library: Library): number[] {
  return [1, 2, 3, 4].map((at) =>
    addPhoto(library, {
      path: `/photos/${at}.jpg`,
      reading: {
        contentHash: hashOf(at),
        metadata: {
          takenAt: `2019-07-14T18:03:${10 + at}`,
          rating: at,
          ...(at > 2 && { position: { latitude: 55.75, longitude: 37.62 } }),
        },
      },
    }),
  )
}

describe('any sequence of decisions of all kinds', () => {
  it('undone to the start leaves the library as it was, and done again as it came to be', () => {
    fc.assert(
      fc.property(fc.array(act, { minLength: 1, maxLength: 16 }), (acts) => {
        const library = tempLibrary()
        const ids = fourPhotos(library)
        const before = followingIn(library)
        const steps = acts.reduce((sum, each) => sum + done(library, ids, each), 0)
        const after = followingIn(library)
        expect(derivedFaults(library)).toEqual([])
        for (let step = 0; step < steps; step += 1) undo(library)
        expect(followingIn(library)).toEqual(before)
        expect(derivedFaults(library)).toEqual([])
        for (let step = 0; step < steps; step += 1) redo(library)
        expect(followingIn(library)).toEqual(after)
        expect(derivedFaults(library)).toEqual([])
      }),
      { numRuns: 15 },
    )
  })

  it('is still on its photos after they were renamed, moved, looked through again, and the program started anew', async () => {
    const [folder, home] = [scratch(), join(tempFolder(), 'library')]
    const names = ['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg']
    putPhotos(folder, names)
    let library = testLibrary(home)
    await index(library, { folders: [folder] })
    const idOf = new Map(filesIn(library).map((file) => [file.name, file.photoId ?? 0]))
    const ids = names.map((each) => idOf.get(each) ?? 0)
    for (const each of fc.sample(act, { numRuns: 60, seed: 19 })) done(library, ids, each)
    const decided = decidedIn(library)

    // Two exchange their names, one goes into another folder, one gets another name.
    const move = (from: string, to: string): void => {
      mkdirSync(dirname(join(folder, to)), { recursive: true })
      renameSync(join(folder, from), join(folder, to))
    }
    move('a.jpg', 'between.jpg')
    move('b.jpg', 'a.jpg')
    move('between.jpg', 'b.jpg')
    move('c.jpg', 'deeper/still/c.jpg')
    move('d.jpg', 'Другое имя.jpg')
    closeLibrary(library)
    library = testLibrary(home)
    await index(library)
    await index(library, { again: true })
    closeLibrary(library)
    library = testLibrary(home)
    expect(decidedIn(library)).toEqual(decided)
    expect(derivedFaults(library)).toEqual([])
    expect(filesIn(library).filter(({ photoId }) => photoId !== null)).toHaveLength(names.length)
  })
})
