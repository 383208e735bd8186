import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import { markMissing, setPresence } from '../../../electron/core/library/files/files.ts'
import { storeResults } from '../../../electron/core/library/photos/store-results.ts'
import { closeLibrary } from '../../../electron/core/library/upkeep/open.ts'
import { idsOf } from '../../../electron/core/search/search.ts'
import { addRoot, listRoots, removeRoot, settleRoots } from '../../../electron/core/library/roots/roots.ts'
import {
  addFile,
  addPhoto,
  derivedFaults,
  hashOf,
  readingOf,
  tempLibrary,
} from '../../fixtures/temp-library.ts'

const lexicon = loadLexicon()

interface Taken {
  readonly takenAt: string
  readonly takenOffset: string | null
  readonly takenPrecision: 'day' | 'second'
}
type Change =
  | { readonly kind: 'read'; readonly photo: number; readonly taken: Taken }
  | { readonly kind: 'hide' | 'show'; readonly photo: number }

const photo = fc.nat(7)
const taken: fc.Arbitrary<Taken> = fc
  .record({
    day: fc.constantFrom('2019-07-14', '2019-07-14', '2019-07-15'),
    clock: fc.constantFrom(
      '00:00:00',
      '00:00:10',
      '05:00:00',
      '12:00:00',
      '19:00:00',
      '19:01:00',
      '23:59:59',
    ),
    takenOffset: fc.constantFrom(null, '-04:00', '+02:00', '+03:00'),
    takenPrecision: fc.constantFrom('second' as const, 'second' as const, 'second' as const, 'day' as const),
  })
  .map(({ day, clock, takenOffset, takenPrecision }) =>
    takenPrecision === 'day'
      ? { takenAt: `${day}T00:00:00`, takenOffset: null, takenPrecision }
      : { takenAt: `${day}T${clock}`, takenOffset, takenPrecision },
  )
const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('read' as const), photo, taken }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('hide' as const, 'show' as const), photo }) },
)

const east = (offset: string): number => Number(offset.slice(0, 3))

/** By day, within it by the moment, equal moments by id, the latest first; clocks without a zone go by that of most. */
function inOrder(shown: ReadonlyMap<number, Taken>): number[] {
  const dayOf = ({ takenAt }: Taken): string => takenAt.slice(0, 10)
  const usual = (day: string): string => {
    const offsets = [...shown.values()]
      .filter((each) => dayOf(each) === day && each.takenPrecision === 'second')
      .flatMap(({ takenOffset }) => takenOffset ?? [])
    const times = (offset: string): number => offsets.filter((other) => other === offset).length
    return offsets.sort((a, b) => times(b) - times(a) || east(a) - east(b))[0] ?? '+00:00'
  }
  const moment = (each: Taken): number => Date.parse(each.takenAt + (each.takenOffset ?? usual(dayOf(each))))
  return [...shown]
    .filter(([, { takenPrecision }]) => takenPrecision === 'second')
    .sort(([a, one], [b, other]) => {
      if (dayOf(one) !== dayOf(other)) return dayOf(one) < dayOf(other) ? 1 : -1
      return moment(one) === moment(other) ? b - a : moment(other) - moment(one)
    })
    .map(([id]) => id)
}

function apply(library: Library, each: Change, files: Map<number, number>): void {
  const known = files.get(each.photo)
  if (each.kind === 'read') {
    const fileId = known ?? addFile(library, `/photos/${each.photo}.jpg`)
    files.set(each.photo, fileId)
    const reading = readingOf({ contentHash: hashOf(each.photo + 1), metadata: each.taken })
    storeResults(library, [{ kind: 'read', fileId, reading, tagging: null }], null)
  } else if (known !== undefined) {
    if (each.kind === 'hide') markMissing(library, [known])
    else setPresence(library, [known], 'here')
  }
}

it('photos of a day stand in the order of their moments, whatever comes, goes and gets another date', () => {
  fc.assert(
    fc.property(fc.array(change, { minLength: 5, maxLength: 25 }), (changes) => {
      const library = tempLibrary()
      const files = new Map<number, number>()
      for (const each of changes) apply(library, each, files)
      const shown = new Map<number, Taken>()
      for (const [number, fileId] of files) {
        const row = library.db
          .prepare<[number], { id: number; visible: number }>(
            'SELECT p.id, p.visible FROM file JOIN photo p ON p.id = photo_id WHERE file.id = ?',
          )
          .get(fileId)
        const last = changes.findLast((each) => each.kind === 'read' && each.photo === number)
        if (row?.visible === 1 && last?.kind === 'read') shown.set(row.id, last.taken)
      }
      const found = idsOf(
        library,
        lexicon,
        { text: '', sort: 'date', minConfidence: null, language: 'en' },
        0,
        99,
      )
      const known = found.filter((id) => shown.get(id)?.takenPrecision === 'second')
      expect(found).toHaveLength(shown.size)
      expect([...known]).toEqual(inOrder(shown))
      expect(derivedFaults(library)).toEqual([])
      closeLibrary(library)
    }),
    { numRuns: 12, endOnFailure: true },
  )
})

it('a day whose photos are forgotten is left in order', async () => {
  const library = tempLibrary()
  const read = (path: string, number: number, takenAt: string, takenOffset: string): void => {
    addPhoto(library, { path, reading: { contentHash: hashOf(number), metadata: { takenAt, takenOffset } } })
  }
  addRoot(library, '/lent')
  read('/photos/a.jpg', 1, '2019-07-14T12:00:00', '+02:00')
  read('/photos/b.jpg', 2, '2019-07-14T11:00:00', '+02:00')
  read('/lent/c.jpg', 3, '2019-07-14T09:00:00', '-04:00')
  read('/lent/d.jpg', 4, '2019-07-15T09:00:00', '-04:00')
  removeRoot(library, listRoots(library).find(({ path }) => path === '/lent')?.id ?? 0, false)
  await settleRoots(library, () => Promise.resolve())
  expect(derivedFaults(library)).toEqual([])
  expect(library.db.prepare('SELECT count(*) AS count FROM photo WHERE order_shift <> 0').get()).toEqual({
    count: 0,
  })
})
