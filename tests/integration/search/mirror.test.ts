import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Search } from '../../../electron/core/contract/values.ts'
import { ancestorsIn } from '../../../electron/core/labels/ancestors.ts'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import { decide } from '../../../electron/core/library/decisions/decisions.ts'
import { exchangePlaces } from '../../../electron/core/library/exchanges.ts'
import { markAway, markBack } from '../../../electron/core/library/roots/folders.ts'
import { write, type Library } from '../../../electron/core/library/library.ts'
import { claimMoved } from '../../../electron/core/library/moves.ts'
import { closeLibrary, openLibrary } from '../../../electron/core/library/upkeep/open.ts'
import { ownTerm, renameOwnLabel } from '../../../electron/core/library/decisions/own-labels.ts'
import { markPresence, queueAgain, setCompanions } from '../../../electron/core/library/files/files.ts'
import { dropMachineTags, storeResults } from '../../../electron/core/library/photos/store-results.ts'
import { addRoot, listRoots, removeRoot, settleRoots } from '../../../electron/core/library/roots/roots.ts'
import { refreshWords } from '../../../electron/core/library/photos/words.ts'
import { undo } from '../../../electron/core/library/decisions/undo.ts'
import { blockPhotos } from '../../../electron/core/search/mirror.ts'
import { keepMirror } from '../../../electron/core/search/mirror-keeping.ts'
import { reading } from '../../../electron/core/search/reading.ts'
import { find, idsOf, outlineOf } from '../../../electron/core/search/search.ts'
import { sessionOf } from '../../../electron/core/search/session.ts'
import { thingsOf } from '../../../electron/core/search/things.ts'
import {
  addFile,
  addPhoto,
  hashOf,
  readingOf,
  someModel,
  taggingOf,
  tempLibrary,
} from '../../fixtures/temp-library.ts'

const lexicon = loadLexicon()
const ancestorsOf = ancestorsIn(lexicon)
const category = (key: string): number => lexicon.idOf(`category:${key}`) ?? 0
const [dog, animal] = [category('dog'), category('animal')]

const queries = [
  ['', 'dog', 'animal -dog', '-animal', 'dog or animal', 'label:class:151 or 2019', 'animal confidence:>0.5'],
  [
    'confidence:<0.6',
    'confidence:>0',
    '2019',
    '-2019',
    'has:date',
    'date:2019-07 dog',
    'before:2000 or animal',
  ],
  [
    'folder:italy',
    '-folder:italy',
    'folder:rome or dog',
    'camera:canon',
    '-has:camera',
    'type:png or type:heic',
  ],
  [
    'is:untagged',
    '-is:untagged',
    'is:copy',
    '-is:copy',
    'is:confirmed',
    'is:problem',
    'is:pending dog',
    'is:damaged',
  ],
  ['-is:pending', '-is:problem animal', 'is:offline', '-is:offline or dog', 'has:place', 'has:keywords -dog'],
  [
    'trip',
    '-trip',
    'trip or dog',
    'img',
    'name:img animal',
    'keyword:dog',
    'above',
    'img_1',
    '"above 201"',
    '-"rome 2019" dog',
    'name:img_12 or "2019 rome"',
    'grandma',
    '-grandma dog',
  ],
  [
    'animal or label:class:151 & animal or 2019 & animal or trip',
    'dog or trip & animal or keyword:dog & -folder:rome or dog',
    'dog or img or 2019 or folder:rome or type:png or has:date or -has:place',
    'dog or "above 201" or "2019 rome" or img_12 or -trip',
    'folder:italy folder:rome',
    'type:png or type:heic & type:png or type:jpeg',
    'trip or img & above or rome',
    '-type:png -type:heic -folder:rome -dog -is:copy -img_1',
    'has:place or has:keywords & has:place or is:damaged',
    '"rome 2020"',
    '"trip 1" or animal',
    'name:rome_2019',
    'confidence:>0.3 -camera:canon',
    'dog since:2000 confidence:>0.2',
  ],
].flat()

type Change = (library: Library) => unknown

/** Tries a change that may be refused, as people's wishes are. */
const perhaps =
  (change: Change): Change =>
  async (library) => {
    try {
      await change(library)
    } catch {
      // Refused.
    }
  }

const file = (name: string) => ({ name, size: 1, mtime: 1, ctime: 1 })

const photo = fc.integer({ min: 1, max: 12 })
const folder = fc.constantFrom(
  '/pics/above/Italy',
  '/pics/above/Italy/Rome',
  '/pics/above/trip',
  '/pics/above/pics',
  '/pics/above/2019 Rome',
)
const someReading = fc.record({
  contentHash: fc.integer({ min: 1, max: 4 }).map(hashOf),
  format: fc.constantFrom('jpeg' as const, 'png' as const, 'heic' as const),
  damaged: fc.constantFrom(null, 'The lower half is missing.'),
  metadata: fc.record({
    takenAt: fc.constantFrom(null, '2019-07-14T10:00:00', '2019-07-14T10:00:01', '1969-12-31T23:00:00'),
    camera: fc.constantFrom(null, 'Canon EOS', 'Nikon'),
    position: fc.constantFrom(null, { latitude: 1, longitude: 2 }),
    keywords: fc.constantFrom([], ['dog'], ['trip', 'img']),
  }),
})
const tagging = fc.constantFrom(
  null,
  taggingOf(151, 0.9, [
    { categoryId: dog, mass: 0.95 },
    { categoryId: animal, mass: 0.97 },
  ]),
  taggingOf(281, 0.4, [{ categoryId: animal, mass: 0.45 }]),
  taggingOf(517, 0.3),
)
const term = fc.constantFrom(151, 281, dog, animal, 10_001, 10_002)
const idOf = (library: Library, number: number): number =>
  library.db
    .prepare<[number], { id: number }>('SELECT id FROM photo ORDER BY id LIMIT 1 OFFSET ?')
    .get(number - 1)?.id ?? 0

const change: fc.Arbitrary<Change> = fc.oneof(
  fc
    .tuple(
      fc.array(photo, { minLength: 1, maxLength: 4 }),
      term,
      fc.constantFrom('confirmed', 'removed', 'added', 'clear'),
    )
    .map(([photos, of, verdict]) =>
      perhaps((library) =>
        decide(
          library,
          photos.map((one) => idOf(library, one)),
          of,
          verdict,
        ),
      ),
    ),
  fc.constant(perhaps((library) => undo(library))),
  fc.constant(perhaps((library) => renameOwnLabel(library, 10_002, 'Grandma'))),
  fc
    .tuple(fc.uniqueArray(photo, { maxLength: 5 }), fc.constantFrom('here' as const, 'missing' as const))
    .map(([photos, presence]) => (library: Library) => {
      markPresence(
        library,
        photos.map((one) => idOf(library, one)).filter((id) => id > 0),
        presence,
      )
    }),
  fc.tuple(photo, someReading, tagging).map(([one, facts, tags]) => (library: Library) => {
    storeResults(
      library,
      [{ kind: 'read', photoId: idOf(library, one), reading: readingOf(facts), tagging: tags }],
      someModel,
    )
  }),
  fc
    .tuple(photo, fc.constantFrom('damaged' as const, 'vanished' as const))
    .map(([one, kind]) => (library: Library) => {
      storeResults(
        library,
        [{ kind: 'problem', photoId: idOf(library, one), problem: { kind, reason: 'So.' } }],
        null,
      )
    }),
  fc
    .tuple(folder, fc.integer({ min: 1, max: 99 }), someReading, tagging)
    .map(([where, name, facts, tags]) =>
      perhaps((library) =>
        addPhoto(library, { path: `${where}/IMG_${name}.jpg`, reading: facts, tagging: tags }),
      ),
    ),
  fc
    .integer({ min: 1, max: 9 })
    .map((name) => perhaps((library) => addFile(library, `/pics/above/new${name}.jpg`))),
  fc.tuple(photo, photo, fc.boolean()).map(([one, other, together]) => (library: Library) => {
    const [id, cover] = [idOf(library, one), idOf(library, other)]
    if (id > 0 && cover > 0 && id !== cover)
      setCompanions(library, [{ id, companionOf: together ? cover : null }])
  }),
  fc
    .tuple(fc.integer({ min: 1, max: 6 }), fc.boolean())
    .map(([id, away]) => perhaps((library) => (away ? markAway(library, [id]) : markBack(library, id)))),
  fc.constant((library: Library) => queueAgain(library, 'all', async () => {})),
  photo.map((one) => (library: Library) => {
    dropMachineTags(library, [idOf(library, one)])
  }),
  fc.tuple(photo, photo).map(([one, other]) =>
    perhaps((library) => {
      const [first, second] = [idOf(library, one), idOf(library, other)]
      exchangePlaces(library, [
        { id: first, file: file(`trip ${first}.jpg`) },
        { id: second, file: file(`dog ${second}.jpg`) },
      ])
    }),
  ),
  fc
    .tuple(photo, fc.integer({ min: 1, max: 4 }))
    .map(([one, content]) => perhaps((library) => claimMoved(library, idOf(library, one), hashOf(content)))),
  fc.boolean().map((keepTags) =>
    perhaps(async (library) => {
      removeRoot(library, listRoots(library)[0]?.id ?? 0, keepTags)
      await settleRoots(library)
    }),
  ),
  fc.constantFrom('/pics/above', '/pics').map((path) =>
    perhaps(async (library) => {
      addRoot(library, path)
      await settleRoots(library)
    }),
  ),
  photo.map((one) =>
    perhaps((library) =>
      write(library, () => {
        markPresence(library, [idOf(library, one)], 'missing')
        dropMachineTags(library, [idOf(library, one)])
        throw new Error('The disk is full.')
      }),
    ),
  ),
)

/** Every query by its photos, their confidences, their order and their days. */
function answersOf(library: Library): unknown[] {
  return queries.flatMap((text) =>
    (['confidence', 'date'] as const).map((sort) => {
      const search: Search = { text, sort, minConfidence: null, language: 'en' }
      const { total, sections } = outlineOf(library, lexicon, search)
      const hits = reading(library, () => find(library, lexicon, search).list.slice(0, 100))
      return { text, sort, total, sections, hits }
    }),
  )
}

/** The photos that surely show each thing, by its key. */
const countsIn = (library: Library): Record<string, number> =>
  Object.fromEntries(thingsOf(library, lexicon, 'en').map(({ term: key, count }) => [key, count]))

/** The same, counted one photo after the other. */
function recounted(library: Library): Record<string, number> {
  const { vocabulary } = sessionOf(library, lexicon)
  const counts: Record<string, number> = {}
  const findings = library.db.prepare<[], { term: number; score: number }>(
    'SELECT term, score FROM finding f JOIN photo p ON p.id = f.photo_id WHERE p.visible = 1',
  )
  for (const { term: one, score } of findings.all())
    if (score >= vocabulary.threshold(one))
      counts[vocabulary.keyOf(one)] = (counts[vocabulary.keyOf(one)] ?? 0) + 1
  return counts
}

/** What `answersOf` gives, as the database tells it. */
function fromDatabase(folder: string): unknown[] {
  const library = openLibrary(folder, { mode: 'read', ancestorsOf })
  try {
    expect(sessionOf(library, lexicon).mirror).toBeNull()
    return answersOf(library)
  } finally {
    closeLibrary(library)
  }
}

const start = (library: Library): void => {
  addRoot(library, '/pics/above')
  ownTerm(library, 'Grandma')
  ownTerm(library, 'Granny')
  for (const [at, name] of ['Italy/IMG_1', 'Italy/Rome/IMG_2', 'trip/a', 'pics/dog', 'e'].entries())
    addPhoto(library, { path: `/pics/above/${name}.jpg`, reading: { contentHash: hashOf(1 + (at % 3)) } })
}

describe('the mirror of a library', () => {
  it('tells the same as the database after any changes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(change, { minLength: 1, maxLength: 4 }), { maxLength: 6 }),
        async (turns) => {
          const library = tempLibrary({ ancestorsOf })
          library.db.pragma('synchronous = OFF')
          start(library)
          expect(countsIn(library)).toEqual(recounted(library))
          await keepMirror(library)
          for (const changes of [[], ...turns]) {
            for (const each of changes) await each(library)
            expect(sessionOf(library, lexicon).mirror).not.toBeNull()
            expect(answersOf(library)).toEqual(fromDatabase(library.folder))
            expect(countsIn(library)).toEqual(recounted(library))
          }
          closeLibrary(library)
        },
      ),
      { numRuns: 15 },
    )
  })

  it('takes in what changes while it is being filled', async () => {
    const library = tempLibrary({ ancestorsOf })
    start(library)
    const full = keepMirror(library)
    markPresence(library, [2], 'missing')
    addPhoto(library, {
      path: '/pics/above/late.jpg',
      reading: { metadata: { takenAt: '2019-07-14T10:00:00' } },
    })
    expect(sessionOf(library, lexicon).mirror).toBeNull()
    await full
    expect(sessionOf(library, lexicon).mirror).not.toBeNull()
    expect(answersOf(library)).toEqual(fromDatabase(library.folder))
  })

  it('has room for photos with ids far apart', async () => {
    const library = tempLibrary({ ancestorsOf })
    start(library)
    await keepMirror(library)
    library.db.prepare('UPDATE sqlite_sequence SET seq = ?').run(3 * blockPhotos - 2)
    for (const name of ['x', 'y', 'z']) addPhoto(library, { path: `/pics/above/${name}.jpg` })
    expect(
      idsOf(
        library,
        lexicon,
        { text: 'is:copy', sort: 'date', minConfidence: null, language: 'en' },
        0,
        9,
      )[0],
    ).toBe(3 * blockPhotos + 1)
    expect(answersOf(library)).toEqual(fromDatabase(library.folder))
  })

  it('finds photos by the name of a folder that came to stand above theirs', async () => {
    const library = tempLibrary({ ancestorsOf })
    start(library)
    await keepMirror(library)
    const search: Search = { text: 'pics', sort: 'date', minConfidence: null, language: 'en' }
    expect(idsOf(library, lexicon, search, 0, 9)).toHaveLength(1)
    addRoot(library, '/pics')
    expect(idsOf(library, lexicon, search, 0, 9)).toHaveLength(5)
  })

  it('is not asked about what a transaction has not yet committed', async () => {
    const library = tempLibrary({ ancestorsOf })
    start(library)
    await keepMirror(library)
    markPresence(library, [1], 'missing')
    try {
      write(library, () => {
        markPresence(library, [2], 'missing')
        expect(sessionOf(library, lexicon).mirror).toBeNull()
        throw new Error('The disk is full.')
      })
    } catch {
      // As meant.
    }
    expect(answersOf(library)).toEqual(fromDatabase(library.folder))
  })

  it('leaves very many changes for when nobody is waiting', async () => {
    const library = tempLibrary({ ancestorsOf })
    start(library)
    await keepMirror(library)
    library.db.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5500)
      INSERT INTO photo (folder_id, name, size, mtime, ctime, state, format, width, height, taken_at)
      SELECT 1, 'many ' || i, 1, 1, 1, 'done', 'png', 4, 3, i * 50000 FROM n`)
    write(library, () => {
      refreshWords(library, library.db.prepare<[], number>('SELECT id FROM photo').pluck().all())
    })
    expect(sessionOf(library, lexicon).mirror).toBeNull()
    expect(answersOf(library)).toEqual(fromDatabase(library.folder))
    await expect
      .poll(() => {
        write(library, () => {})
        return sessionOf(library, lexicon).mirror
      })
      .not.toBeNull()
    expect(answersOf(library)).toEqual(fromDatabase(library.folder))
  })

  it('is not kept of a library that is only read', async () => {
    const { folder } = tempLibrary()
    const library = openLibrary(folder, { mode: 'read' })
    await keepMirror(library)
    expect(sessionOf(library, lexicon).mirror).toBeNull()
    closeLibrary(library)
  })
})
