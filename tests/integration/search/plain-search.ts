import * as fc from 'fast-check'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import { knownPart, type DatePrecision } from '../../../electron/core/contract/dates.ts'
import type { Search, SearchPage } from '../../../electron/core/contract/values.ts'
import { reading, type Reader } from '../../../electron/core/library/statements.ts'
import { secondsOf, undatedAt } from '../../../electron/core/library/times.ts'
import { readQuery } from '../../../electron/core/search/language/read-query.ts'
import { sessionOf } from '../../../electron/core/search/session.ts'
import { naiveReasons, naiveSearch, type NaivePhoto } from './naive.ts'
import { filesOf, scoresIn, type Sample } from './sample-library.ts'

/** Photos and searches of all kinds, and what the searches mean. */

export const lexicon = loadLexicon()
const category = (key: string): number => lexicon.idOf(`category:${key}`) ?? 0
const [dog, cat, animal, bird] = [category('dog'), category('cat'), category('animal'), category('bird')]
const own = 10_001
/** Names of own labels and of albums that the searches know, see `sampleLibrary`. */
export const ownNames = [['Grandma'], ['Trip to Rome', 'Dogs']] as const
const [toRome, dogs] = [2_000_000_002, 2_000_000_003]

const share = fc.constantFrom(0.05, 0.2, 0.31, 0.5, 0.6, 0.9, 0.9999, 1)
const folder = fc.constantFrom('', 'Italy 2019', 'Italy 2019/Rome', 'dogs')
const state = fc.constantFrom('pending' as const, 'done' as const, 'failed' as const)
const anyPhoto: fc.Arbitrary<Sample> = fc.record(
  {
    name: fc.constantFrom('a.jpg', 'IMG 12.jpg', 'dog.jpg', 'trip.jpg'),
    folder,
    takenAt: fc.constantFrom(
      '2019-07-14T10:00:00',
      '2019-07-14T23:59:59',
      '2020-01-01T00:00:00',
      '1969-12-31T23:00:00',
      '2019-01-01T00:00:00',
      '2019-07-01T00:00:01',
    ),
    takenPrecision: fc.constantFrom('year' as const, 'month' as const, 'day' as const, 'second' as const),
    takenFrom: fc.constantFrom('exif' as const, 'file-time' as const),
    rating: fc.constantFrom(-1, 0, 1, 4, 4, 5),
    tags: fc
      .uniqueArray(fc.tuple(fc.constantFrom(151, 281, 134, 517, 100), share), {
        maxLength: 5,
        selector: ([index]) => index,
      })
      .map((tags) => tags.toSorted((a, b) => b[1] - a[1])),
    categoryProbabilities: fc.uniqueArray(fc.tuple(fc.constantFrom(dog, cat, animal, bird), share), {
      selector: ([id]) => id,
    }),
    decisions: fc.uniqueArray(
      fc.oneof(
        fc.tuple(
          fc.constantFrom(151, 134, dog, animal),
          fc.constantFrom('confirmed' as const, 'removed' as const),
        ),
        fc.tuple(fc.constantFrom(own, toRome, dogs), fc.constant('added' as const)),
      ),
      { maxLength: 3, selector: ([term]) => term },
    ),
    keywords: fc.constantFrom(['dog'], ['Собака', 'trip'], ['2024', 'crane'], ['hot', 'dog']),
    camera: fc.constantFrom('Canon EOS', 'Nikon'),
    format: fc.constantFrom('jpeg', 'png'),
    place: fc.boolean(),
    damaged: fc.boolean(),
    hidden: fc.boolean(),
    favourite: fc.boolean(),
    title: fc.constantFrom('Dog', 'Our trip to Italy', 'Dogs and cats'),
    note: fc.constantFrom('A dog by the sea.\nLong ago.', 'italy'),
    state,
    presence: fc.constantFrom('here' as const, 'here' as const, 'missing' as const),
    behind: fc.constantFrom(false, false, false, true),
    copies: fc.array(
      fc.record({
        name: fc.constantFrom('copy of dog.jpg', 'trip 2.jpg'),
        folder,
        state,
        offline: fc.boolean(),
      }),
      { maxLength: 2 },
    ),
    offline: fc.constantFrom(false, false, true),
  },
  { requiredKeys: ['name'] },
)
/** A date that is known in part is that of its beginning. */
export const photo: fc.Arbitrary<Sample> = anyPhoto.map(({ takenAt, takenPrecision = 'second', ...same }) =>
  takenAt === undefined ? same : { ...same, takenAt: beginningOf(takenAt, takenPrecision), takenPrecision },
)

function beginningOf(takenAt: string, precision: DatePrecision): string {
  const known = knownPart(takenAt, precision)
  return known + '0000-01-01T00:00:00'.slice(known.length)
}

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
      '2019-07',
      '2019-07-14',
      '2019..2020',
      '2019-02..2020-06',
      'before:2020',
      'before:2019-07-15',
      'since:2019',
      'date:1969',
      'has:date',
      'has:place',
      'place:moscow',
      'место:России',
      'near:Москвы',
      'area:55.5,37..56,38',
      'area:55.75,37.62..55.75,37.62',
      'area:-60,170..60,-170',
      'участок:40,-5..60,37.5',
    ],
    [
      'july',
      'date:summer',
      'зимой',
      'winter 2020',
      'january 1',
      'july or january',
      'date:december..february',
      'weekend',
      'среда',
      'monday to saturday',
      'morning',
      'ночью',
      'evening',
      'before:"summer 2019"',
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
      'is:offline',
      'is:undated',
      'is:rejected',
      'is:hidden',
      'is:favourite',
      'stars:4',
      'stars:>=4',
      'stars:0..4',
      'stars:<1',
      'stars:0..5',
      'has:stars',
      'has:title',
      'has:note',
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
      'title:dog',
      'title:tri',
      'note:sea',
      'note:"dog by"',
      'keyword:trip',
      'keyword:dog',
      'hot dog',
      'tulip',
      'album:dogs',
      'album:rome',
      'альбом:"trip to rome"',
      'album:none',
      'trip to rome',
      'dogs',
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
export const text = fc.array(group, { maxLength: 4 }).map((groups) => groups.join(' & '))

/** Names that no other file of the folder has. */
export const named = (samples: readonly Sample[]): Sample[] =>
  samples.map((sample, at) => ({
    ...sample,
    name: `${at}-${sample.name}`,
    copies: (sample.copies ?? []).map((copy, number) => ({ ...copy, name: `${at}-${number}-${copy.name}` })),
  }))

/** What the naive search is given: the query, the photos, how they are to be read. */
function plainly(
  samples: readonly (Sample | null)[],
  { text: asked, minConfidence }: Search,
  reader: Reader,
) {
  const query = reading(reader, () => readQuery(asked, sessionOf(reader, lexicon).vocabulary))
  const offline = new Set(
    samples
      .filter((sample) => sample !== null)
      .flatMap(filesOf)
      .flatMap((file) => (file.offline === true ? [file.folder ?? ''] : [])),
  )
  const photos = samples.flatMap((sample, at): NaivePhoto[] =>
    sample === null ? [] : [{ ...sample, id: at + 1, scores: scoresIn(sample, lexicon) }],
  )
  return { query, photos, settings: { lexicon, minConfidence, offline } }
}

/** What the search means, worked out photo by photo; their ids are their places from 1 on, `null` is none. */
export function meant(samples: readonly (Sample | null)[], search: Search, reader: Reader) {
  const { query, photos, settings } = plainly(samples, search, reader)
  const keys = naiveSearch(query, photos, settings)
  const isByDate = search.sort === 'date'
  return photos
    .flatMap((each) => {
      const key = keys.get(each.id)
      return key === undefined
        ? []
        : [{ id: each.id, key, stars: each.rating ?? 0, at: shownAt(each), inPart: inPart(each) }]
    })
    .sort(
      (a, b) =>
        (isByDate
          ? dayOf(b.at) - dayOf(a.at) || a.inPart - b.inPart
          : search.sort === 'stars'
            ? b.stars - a.stars
            : b.key - a.key) ||
        b.at - a.at ||
        b.id - a.id,
    )
}

/** After the photos of a day come those of its month, then those of its year. */
const inPart = ({ takenAt, takenPrecision }: Sample): number =>
  takenAt === undefined ? 0 : { year: 2, month: 1, day: 0, second: 0 }[takenPrecision ?? 'second']

/** Why a photo is found, part by part, by its own data. */
export function reasonsFor(
  samples: readonly (Sample | null)[],
  search: Search,
  reader: Reader,
  id: number,
): string[] {
  const { query, photos, settings } = plainly(samples, search, reader)
  const photo = photos.find((each) => each.id === id)
  if (photo === undefined) return []
  const reasons = query.groups
    .flat()
    .flatMap((part) => naiveReasons(part, photo, query, photos, settings))
    .map(({ word, kind, tier, score }) => `${word}: ${kind} ${tier === 5 ? 1 : score / 10_000}`)
  return [...new Set(reasons)].sort()
}

const shownAt = ({ takenAt }: Sample): number =>
  takenAt === undefined ? undatedAt : (secondsOf(takenAt) ?? 0)

const dayOf = (at: number): number => (at === undatedAt ? -1_000_000 : Math.floor(at / 86_400))

interface Taken {
  readonly at: number
  readonly inPart: number
}

/** Day and number of photos in turn, and which of them are no days. */
export function daysIn(
  photos: readonly Taken[],
  sort: Search['sort'],
): Pick<SearchPage, 'days' | 'daysInPart'> {
  const sections = photos.map((taken) =>
    sort === 'date' ? `${dayOf(taken.at)} ${taken.inPart}` : '-1000000 0',
  )
  const unique = [...new Set(sections)]
  return {
    days: unique.flatMap((section) => [
      Number.parseInt(section),
      sections.filter((other) => other === section).length,
    ]),
    daysInPart: unique.flatMap((each, section) =>
      each.endsWith(' 0')
        ? []
        : [{ section, unit: each.endsWith(' 2') ? ('year' as const) : ('month' as const) }],
    ),
  }
}
