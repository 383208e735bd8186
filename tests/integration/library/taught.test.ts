import { describe, expect, it } from 'vitest'
import { KartotekaError } from '../../../electron/core/contract/failure.ts'
import { decide } from '../../../electron/core/library/decisions/decisions.ts'
import { flushDeferredNow } from '../../../electron/core/library/decisions/deferred-index.ts'
import {
  ownLabels,
  removeOwnLabel,
  renameOwnLabel,
} from '../../../electron/core/library/decisions/own-labels.ts'
import {
  examplesOf,
  learnings,
  storeProposals,
  taughtLabels,
  teach,
  unlearn,
  type LearntProposals,
} from '../../../electron/core/library/decisions/taught.ts'
import { redo, undo } from '../../../electron/core/library/decisions/undo.ts'
import { firstOwnId, type TermId } from '../../../electron/core/labels/term.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import { closeLibrary } from '../../../electron/core/library/upkeep/open.ts'
import {
  addPhoto,
  derivedFaults,
  findingsOf,
  hashOf,
  planOf,
  tempLibrary,
} from '../../fixtures/temp-library.ts'

function photos(library: Library, count: number): number[] {
  return Array.from({ length: count }, (_, at) =>
    addPhoto(library, { path: `/photos/${at}.jpg`, reading: { contentHash: hashOf(at + 1) } }),
  )
}

/** As if the word had been learnt now, with these scores by photo. */
function propose(
  library: Library,
  term: TermId,
  scores: Readonly<Record<number, number>>,
  changes: Partial<LearntProposals> = {},
): boolean {
  const ownId = term - firstOwnId
  const ids = Object.keys(scores).map(Number)
  return storeProposals(library, {
    ownId,
    examples: learnings(library).find((each) => each.ownId === ownId)?.examples ?? 0,
    features: 'one',
    claims: true,
    photoIds: Uint32Array.from(ids),
    scores: Uint16Array.from(Object.values(scores)),
    ...changes,
  })
}

const stateOf = (library: Library): unknown =>
  taughtLabels(library).map(({ name, yes, no, state }) => [name, yes, no, state])
const scoresFor = (library: Library, term: TermId, ids: readonly number[]): unknown =>
  ids.map((id) => findingsOf(library, id)[term])

describe('teaching a word', () => {
  it('makes the label, gives it to photos and takes it off others, all in one step of the history', () => {
    const library = tempLibrary()
    const [a = 0, b = 0, c = 0] = photos(library, 3)
    const { term, changed } = teach(library, ' Our garden ', [a, b], [c])
    expect(changed).toBe(3)
    expect(stateOf(library)).toEqual([['Our garden', 2, 1, 'waiting']])
    expect(examplesOf(library, term)).toEqual([
      { photoId: a, verdict: 'added' },
      { photoId: b, verdict: 'added' },
      { photoId: c, verdict: 'removed' },
    ])
    expect(undo(library)).toBe(3)
    expect(ownLabels(library)).toEqual([])
    expect(stateOf(library)).toEqual([])
    redo(library)
    expect(stateOf(library)).toEqual([['Our garden', 2, 1, 'waiting']])
    expect(derivedFaults(library)).toEqual([])
  })

  it('takes what is decided about a label of that name for examples', () => {
    const library = tempLibrary()
    const [a = 0, b = 0] = photos(library, 2)
    const { term } = teach(library, 'Baikal', [a], [])
    decide(library, [b], term, 'confirmed')
    unlearn(library, term)
    expect(teach(library, 'BAIKAL', [b], [])).toEqual({ term, changed: 0, begun: true })
    expect(stateOf(library)).toEqual([['Baikal', 2, 0, 'waiting']])
  })

  it('needs a name, and a photo that is it', () => {
    const library = tempLibrary()
    const [a = 0] = photos(library, 1)
    for (const [name, yes, no] of [
      [' ', [a], []],
      ['garden', [], [a]],
      ['garden', [], []],
      ['garden', [a], [a]],
      ['garden', [999], []],
    ] as const)
      expect(() => teach(library, name, yes, no)).toThrow(KartotekaError)
    expect(ownLabels(library)).toEqual([])
    expect(() => undo(library)).toThrow(/nothing to undo/)
  })
})

describe('what is proposed', () => {
  it('is found like what the network saw, below what a person said', () => {
    const library = tempLibrary()
    const [a = 0, b = 0, c = 0] = photos(library, 3)
    const { term } = teach(library, 'garden', [a], [])
    expect(propose(library, term, { [b]: 9300, [c]: 5500 })).toBe(true)
    expect(scoresFor(library, term, [a, b, c])).toEqual([20_000, 9300, 5500])
    expect(stateOf(library)).toEqual([['garden', 1, 0, 'probabilities']])
    expect(ownLabels(library)).toMatchObject([{ proposals: 'probabilities' }])
    expect(derivedFaults(library)).toEqual([])
  })

  it('takes the place of what was proposed before; what stays the same is not written', () => {
    const library = tempLibrary()
    const [a = 0, b = 0, c = 0] = photos(library, 3)
    const { term } = teach(library, 'garden', [a], [])
    propose(library, term, { [b]: 9300, [c]: 5500 })
    expect(propose(library, term, { [b]: 9300, [c]: 5500 })).toBe(false)
    propose(library, term, { [c]: 4999 }, { claims: false })
    expect(scoresFor(library, term, [b, c])).toEqual([undefined, 4999])
    expect(ownLabels(library)).toMatchObject([{ proposals: 'order' }])
    expect(derivedFaults(library)).toEqual([])
  })

  it('can be confirmed and removed like any tag, which is an example more', () => {
    const library = tempLibrary()
    const [a = 0, b = 0, c = 0] = photos(library, 3)
    const { term } = teach(library, 'garden', [a], [])
    propose(library, term, { [b]: 9300, [c]: 9200 })
    decide(library, [b], term, 'confirmed')
    decide(library, [c], term, 'removed')
    expect(scoresFor(library, term, [b, c])).toEqual([20_000, undefined])
    expect(stateOf(library)).toEqual([['garden', 2, 1, 'waiting']])
    undo(library)
    expect(scoresFor(library, term, [c])).toEqual([9200])
    expect(derivedFaults(library)).toEqual([])
  })

  it('is due again when something was decided while it was learnt', () => {
    const library = tempLibrary()
    const [a = 0, b = 0] = photos(library, 2)
    const { term } = teach(library, 'garden', [a], [])
    const before = learnings(library)[0]?.examples ?? 0
    decide(library, [b], term, 'removed')
    propose(library, term, { [b]: 9300 }, { examples: before })
    expect(stateOf(library)).toEqual([['garden', 1, 1, 'waiting']])
    expect(scoresFor(library, term, [b])).toEqual([undefined])
  })

  it('passes over photos that are gone, and words that are no longer taught', () => {
    const library = tempLibrary()
    const [a = 0, b = 0] = photos(library, 2)
    const { term } = teach(library, 'garden', [a], [])
    library.db.prepare('DELETE FROM photo WHERE id = ?').run(b)
    expect(propose(library, term, { [b]: 9300 })).toBe(false)
    unlearn(library, term)
    expect(propose(library, term, { [a]: 9300 })).toBe(false)
    expect(library.db.prepare('SELECT count(*) FROM proposal').pluck().get()).toBe(0)
  })

  it('of very many photos is kept as a whole, and found in steps', () => {
    const library = tempLibrary()
    const ids = photos(library, 320)
    const { term } = teach(library, 'garden', ids.slice(0, 1), [])
    propose(library, term, Object.fromEntries(ids.slice(1).map((id) => [id, 9100])))
    flushDeferredNow(library)
    expect(new Set(ids.slice(1).map((id) => findingsOf(library, id)[term]))).toEqual(new Set([9100]))
    expect(derivedFaults(library)).toEqual([])
  })
})

describe('a word that is taught', () => {
  it('is unlearnt, with a way back: it is to be learnt again then', () => {
    const library = tempLibrary()
    const [a = 0, b = 0] = photos(library, 2)
    const { term } = teach(library, 'garden', [a], [])
    propose(library, term, { [b]: 9300 })
    unlearn(library, term)
    expect(scoresFor(library, term, [a, b])).toEqual([20_000, undefined])
    expect(ownLabels(library)).toMatchObject([{ name: 'garden', proposals: 'none' }])
    expect(() => {
      unlearn(library, term)
    }).toThrow(/not taught/)
    undo(library)
    expect(stateOf(library)).toEqual([['garden', 1, 0, 'waiting']])
    expect(derivedFaults(library)).toEqual([])
  })

  it('keeps what it learnt when it is renamed', () => {
    const library = tempLibrary()
    const [a = 0, b = 0] = photos(library, 2)
    const { term } = teach(library, 'garden', [a], [])
    propose(library, term, { [b]: 9300 })
    renameOwnLabel(library, term, 'Our garden')
    expect(stateOf(library)).toEqual([['Our garden', 1, 0, 'probabilities']])
    expect(scoresFor(library, term, [b])).toEqual([9300])
  })

  it('hands its examples to the label that it becomes, and gets them back', () => {
    const library = tempLibrary()
    const [a = 0, b = 0, c = 0] = photos(library, 3)
    const { term } = teach(library, 'garden', [a], [b])
    propose(library, term, { [c]: 9300 })
    const park = teach(library, 'park', [c], []).term
    unlearn(library, park)
    expect(renameOwnLabel(library, term, 'Park')).toEqual({ term: park, merged: true })
    expect(stateOf(library)).toEqual([['park', 2, 1, 'waiting']])
    expect(scoresFor(library, term, [a, b, c])).toEqual([undefined, undefined, undefined])
    undo(library)
    expect(stateOf(library)).toEqual([['garden', 1, 1, 'waiting']])
    redo(library)
    expect(stateOf(library)).toEqual([['park', 2, 1, 'waiting']])
    expect(derivedFaults(library)).toEqual([])
  })

  it('goes with its label, and comes back with it', () => {
    const library = tempLibrary()
    const [a = 0, b = 0] = photos(library, 2)
    const { term } = teach(library, 'garden', [a], [])
    propose(library, term, { [b]: 9300 })
    removeOwnLabel(library, term)
    expect(stateOf(library)).toEqual([])
    expect(scoresFor(library, term, [a, b])).toEqual([undefined, undefined])
    undo(library)
    expect(stateOf(library)).toEqual([['garden', 1, 0, 'waiting']])
  })

  it('is as it was when the library is opened again', () => {
    const library = tempLibrary()
    const [a = 0, b = 0] = photos(library, 2)
    const { term } = teach(library, 'garden', [a], [])
    propose(library, term, { [b]: 9300 })
    closeLibrary(library)
    const again = tempLibrary({}, library.folder)
    expect(stateOf(again)).toEqual([['garden', 1, 0, 'probabilities']])
    expect(scoresFor(again, term, [b])).toEqual([9300])
  })
})

it('proposals of a photo and of a word are found by their indexes', () => {
  const library = tempLibrary()
  expect(planOf(library, 'SELECT 10000 + own_id AS term, score FROM proposal WHERE photo_id = ?')).toBe(
    'SEARCH proposal USING PRIMARY KEY (photo_id=?)',
  )
  expect(planOf(library, 'SELECT photo_id AS id, score FROM proposal WHERE own_id = ?')).toBe(
    'SEARCH proposal USING COVERING INDEX proposal_by_label (own_id=?)',
  )
})
