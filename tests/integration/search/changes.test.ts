import * as fc from 'fast-check'
import type { Database } from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { Search } from '../../../electron/core/contract/values.ts'
import type { Reader } from '../../../electron/core/library/statements.ts'
import { prepareSearches } from '../../../electron/core/search/prepare.ts'
import { idsOf, searchPage } from '../../../electron/core/search/search.ts'
import { daysIn, lexicon, meant, named, ownNames, photo, text } from './plain-search.ts'
import { decideOn, filesOf, putSample, sampleLibrary, type Sample } from './sample-library.ts'

/** The photos by id less one; `null` where there is none. */
type Photos = (Sample | null)[]
type Change = (photos: Photos, db: Database) => void

const place = fc.integer({ min: 0, max: 14 })
const change: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(place, photo).map(
      ([at, sample]): Change =>
        (photos, db) =>
          put(photos, db, at, sample),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(place, photo).map(([at, { decisions = [] }]): Change => (photos, db) => {
      const before = photos[at]
      if (before === null || before === undefined) return
      const after = { ...before, decisions }
      photos[at] = after
      decideOn(db, at + 1, after, lexicon)
    }),
  },
  {
    weight: 1,
    arbitrary: place.map((at): Change => (photos, db) => {
      if (photos[at] === undefined) return
      photos[at] = null
      db.prepare('DELETE FROM file WHERE photo_id = ?').run(at + 1)
      db.prepare('DELETE FROM photo WHERE id = ?').run(at + 1)
      db.prepare('UPDATE library_state SET revision = revision + 1').run()
    }),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('', 'Italy 2019', 'dogs'), fc.boolean())
      .map(([folder, offline]): Change => (photos, db) => {
        const path = folder === '' ? '/photos' : `/photos/${folder}`
        const { changes } = db
          .prepare('UPDATE folder SET offline = ? WHERE path = ?')
          .run(offline ? 1 : 0, path)
        if (changes === 0) return
        const inFolder = (file: { folder?: string }): boolean => (file.folder ?? '') === folder
        photos.forEach((sample, at) => {
          if (sample === null || !filesOf(sample).some(inFolder)) return
          const moved = <File extends { folder?: string }>(file: File): File =>
            inFolder(file) ? { ...file, offline } : file
          photos[at] = { ...moved(sample), copies: (sample.copies ?? []).map(moved) }
        })
        db.prepare('UPDATE library_state SET revision = revision + 1').run()
      }),
  },
  // The log of changes is kept short.
  {
    weight: 1,
    arbitrary: fc.constant<Change>((_, db) => {
      db.prepare('DELETE FROM photo_change WHERE seq < (SELECT max(seq) FROM photo_change)').run()
    }),
  },
)

let names = 0

/** Puts a photo in the place of another, or behind the last. A folder is away for all of its files or for none. */
function put(photos: Photos, db: Database, at: number, sample: Sample): void {
  const to = Math.min(at, photos.length)
  const [unique] = named([sample])
  if (unique === undefined) return
  names += 1
  const away = (file: { folder?: string; name: string }) => ({
    ...file,
    name: `${names} ${file.name}`,
    offline: isAway(db, file.folder ?? ''),
  })
  const after: Sample = {
    ...unique,
    ...away(unique),
    copies: (unique.copies ?? []).map((copy) => ({ ...copy, ...away(copy) })),
  }
  photos[to] = after
  db.transaction(() => putSample(db, to + 1, after, lexicon))()
}

const isAway = (db: Database, folder: string): boolean =>
  db
    .prepare<[string], { offline: number }>('SELECT offline FROM folder WHERE path = ?')
    .get(folder === '' ? '/photos' : `/photos/${folder}`)?.offline === 1

/** What searches give, and what they mean. */
function bothOf(
  photos: Photos,
  texts: readonly string[],
  reader: Reader,
): { readonly found: unknown[]; readonly wanted: unknown[] } {
  const searches = texts.flatMap((asked) =>
    (['confidence', 'date', 'stars'] as const).map((sort): Search => ({
      text: asked,
      sort,
      minConfidence: null,
      language: 'en',
    })),
  )
  return {
    found: searches.map((search) => {
      const page = searchPage(reader, lexicon, search, 1000)
      const later = [...idsOf(reader, lexicon, search, 2, 1000)]
      return {
        search,
        days: [...page.days],
        daysInPart: page.daysInPart,
        ids: page.photos.map(({ id }) => id),
        later,
      }
    }),
    wanted: searches.map((search) => {
      const wanted = meant(photos, search, reader)
      const ids = wanted.map(({ id }) => id)
      return { search, ...daysIn(wanted, search.sort), ids, later: ids.slice(2) }
    }),
  }
}

describe('searches while the library changes', () => {
  it('find what they would find in a library just opened, and what they mean', () => {
    fc.assert(
      fc.property(
        fc.array(photo, { minLength: 1, maxLength: 12 }),
        fc.array(fc.array(change, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 6 }),
        fc.array(text, { minLength: 8, maxLength: 8 }),
        fc.boolean(),
        (samples, turns, texts, prepared) => {
          const { reader, db, close } = sampleLibrary([], lexicon, ...ownNames)
          const photos: Photos = []
          const agree = (asked: readonly string[]): void => {
            const { found, wanted } = bothOf(photos, asked, reader)
            expect(found).toEqual(wanted)
          }
          try {
            for (const sample of samples) put(photos, db, photos.length, sample)
            if (prepared) for (const _ of prepareSearches(reader, lexicon));
            agree(texts)
            for (const changes of turns) {
              for (const each of changes) each(photos, db)
              // Not all that is in memory is asked for after each change.
              agree(texts.slice(changes.length))
            }
            agree(texts)
          } finally {
            close()
          }
        },
      ),
      { numRuns: 20, endOnFailure: true },
    )
  })

  // Room is made for 16,384 at a time.
  it.each([16_383, 16_384, 16_385, 100_000])('have room for photos with ids far apart, up to %i', (id) => {
    const { reader, db, close } = sampleLibrary([{ name: 'a.jpg', tags: [[151, 0.9]] }], lexicon)
    const search: Search = {
      text: 'chihuahua -has:place',
      sort: 'confidence',
      minConfidence: null,
      language: 'en',
    }
    try {
      for (const _ of prepareSearches(reader, lexicon));
      expect([...idsOf(reader, lexicon, search, 0, 9)]).toEqual([1])
      putSample(db, id, { name: 'b.jpg', tags: [[151, 0.95]] }, lexicon)
      expect([...idsOf(reader, lexicon, search, 0, 9)]).toEqual([id, 1])
    } finally {
      close()
    }
  })

  it('miss none of several changes, however few of them the log still has', () => {
    const samples = [1, 2, 3].map((at): Sample => ({ name: `${at}.jpg`, tags: [[151, 0.9]] }))
    const search: Search = { text: 'chihuahua', sort: 'date', minConfidence: null, language: 'en' }
    for (const left of [1, 2, 3]) {
      const { reader, db, close } = sampleLibrary(samples, lexicon)
      try {
        expect([...idsOf(reader, lexicon, search, 0, 9)]).toEqual([3, 2, 1])
        // One row of the log for each.
        for (const id of [1, 2, 3])
          db.exec(`
            DELETE FROM index_entry WHERE photo_id = ${id};
            INSERT INTO photo_change (photo_id, scope) VALUES (${id}, 0);
            UPDATE library_state SET revision = revision + 1`)
        db.prepare('DELETE FROM photo_change WHERE seq <= (SELECT max(seq) FROM photo_change) - ?').run(left)
        expect([left, ...idsOf(reader, lexicon, search, 0, 9)]).toEqual([left])
      } finally {
        close()
      }
    }
  })

  it('go by the names that folders have now', () => {
    const { reader, db, close } = sampleLibrary(
      [
        { name: 'a.jpg', folder: 'Italy' },
        { name: 'b.jpg', folder: 'Rome' },
      ],
      lexicon,
    )
    const search: Search = { text: 'folder:Italy', sort: 'date', minConfidence: null, language: 'en' }
    try {
      expect([...idsOf(reader, lexicon, search, 0, 9)]).toEqual([1])
      // Added by itself before, it is now part of the other.
      db.exec(`
        UPDATE folder SET path = '/photos/Italy/Rome', parent_id = (SELECT id FROM folder WHERE name = 'Italy')
          WHERE name = 'Rome';
        UPDATE library_state SET revision = revision + 1`)
      expect([...idsOf(reader, lexicon, search, 0, 9)]).toEqual([2, 1])
    } finally {
      close()
    }
  })

  it('take in what changes while they are prepared', () => {
    const { reader, db, close } = sampleLibrary(
      [
        { name: 'a.jpg', tags: [[151, 0.9]] },
        { name: 'b.jpg', tags: [[151, 0.8]] },
      ],
      lexicon,
    )
    const search: Search = { text: 'chihuahua', sort: 'date', minConfidence: null, language: 'en' }
    try {
      let steps = 0
      for (const _ of prepareSearches(reader, lexicon)) {
        steps += 1
        putSample(db, 2 + steps, { name: `${steps}.jpg`, tags: [[151, 0.7]] }, lexicon)
        decideOn(
          db,
          1,
          { name: 'a.jpg', decisions: steps % 2 === 0 ? [] : [[151, 'removed']], tags: [[151, 0.9]] },
          lexicon,
        )
      }
      expect(steps).toBeGreaterThan(4)
      const expected = Array.from({ length: steps }, (_, at) => 2 + steps - at).concat(
        2,
        ...(steps % 2 === 0 ? [1] : []),
      )
      expect([...idsOf(reader, lexicon, search, 0, 99)]).toEqual(expected)
    } finally {
      close()
    }
  })
})
