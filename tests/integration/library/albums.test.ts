import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { moveInAlbum } from '../../../electron/core/library/decisions/album-places.ts'
import {
  albums,
  albumTerm,
  changeAlbum,
  makeAlbum,
  orderAlbums,
  putInAlbum,
  removeAlbum,
} from '../../../electron/core/library/decisions/albums.ts'
import { decideByName, ownLabels } from '../../../electron/core/library/decisions/own-labels.ts'
import {
  orderSavedSearches,
  removeSavedSearch,
  renameSavedSearch,
  savedSearches,
  saveSearch,
} from '../../../electron/core/library/decisions/saved-searches.ts'
import { redo, undo } from '../../../electron/core/library/decisions/undo.ts'
import { nextChangeIds } from '../../../electron/core/library/decisions/history.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import { settleFormerPhotos } from '../../../electron/core/library/photos/former.ts'
import { storeResults } from '../../../electron/core/library/photos/store-results.ts'
import {
  addFile,
  addPhoto,
  derivedFaults,
  fileIdAt,
  findingsOf,
  hashOf,
  photoAt,
  readingOf,
  someModel,
  taggingOf,
  tempLibrary,
} from '../../fixtures/temp-library.ts'

const libraryWith = (photos: number): { library: Library; ids: readonly number[] } => {
  const library = tempLibrary()
  const ids = Array.from({ length: photos }, (_, at) =>
    addPhoto(library, {
      path: `/photos/${at}.jpg`,
      reading: { contentHash: hashOf(at + 1), metadata: { takenAt: `2019-07-14T10:00:0${at}` } },
    }),
  )
  return { library, ids }
}

const names = (library: Library): string[] => albums(library).map(({ name }) => name)

/** The photos of an album in the order by hand, by the tables alone. */
function byHand({ db }: Library, id: number): number[] {
  const members = db
    .prepare('SELECT photo_id FROM decision WHERE term = ? AND verdict = ? ORDER BY photo_id DESC')
    .pluck()
    .all(albumTerm(id), 'added') as number[]
  const places = new Map(
    db.prepare('SELECT photo_id, place FROM album_place WHERE own_id = ?').raw().all(id) as [
      number,
      number,
    ][],
  )
  const placeOf = (photo: number): number => places.get(photo) ?? Number.POSITIVE_INFINITY
  return members.toSorted((a, b) => (placeOf(a) === placeOf(b) ? 0 : placeOf(a) - placeOf(b)))
}

describe('an album', () => {
  it('is empty at first, takes photos in and gives them back, and is no label', () => {
    const { library, ids } = libraryWith(3)
    const id = makeAlbum(library, ' Rome ')
    expect(albums(library)).toEqual([
      { id, term: albumTerm(id), name: 'Rome', folded: 'rome', order: 'date', coverId: null },
    ])
    expect(putInAlbum(library, id, ids, true)).toBe(3)
    expect(putInAlbum(library, id, ids, true)).toBe(0)
    expect(putInAlbum(library, id, ids.slice(1), false)).toBe(2)
    expect(byHand(library, id)).toEqual([ids[0]])
    expect(findingsOf(library, ids[0] ?? 0)[albumTerm(id)]).toBe(20_000)
    expect(ownLabels(library)).toEqual([])
    expect(derivedFaults(library)).toEqual([])
  })

  it('has a name of its own among albums, and may share it with a label', () => {
    const { library, ids } = libraryWith(1)
    decideByName(library, ids, 'Rome', 'added')
    const rome = makeAlbum(library, 'Rome', ids)
    const oslo = makeAlbum(library, 'Oslo')
    expect(() => makeAlbum(library, 'rome')).toThrow('There is an album “Rome” already. Choose another name.')
    expect(() => {
      changeAlbum(library, oslo, { what: 'name', name: 'ROME' })
    }).toThrow(/already/u)
    expect(() => makeAlbum(library, ' \u0301 ')).toThrow(/letter or digit/u)
    changeAlbum(library, rome, { what: 'name', name: 'ROME' })
    expect([names(library), ownLabels(library).map(({ name }) => name)]).toEqual([['Oslo', 'ROME'], ['Rome']])
  })

  it('that is removed leaves its photos, and is back with undo, as it was', () => {
    const { library, ids } = libraryWith(3)
    const id = makeAlbum(library, 'Rome', ids)
    changeAlbum(library, id, { what: 'order', order: 'hand' })
    changeAlbum(library, id, { what: 'cover', photoId: ids[1] ?? 0 })
    moveInAlbum(library, id, [ids[0] ?? 0], ids[2] ?? 0)
    const before = [albums(library), byHand(library, id)]
    expect(removeAlbum(library, id)).toBe(3)
    expect([names(library), byHand(library, id)]).toEqual([[], []])
    const other = makeAlbum(library, 'Rome')
    expect(other).not.toBe(id)
    undo(library)
    expect(undo(library)).toBe(3)
    expect([albums(library), byHand(library, id)]).toEqual(before)
  })

  it('stands among the others by name, or where it was put', () => {
    const { library } = libraryWith(0)
    const [c, a, b] = ['c', 'a', 'b'].map((name) => makeAlbum(library, name)) as [number, number, number]
    expect(names(library)).toEqual(['a', 'b', 'c'])
    orderAlbums(library, [c, b, a])
    makeAlbum(library, 'a new one')
    expect(names(library)).toEqual(['c', 'b', 'a', 'a new one'])
    orderAlbums(library, null)
    expect(names(library)).toEqual(['a', 'a new one', 'b', 'c'])
    undo(library)
    expect(names(library)).toEqual(['c', 'b', 'a', 'a new one'])
  })

  it('has one of its photos for a cover', () => {
    const { library, ids } = libraryWith(2)
    const id = makeAlbum(library, 'Rome', ids.slice(0, 1))
    expect(() => {
      changeAlbum(library, id, { what: 'cover', photoId: ids[1] ?? 0 })
    }).toThrow(/one of its photos/u)
    changeAlbum(library, id, { what: 'cover', photoId: ids[0] ?? 0 })
    library.db.exec('DELETE FROM file')
    library.db.exec('DELETE FROM photo')
    undo(library)
    redo(library)
    expect(albums(library)).toMatchObject([{ coverId: null }])
  })

  it.each([
    ['changed', (library: Library) => changeAlbum(library, 7, { what: 'order', order: 'hand' })],
    ['removed', (library: Library) => removeAlbum(library, 7)],
    ['filled', (library: Library) => putInAlbum(library, 7, [1], true)],
    ['ordered', (library: Library) => moveInAlbum(library, 7, [1], null)],
  ])('that there is none of cannot be %s', (_, act) => {
    const { library } = libraryWith(1)
    expect(() => act(library)).toThrow('There is no album with the number 7.')
  })
})

describe('the order by hand', () => {
  it('moves photos before another, or to the end; those that come later stand behind', () => {
    const { library, ids } = libraryWith(6)
    const [a, b, c, d, e, f] = ids as [number, number, number, number, number, number]
    const id = makeAlbum(library, 'Rome', [a, b, c, d])
    moveInAlbum(library, id, [a], d)
    expect(byHand(library, id)).toEqual([a, d, c, b])
    moveInAlbum(library, id, [d, a], null)
    expect(byHand(library, id)).toEqual([c, b, d, a])
    moveInAlbum(library, id, [b, c], c)
    expect(byHand(library, id)).toEqual([b, c, d, a])
    putInAlbum(library, id, [e, f], true)
    expect(byHand(library, id)).toEqual([b, c, d, a, f, e])
    undo(library)
    undo(library)
    expect(byHand(library, id)).toEqual([c, b, d, a])
  })

  it('goes on when no number lies between two places any more', () => {
    const { library, ids } = libraryWith(3)
    const [a, b, c] = ids as [number, number, number]
    const id = makeAlbum(library, 'Rome', ids)
    moveInAlbum(library, id, [a, b, c], null)
    for (let turn = 0; turn < 120; turn += 1) {
      const [, second, third] = byHand(library, id) as [number, number, number]
      moveInAlbum(library, id, [third], second)
      expect(byHand(library, id).slice(1)).toEqual([third, second])
    }
  })

  it('is any that a sequence of moves leads to', () => {
    const move = fc.record({
      moved: fc.uniqueArray(fc.integer({ min: 0, max: 5 }), { minLength: 1 }),
      before: fc.option(fc.integer({ min: 0, max: 5 })),
    })
    fc.assert(
      fc.property(fc.array(move, { minLength: 10, maxLength: 20 }), (moves) => {
        const { library, ids } = libraryWith(6)
        const id = makeAlbum(library, 'Rome', ids)
        let expected = ids.toReversed()
        for (const { moved, before } of moves) {
          const photos = moved.map((at) => ids[at] ?? 0)
          const from = before === null ? expected.length : expected.indexOf(ids[before] ?? 0)
          const target = expected.slice(from).find((photo) => !photos.includes(photo))
          const others = expected.filter((photo) => !photos.includes(photo))
          expected = others.toSpliced(
            target === undefined ? others.length : others.indexOf(target),
            0,
            ...photos,
          )
          moveInAlbum(library, id, photos, before === null ? null : (ids[before] ?? 0))
          expect(byHand(library, id)).toEqual(expected)
        }
      }),
      { numRuns: 5 },
    )
  })

  it('goes with a photo that is edited, and with one that is another now', async () => {
    const { library, ids } = libraryWith(4)
    const [a, b, c, d] = ids as [number, number, number, number]
    const id = makeAlbum(library, 'Rome', [a, b, c])
    moveInAlbum(library, id, [b, c, a], null)
    addFile(library, '/photos/copy.jpg')
    const fileId = fileIdAt(library, '/photos/copy.jpg')
    storeResults(library, [{ kind: 'known', fileId, contentHash: hashOf(2), facts: null }], someModel)
    storeResults(
      library,
      [{ kind: 'read', fileId, reading: readingOf({ contentHash: hashOf(9) }), tagging: taggingOf() }],
      someModel,
    )
    const copy = photoAt(library, '/photos/copy.jpg') ?? 0
    expect(byHand(library, id)).toEqual([copy, b, c, a])

    const replaced = fileIdAt(library, '/photos/2.jpg')
    storeResults(
      library,
      [{ kind: 'known', fileId: replaced, contentHash: hashOf(4), facts: null }],
      someModel,
    )
    await settleFormerPhotos(library)
    expect(byHand(library, id).filter((photo) => photo !== c)).toEqual([copy, b, d, a])
    undo(library)
    expect(byHand(library, id)).not.toContain(d)
    expect(derivedFaults(library)).toEqual([])
  })
})

describe('a saved search', () => {
  const beach = { name: 'Beach', query: 'beach 2019', sort: 'date', minConfidence: 0.5 } as const

  it('is kept as it was asked, renamed, removed, and brought back', () => {
    const { library } = libraryWith(0)
    const id = saveSearch(library, beach)
    expect(savedSearches(library)).toEqual([{ id, ...beach }])
    renameSavedSearch(library, id, ' By the sea ')
    expect(() => saveSearch(library, { ...beach, name: 'by the SEA' })).toThrow(/“By the sea” already/u)
    removeSavedSearch(library, id)
    expect(savedSearches(library)).toEqual([])
    undo(library)
    undo(library)
    expect(savedSearches(library)).toEqual([{ id, ...beach }])
    expect(() => {
      removeSavedSearch(library, 99)
    }).toThrow('There is no saved search with the number 99.')
  })

  it('stands by name, or where it was put', () => {
    const { library } = libraryWith(0)
    const [b, a] = ['b', 'a'].map((name) => saveSearch(library, { ...beach, name })) as [number, number]
    expect(savedSearches(library).map(({ id }) => id)).toEqual([a, b])
    orderSavedSearches(library, [b, a])
    expect(savedSearches(library).map(({ id }) => id)).toEqual([b, a])
    undo(library)
    expect(savedSearches(library).map(({ id }) => id)).toEqual([a, b])
  })

  it('that Kartoteka never wrote is shown in an order that there is, and comes back as nothing', () => {
    const { library } = libraryWith(0)
    const id = saveSearch(library, beach)
    library.db.exec("UPDATE saved_search SET sort = 'backwards'")
    expect(savedSearches(library)).toMatchObject([{ id, sort: 'auto' }])
    removeSavedSearch(library, id)
    library.db.exec("UPDATE saved_search_step SET before = '{'")
    undo(library)
    expect(savedSearches(library)).toEqual([])
  })
})

/** All that changes of albums and saved searches lead to. */
const allOf = (library: Library): unknown[] => [
  albums(library),
  savedSearches(library),
  ownLabels(library),
  library.db.prepare('SELECT * FROM album ORDER BY own_id').all(),
  library.db.prepare('SELECT * FROM album_place ORDER BY own_id, photo_id').all(),
  library.db.prepare('SELECT photo_id, term, verdict FROM decision ORDER BY photo_id, term').all(),
  library.db.prepare('SELECT * FROM index_entry ORDER BY photo_id, term').all(),
]

const albumAt = (library: Library, at: number): number => albums(library)[at]?.id ?? 999
const searchAt = (library: Library, at: number): number => savedSearches(library)[at]?.id ?? 999
const chosen = (ids: readonly number[], at: readonly number[]): number[] => at.map((one) => ids[one] ?? 0)

function refuses(act: () => void): boolean {
  try {
    act()
    return false
  } catch {
    return true
  }
}

describe('any sequence of changes of albums and saved searches', () => {
  const which = fc.integer({ min: 0, max: 2 })
  const name = fc.constantFrom('Rome', 'rome', 'Oslo', 'Рим')
  const photos = fc.uniqueArray(fc.integer({ min: 0, max: 2 }), { minLength: 1 })
  type Act = (library: Library, ids: readonly number[]) => void
  const act: fc.Arbitrary<Act> = fc.oneof(
    fc.tuple(name, photos).map(
      ([called, at]): Act =>
        (library, ids) =>
          makeAlbum(library, called, chosen(ids, at)),
    ),
    fc.tuple(which, name).map(([at, called]): Act => (library) => {
      changeAlbum(library, albumAt(library, at), { what: 'name', name: called })
    }),
    fc
      .tuple(which, fc.constantFrom('date' as const, 'hand' as const))
      .map(([at, order]): Act => (library) => {
        changeAlbum(library, albumAt(library, at), { what: 'order', order })
      }),
    fc.tuple(which, which).map(([at, photo]): Act => (library, ids) => {
      changeAlbum(library, albumAt(library, at), { what: 'cover', photoId: ids[photo] ?? 0 })
    }),
    which.map(
      (at): Act =>
        (library) =>
          removeAlbum(library, albumAt(library, at)),
    ),
    fc.tuple(which, photos, fc.boolean()).map(([at, some, isWanted]): Act => (library, ids) => {
      putInAlbum(library, albumAt(library, at), chosen(ids, some), isWanted)
    }),
    fc.tuple(which, photos, fc.option(which)).map(([at, some, before]): Act => (library, ids) => {
      moveInAlbum(
        library,
        albumAt(library, at),
        chosen(ids, some),
        before === null ? null : (ids[before] ?? 0),
      )
    }),
    fc.boolean().map((isReversed): Act => (library) => {
      orderAlbums(
        library,
        isReversed
          ? albums(library)
              .map(({ id }) => id)
              .toReversed()
          : null,
      )
    }),
    name.map((called): Act => (library) => {
      saveSearch(library, { name: called, query: called, sort: 'auto', minConfidence: null })
    }),
    fc.tuple(which, name).map(([at, called]): Act => (library) => {
      renameSavedSearch(library, searchAt(library, at), called)
    }),
    which.map((at): Act => (library) => {
      removeSavedSearch(library, searchAt(library, at))
    }),
    // Labels are part of the same history, and may have the same names.
    fc.tuple(name, photos).map(([called, at]): Act => (library, ids) => {
      decideByName(library, chosen(ids, at), called, 'added')
    }),
  )

  it('undone to the start leaves the library as it was, and done again as it came to be', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 24 }), (acts) => {
        const { library, ids } = libraryWith(3)
        const before = allOf(library)
        let steps = 0
        for (const each of acts) {
          const last = nextChangeIds(library).undo
          const unchanged = allOf(library)
          const isRefused = refuses(() => {
            each(library, ids)
          })
          expect(isRefused ? allOf(library) : unchanged).toEqual(unchanged)
          if (nextChangeIds(library).undo !== last) steps += 1
        }
        const after = allOf(library)
        expect(derivedFaults(library)).toEqual([])
        for (let step = 0; step < steps; step += 1) undo(library)
        expect(allOf(library)).toEqual(before)
        for (let step = 0; step < steps; step += 1) redo(library)
        expect(allOf(library)).toEqual(after)
      }),
      { numRuns: 20 },
    )
  })
})
