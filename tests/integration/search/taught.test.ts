import { describe, expect, it } from 'vitest'
import type { Language, Search } from '../../../electron/core/contract/values.ts'
import { firstOwnId } from '../../../electron/core/labels/term.ts'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import { decide } from '../../../electron/core/library/decisions/decisions.ts'
import { learnings, storeProposals, teach } from '../../../electron/core/library/decisions/taught.ts'
import { undo } from '../../../electron/core/library/decisions/undo.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import { complete } from '../../../electron/core/search/complete.ts'
import { facetsOf } from '../../../electron/core/search/facets.ts'
import { photoDetails } from '../../../electron/core/search/photo-details.ts'
import { searchPage } from '../../../electron/core/search/search.ts'
import { selectionLabels } from '../../../electron/core/search/selection-labels.ts'
import { addPhoto, hashOf, taggingOf, tempLibrary } from '../../fixtures/temp-library.ts'

const lexicon = loadLexicon()

/** Six photos: the first two are marked as the garden, the others proposed with these scores. */
function taughtLibrary(claims: boolean, scores: readonly number[]) {
  const library = tempLibrary()
  const ids = Array.from({ length: 6 }, (_, at) =>
    addPhoto(library, {
      path: `/photos/${at}.jpg`,
      reading: { contentHash: hashOf(at + 1) },
      tagging: taggingOf(151, 0.4),
    }),
  )
  const { term } = teach(library, 'Our garden', ids.slice(0, 2), [])
  const ownId = term - firstOwnId
  storeProposals(library, {
    ownId,
    examples: learnings(library)[0]?.examples ?? 0,
    features: 'one',
    claims,
    photoIds: Uint32Array.from(ids.slice(2)),
    scores: Uint16Array.from(scores),
  })
  return { library, ids, term, key: `own:${ownId}` }
}

const searchIn = (library: Library, text: string, more: Partial<Search> = {}) =>
  searchPage(library, lexicon, { text, sort: 'auto', minConfidence: null, language: 'en', ...more }, 100)
const found = (library: Library, text: string, more: Partial<Search> = {}): number[] =>
  searchIn(library, text, more).photos.map(({ id }) => id)

describe('a word that is taught with enough examples', () => {
  it('finds what the person marked, then what surely is it, then what possibly is', () => {
    const { library, ids } = taughtLibrary(true, [9600, 9100, 6300, 2000])
    expect(new Set(found(library, 'our garden').slice(0, 2))).toEqual(new Set(ids.slice(0, 2)))
    expect(found(library, 'our garden').slice(2)).toEqual(ids.slice(2, 5))
    expect(searchIn(library, 'our garden')).toMatchObject({ total: 5, sort: 'confidence' })
  })

  it('tells of each photo how likely it is', () => {
    const { library, ids, key } = taughtLibrary(true, [9600, 9100, 6300, 2000])
    const byId = new Map(searchIn(library, 'our garden').photos.map((photo) => [photo.id, photo]))
    expect(ids.slice(0, 5).map((id) => byId.get(id)?.best)).toMatchObject([
      { term: key, label: 'Our garden', probability: 1, sure: true },
      { probability: 1, sure: true },
      { probability: 0.96, sure: true },
      { probability: 0.91, sure: true },
      { probability: 0.63, sure: false },
    ])
    expect(byId.get(ids[2] ?? 0)?.because).toEqual([
      { word: 'our garden', kind: 'own-label', met: 'Our garden', probability: 0.96 },
    ])
    expect(byId.get(ids[0] ?? 0)?.because).toMatchObject([{ probability: null }])
  })

  it('obeys the cut-off of a query, and is left out as a whole', () => {
    const { library, ids } = taughtLibrary(true, [9600, 9100, 6300, 2000])
    expect(found(library, 'our garden', { minConfidence: 0.9 })).toHaveLength(4)
    expect(found(library, '"our garden" confidence:<50%')).toEqual([ids[5]])
    expect(found(library, '-"our garden"')).toEqual([ids[5]])
  })

  it('is joined with other words', () => {
    const { library, ids } = taughtLibrary(true, [9600, 9100, 6300, 2000])
    expect(found(library, '"our garden" name:2')).toEqual([ids[2]])
  })

  it('is counted and completed by what it finds', () => {
    const { library, key } = taughtLibrary(true, [9600, 9100, 6300, 2000])
    expect(facetsOf(library, lexicon, 'en').find(({ term: each }) => each === key)?.count).toBe(5)
    const [completion] = complete(library, lexicon, { text: 'our g', caret: 5, language: 'en' as Language })
    expect(completion).toMatchObject({ label: 'Our garden', term: key, count: 5 })
  })

  it('is told of a photo and of a selection', async () => {
    const { library, ids, key } = taughtLibrary(true, [9600, 9100, 6300, 2000])
    expect(ids.map((id) => photoDetails(library, lexicon, id, 'en')?.proposals)).toMatchObject([
      [],
      [],
      [{ term: key, label: 'Our garden', probability: 0.96, sure: true }],
      [{ probability: 0.91, sure: true }],
      [{ probability: 0.63, sure: false }],
      [],
    ])
    const labels = await selectionLabels(library, lexicon, { photoIds: ids, language: 'en' })
    expect(labels.find(({ term: each }) => each === key)).toMatchObject({ count: 5, decided: 2 })
  })

  it('follows what is decided about a proposal, and taken back', () => {
    const { library, ids, term } = taughtLibrary(true, [9600, 9100, 6300, 2000])
    decide(library, [ids[2] ?? 0], term, 'removed')
    expect(found(library, 'our garden')).not.toContain(ids[2])
    undo(library)
    expect(found(library, 'our garden')).toContain(ids[2])
  })
})

describe('a word that is taught with too few', () => {
  it('finds photos in their order, and claims nothing of them', () => {
    const { library, ids, key } = taughtLibrary(false, [4999, 4998, 4997, 4996])
    expect(found(library, 'our garden').slice(2)).toEqual(ids.slice(2))
    const photo = searchIn(library, 'our garden').photos.find(({ id }) => id === ids[2])
    expect(photo).toMatchObject({ best: { term: key, sure: false, guess: true }, because: [{ guess: true }] })
  })

  it('counts only photos that have it, and leaves out no others', () => {
    const { library, ids, key } = taughtLibrary(false, [4999, 4998, 4997, 4996])
    expect(facetsOf(library, lexicon, 'en').find(({ term: each }) => each === key)?.count).toBe(2)
    expect(new Set(found(library, '-"our garden"'))).toEqual(new Set(ids.slice(2)))
  })

  it('is nothing that a photo is known by where it was not asked for', () => {
    const { library, ids } = taughtLibrary(false, [4999, 4998, 4997, 4996])
    expect(photoDetails(library, lexicon, ids[2] ?? 0, 'en')?.proposals).toEqual([])
    const photo = searchIn(library, 'name:2').photos[0]
    expect(photo?.best?.term).toBe('class:151')
    expect(photo?.best?.guess).toBeUndefined()
  })
})
