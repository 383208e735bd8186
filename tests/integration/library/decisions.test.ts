import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  applySteps,
  decide,
  decisionsOf,
  joinDecisions,
} from '../../../electron/core/library/decisions/decisions.ts'
import type { Verdict } from '../../../electron/core/library/photos/index-entries.ts'
import { write, type Library } from '../../../electron/core/library/library.ts'
import { closeLibrary } from '../../../electron/core/library/upkeep/open.ts'
import { storeResults } from '../../../electron/core/library/photos/store-results.ts'
import { redo, undo } from '../../../electron/core/library/decisions/undo.ts'
import {
  addPhoto,
  derivedFaults,
  fileIdAt,
  findingsOf,
  hashOf,
  readingOf,
  someModel,
  taggingOf,
  tempLibrary,
} from '../../fixtures/temp-library.ts'

const allDecisions = (library: Library): unknown[] =>
  library.db.prepare('SELECT photo_id, term, verdict FROM decision ORDER BY photo_id, term').all()

describe('what people decide', () => {
  it('outranks the model, and is told apart from it', () => {
    const library = tempLibrary()
    const id = addPhoto(library, { path: '/photos/a.jpg' })
    expect(decide(library, [id], 151, 'confirmed')).toBe(1)
    expect(decide(library, [id], 152, 'removed')).toBe(1)
    expect(decide(library, [id], 700, 'added')).toBe(1)
    const scores = findingsOf(library, id)
    expect([scores[151], scores[152], scores[700]]).toEqual([20_000, undefined, 20_000])
    expect(derivedFaults(library)).toEqual([])
  })

  it('is done for many photos at once, as one step', () => {
    const library = tempLibrary()
    const ids = Array.from({ length: 300 }, (_, index) =>
      addPhoto(library, { path: `/photos/${index}.jpg`, reading: { contentHash: hashOf(index + 1) } }),
    )
    expect(decide(library, [...ids, ...ids, 99_999], 151, 'removed')).toBe(300)
    expect(decide(library, ids, 151, 'removed')).toBe(0)
    expect(undo(library)).toBe(300)
    expect(allDecisions(library)).toEqual([])
    expect(derivedFaults(library)).toEqual([])
  })

  it('can be taken back', () => {
    const library = tempLibrary()
    const id = addPhoto(library, { path: '/photos/a.jpg' })
    const before = findingsOf(library, id)
    decide(library, [id], 151, 'removed')
    decide(library, [id], 151, 'clear')
    expect(findingsOf(library, id)).toEqual(before)
  })

  it('survives another classification by another model, also of changed content', () => {
    const library = tempLibrary()
    const id = addPhoto(library, { path: '/photos/a.jpg' })
    decide(library, [id], 151, 'removed')
    storeResults(
      library,
      [
        {
          kind: 'read',
          fileId: fileIdAt(library, '/photos/a.jpg'),
          reading: readingOf({ contentHash: hashOf(9) }),
          tagging: taggingOf(151, 0.99),
        },
      ],
      { ...someModel, sha256: 'e'.repeat(64) },
    )
    expect(findingsOf(library, id)[151]).toBeUndefined()
    undo(library)
    expect(findingsOf(library, id)[151]).toBe(9900)
  })

  it('about photos that are not there says so', () => {
    expect(() => decide(tempLibrary(), [1, 2], 151, 'confirmed')).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    )
  })
})

describe('undo and redo', () => {
  it('go back and forth through the history, also after a restart', () => {
    const library = tempLibrary()
    const id = addPhoto(library, { path: '/photos/a.jpg' })
    decide(library, [id], 151, 'confirmed')
    decide(library, [id], 151, 'removed')
    closeLibrary(library)
    const again = tempLibrary({}, library.folder)
    undo(again)
    expect(decisionsOf(again, id)).toEqual([{ term: 151, verdict: 'confirmed' }])
    undo(again)
    expect(decisionsOf(again, id)).toEqual([])
    expect(() => undo(again)).toThrow(expect.objectContaining({ code: 'nothing-to-undo' }))
    redo(again)
    redo(again)
    expect(decisionsOf(again, id)).toEqual([{ term: 151, verdict: 'removed' }])
    expect(() => redo(again)).toThrow(expect.objectContaining({ code: 'nothing-to-undo' }))
  })

  it('forget what was undone once something new is decided', () => {
    const library = tempLibrary()
    const id = addPhoto(library, { path: '/photos/a.jpg' })
    decide(library, [id], 151, 'confirmed')
    undo(library)
    decide(library, [id], 152, 'confirmed')
    expect(() => redo(library)).toThrow(expect.objectContaining({ code: 'nothing-to-undo' }))
    undo(library)
    expect(decisionsOf(library, id)).toEqual([])
  })

  it('bring every sequence of decisions back, and forth again', () => {
    const library = tempLibrary()
    const ids = [1, 2, 3].map((number) =>
      addPhoto(library, { path: `/photos/${number}.jpg`, reading: { contentHash: hashOf(number) } }),
    )
    const action = fc.record({
      photos: fc.subarray(ids, { minLength: 1 }),
      term: fc.constantFrom(151, 152, 1001, 10_001),
      verdict: fc.constantFrom<Verdict | 'clear'>('confirmed', 'removed', 'added', 'clear'),
    })
    const state = (): unknown[] => [...allDecisions(library), ...ids.map((id) => findingsOf(library, id))]
    fc.assert(
      fc.property(fc.array(action, { minLength: 1, maxLength: 12 }), (actions) => {
        const before = state()
        const steps = actions.filter(
          ({ photos, term, verdict }) => decide(library, photos, term, verdict) > 0,
        ).length
        const after = state()
        for (let step = 0; step < steps; step++) undo(library)
        expect(state()).toEqual(before)
        for (let step = 0; step < steps; step++) redo(library)
        expect(state()).toEqual(after)
        expect(derivedFaults(library)).toEqual([])
      }),
      { numRuns: 25 },
    )
  })
})

describe('decisions that are joined', () => {
  const verdict = fc.constantFrom('confirmed' as const, 'removed' as const, 'added' as const)
  const decision = fc.record({
    at: fc.nat(4),
    term: fc.constantFrom(1, 2),
    verdict,
    time: fc.integer({ min: 1, max: 6 }),
  })
  const pair = fc.record({ from: fc.nat(2), to: fc.integer({ min: 3, max: 4 }) })

  interface Made {
    readonly verdict: Verdict
    readonly time: number
  }

  it('are the latest about each label, in whatever order they come, and can all be taken back', () => {
    const library = tempLibrary()
    const ids = [1, 2, 3, 4, 5].map((at) =>
      addPhoto(library, { path: `/photos/${at}.jpg`, reading: { contentHash: hashOf(at) } }),
    )
    const id = (at: number): number => ids[at] ?? 0
    fc.assert(
      fc.property(
        fc.array(decision, { maxLength: 12 }),
        fc.uniqueArray(pair, { minLength: 1, maxLength: 5, selector: ({ from, to }) => `${from} ${to}` }),
        (decisions, pairs) => {
          const made = new Map<string, Made>()
          write(library, () => {
            library.db.exec('DELETE FROM decision_change')
            applySteps(
              library,
              ids.flatMap((photoId) => [1, 2].map((term) => ({ photoId, term, before: null, after: null }))),
            )
            for (const { at, term, verdict: after, time } of decisions) {
              applySteps(library, [{ photoId: id(at), term, before: null, after }], () => time)
              made.set(`${id(at)} ${term}`, { verdict: after, time })
            }
          })
          const before = allDecisions(library)
          write(library, () => {
            joinDecisions(
              library,
              pairs.map(({ from, to }) => ({ from: id(from), to: id(to) })),
            )
          })

          const wanted = new Map(made)
          for (const { from, to } of pairs)
            for (const term of [1, 2]) {
              const coming = made.get(`${id(from)} ${term}`)
              const standing = wanted.get(`${id(to)} ${term}`)
              if (coming !== undefined && coming.time > (standing?.time ?? -1))
                wanted.set(`${id(to)} ${term}`, coming)
            }
          const all = library.db
            .prepare<[], { at: string; verdict: Verdict; time: number }>(
              "SELECT photo_id || ' ' || term AS at, verdict, decided_at AS time FROM decision",
            )
            .all()
          expect(new Map(all.map(({ at, ...rest }) => [at, rest]))).toEqual(wanted)
          expect(derivedFaults(library)).toEqual([])

          const isNews = JSON.stringify(allDecisions(library)) !== JSON.stringify(before)
          if (isNews) undo(library)
          expect(() => undo(library)).toThrow(expect.objectContaining({ code: 'nothing-to-undo' }))
          expect(allDecisions(library)).toEqual(before)
        },
      ),
      { numRuns: 100 },
    )
  })
})
