import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import { scoresOf } from '../../../electron/core/library/photos/index-entries.ts'
import { secondsOf, undatedAt } from '../../../electron/core/library/times.ts'
import type { Search } from '../../../electron/core/contract/values.ts'
import { listOf } from '../../../electron/core/search/photo-list.ts'
import { planOf } from '../../../electron/core/search/plan.ts'
import { idsOf, outlineOf } from '../../../electron/core/search/search.ts'
import { searchResult } from '../../../electron/core/search/search-result.ts'
import { readQuery } from '../../../electron/core/search/resolve.ts'
import { sessionOf } from '../../../electron/core/search/session.ts'
import { write } from '../../../electron/core/library/library.ts'
import { keepMirror } from '../../../electron/core/search/mirror-keeping.ts'
import { naiveKey, type NaivePhoto } from './naive.ts'
import { sampleLibrary, type Sample } from './sample-library.ts'

const lexicon = loadLexicon()
const category = (key: string): number => lexicon.idOf(`category:${key}`) ?? 0
const [dog, cat, animal, bird] = [category('dog'), category('cat'), category('animal'), category('bird')]
const own = 10_001

const share = fc.constantFrom(0.05, 0.2, 0.31, 0.5, 0.6, 0.9, 0.9999, 1)
const photo: fc.Arbitrary<Sample> = fc.record(
  {
    name: fc.constantFrom('a.jpg', 'IMG 12.jpg', 'dog.jpg', 'trip.jpg'),
    folder: fc.constantFrom('', 'Italy 2019', 'Italy 2019/Rome', 'dogs'),
    takenAt: fc.constantFrom(
      '2019-07-14T10:00:00',
      '2019-07-14T23:59:59',
      '2020-01-01T00:00:00',
      '1969-12-31T23:00:00',
    ),
    tags: fc
      .uniqueArray(fc.tuple(fc.constantFrom(151, 281, 134, 517, 100), share), {
        maxLength: 5,
        selector: ([index]) => index,
      })
      .map((tags) => tags.toSorted((a, b) => b[1] - a[1])),
    masses: fc.uniqueArray(fc.tuple(fc.constantFrom(dog, cat, animal, bird), share), {
      selector: ([id]) => id,
    }),
    decisions: fc.uniqueArray(
      fc.oneof(
        fc.tuple(
          fc.constantFrom(151, 134, dog, animal),
          fc.constantFrom('confirmed' as const, 'removed' as const),
        ),
        fc.tuple(fc.constant(own), fc.constant('added' as const)),
      ),
      { maxLength: 2, selector: ([term]) => term },
    ),
    keywords: fc.constantFrom(['dog'], ['Собака', 'trip'], ['2024', 'crane'], ['hot', 'dog']),
    camera: fc.constantFrom('Canon EOS', 'Nikon'),
    format: fc.constantFrom('jpeg', 'png'),
    place: fc.boolean(),
    damaged: fc.boolean(),
    content: fc.integer({ min: 1, max: 5 }),
    state: fc.constantFrom('pending' as const, 'done' as const, 'failed' as const),
    unread: fc.boolean(),
  },
  { requiredKeys: ['name'] },
)
const word = fc.constantFrom(
  ...[
    [
      'dog',
      'кошка',
      'animal',
      'bird',
      'crane',
      'chihuahua',
      'label:dog',
      'category:animal',
      'label:crane',
      'grandma',
    ],
    [
      '2019',
      '2024',
      '2019-07-14',
      '2019..2020',
      'before:2020',
      'since:2019',
      'date:1969',
      'has:date',
      'has:place',
    ],
    [
      'has:camera',
      'has:keywords',
      'is:untagged',
      'is:problem',
      'is:pending',
      'is:confirmed',
      'is:damaged',
      'is:copy',
    ],
    [
      'folder:italy',
      'folder:rome',
      'folder:photos',
      'folder:none',
      'camera:canon',
      'camera:none',
      'type:png',
    ],
    [
      'trip',
      'italy',
      'img',
      'rome',
      'name:dog',
      'name:img_12',
      'keyword:trip',
      'keyword:dog',
      'hot dog',
      'tulip',
    ],
  ].flat(),
)
const part = fc.tuple(fc.constantFrom('', '', '', '-'), word).map((pieces) => pieces.join(''))
const group = fc.oneof(
  { weight: 4, arbitrary: part },
  { weight: 2, arbitrary: fc.array(part, { minLength: 2, maxLength: 4 }).map((parts) => parts.join(' or ')) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('confidence:>0.3', 'confidence:>=0.5', 'confidence:<0.6', '-confidence:>0.9'),
  },
)
const text = fc.array(group, { maxLength: 4 }).map((groups) => groups.join(' & '))

describe('a search of the library', () => {
  it('finds, orders and counts what the query means', async () => {
    const libraries = fc.array(photo, { minLength: 1, maxLength: 25 })
    const searches = fc.array(fc.tuple(text, fc.constantFrom(null, null, 0, 0.3, 0.6)), {
      minLength: 40,
      maxLength: 40,
    })
    await fc.assert(
      fc.asyncProperty(libraries, searches, async (samples, asked) => {
        const unique = samples.map((sample, at) => ({ ...sample, name: `${at}-${sample.name}` }))
        const { library, close } = sampleLibrary(unique, lexicon, ['Grandma'])
        const unmirrored = sessionOf(library, lexicon)
        try {
          const photos = unique.map((sample, at): NaivePhoto => ({
            ...sample,
            id: at + 1,
            scores: scoresBy(sample, library),
          }))
          await keepMirror(library)
          write(library, () => {})
          expect(sessionOf(library, lexicon).mirror).not.toBeNull()
          for (const [query, minConfidence] of asked)
            for (const sort of ['confidence', 'date'] as const) {
              const search = { text: query, sort, minConfidence, language: 'en' as const }
              const meant = naiveSearch(photos, query, minConfidence, sort)
              const ids = meant.map(({ id }) => id)
              const { photos: found, total } = searchResult(library, lexicon, search, {
                offset: 0,
                limit: 1000,
              })
              const sections = outlineOf(library, lexicon, search).sections
              expect({
                search,
                total,
                ids: found.map(({ id }) => id),
                byPages: [0, 1, 2, 3, 4].flatMap((page) => idsOf(library, lexicon, search, page * 5, 5)),
                readWhole: idsWith(Number.MAX_SAFE_INTEGER, search),
                lookedUp: idsWith(0, search),
                asItPays: idsWith(unmirrored.scansPerLookup, search),
                inSections: sections.reduce((sum, { count }) => sum + count, 0),
              }).toEqual({
                search,
                total: ids.length,
                ids,
                byPages: ids,
                readWhole: ids,
                lookedUp: ids,
                asItPays: ids,
                inSections: ids.length,
              })
              for (const [at, { confidence }] of found.entries())
                expect(confidence).toBeCloseTo((meant[at]?.key ?? -1) % 2, 5)
            }
        } finally {
          close()
        }

        /** The way it is asked without a mirror in a library where reading whole lists always, or never, pays. */
        function idsWith(scansPerLookup: number, search: Search): number[] {
          const session = { ...unmirrored, scansPerLookup }
          const plan = planOf(
            readQuery(search.text, session.vocabulary),
            search,
            session.vocabulary,
            session.facts,
          )
          const list = listOf(plan, search.sort, session)
          const sections = list.days().reduce((sum, { count }) => sum + count, 0)
          const ids = list.slice(0, 1000).map(({ id }) => id)
          return sections === ids.length ? ids : []
        }

        function naiveSearch(
          photos: readonly NaivePhoto[],
          query: string,
          minConfidence: number | null,
          sort: string,
        ) {
          const read = readQuery(query, sessionOf(library, lexicon).vocabulary)
          const copies = (one: NaivePhoto): number =>
            photos.filter(
              (other) =>
                one.content !== undefined &&
                other.id !== one.id &&
                other.content === one.content &&
                other.unread !== true,
            ).length
          return photos
            .flatMap((each) => {
              const key = naiveKey(read, each, { lexicon, minConfidence, copies })
              return key === null ? [] : [{ id: each.id, key, at: shownAt(each) }]
            })
            .sort((a, b) => (sort === 'date' ? 0 : b.key - a.key) || b.at - a.at || b.id - a.id)
        }
      }),
      { numRuns: 30, endOnFailure: true },
    )
  })
})

it('finds photos that could not be read by a label that only their keywords name', () => {
  const { library, close } = sampleLibrary(
    [
      { name: 'a.jpg', keywords: ['crane'], state: 'failed', unread: true },
      { name: 'b.jpg', state: 'failed', unread: true },
      { name: 'c.jpg', tags: [[134, 0.9]] },
    ],
    lexicon,
  )
  try {
    const search: Search = { text: 'is:problem crane', sort: 'date', minConfidence: null, language: 'en' }
    expect([...idsOf(library, lexicon, search, 0, 10)]).toEqual([1])
  } finally {
    close()
  }
})

const shownAt = ({ takenAt }: Sample): number =>
  takenAt === undefined ? undatedAt : (secondsOf(takenAt) ?? 0)

function scoresBy(sample: Sample, library: Parameters<typeof sessionOf>[0]): ReadonlyMap<number, number> {
  if (sample.unread === true) return new Map()
  return scoresOf(
    {
      tags: (sample.tags ?? []).map(([classIndex, probability]) => ({ classIndex, probability })),
      masses: (sample.masses ?? []).map(([categoryId, mass]) => ({ categoryId, mass })),
      decisions: (sample.decisions ?? []).map(([term, verdict]) => ({ term, verdict })),
    },
    library.ancestorsOf,
  )
}
