import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  applySteps,
  decide,
  decisionsOf,
  joinDecisions,
} from '../../../electron/core/library/decisions/decisions.ts'
import { KartotekaError } from '../../../electron/core/contract/failure.ts'
import { fold } from '../../../electron/core/labels/fold.ts'
import type { Verdict } from '../../../electron/core/library/photos/index-entries.ts'
import { write, type Library } from '../../../electron/core/library/library.ts'
import { closeLibrary } from '../../../electron/core/library/upkeep/open.ts'
import {
  decideByName,
  ownLabels,
  ownTerm,
  removeOwnLabel,
  renameOwnLabel,
} from '../../../electron/core/library/decisions/own-labels.ts'
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

describe('words of one’s own', () => {
  it('that differ only in case and accents are one', () => {
    const library = tempLibrary()
    const term = ownTerm(library, ' Großmutter ')
    expect(ownTerm(library, 'grossmutter')).toBe(term)
    expect(ownLabels(library)).toEqual([{ term, name: 'Großmutter', folded: 'grossmutter' }])
  })

  it('can be renamed, also to another spelling of themselves, and back', () => {
    const library = tempLibrary()
    const term = ownTerm(library, 'oma')
    expect(renameOwnLabel(library, term, 'Oma')).toEqual({ term, merged: false })
    expect(renameOwnLabel(library, term, 'Großmutter')).toEqual({ term, merged: false })
    undo(library)
    expect(ownLabels(library).map(({ name }) => name)).toEqual(['Oma'])
    redo(library)
    expect(ownLabels(library).map(({ name }) => name)).toEqual(['Großmutter'])
  })

  it('become one when one is renamed to the other, and two again on undo', () => {
    const library = tempLibrary()
    const ids = [1, 2, 3].map((number) =>
      addPhoto(library, { path: `/photos/${number}.jpg`, reading: { contentHash: hashOf(number) } }),
    )
    const oma = ownTerm(library, 'Oma')
    const granny = ownTerm(library, 'Granny')
    decide(library, ids.slice(0, 2), oma, 'added')
    decide(library, ids.slice(1), granny, 'added')
    const before = allDecisions(library)

    expect(renameOwnLabel(library, oma, 'GRANNY')).toEqual({ term: granny, merged: true })
    expect(ownLabels(library).map(({ name }) => name)).toEqual(['Granny'])
    expect(ids.map((id) => findingsOf(library, id)[granny])).toEqual([20_000, 20_000, 20_000])
    expect(ids.map((id) => findingsOf(library, id)[oma])).toEqual([undefined, undefined, undefined])

    undo(library)
    expect(allDecisions(library)).toEqual(before)
    expect(ownLabels(library).map(({ name }) => name)).toEqual(['Granny', 'Oma'])
    redo(library)
    expect(ownLabels(library).map(({ name }) => name)).toEqual(['Granny'])
  })

  it('that no photo has any more are still there, to be renamed or deleted', () => {
    const library = tempLibrary()
    const id = addPhoto(library, { path: '/photos/a.jpg' })
    const oma = ownTerm(library, 'Oma')
    decide(library, [id], oma, 'added')
    decide(library, [id], oma, 'clear')
    expect(ownLabels(library).map(({ name }) => name)).toEqual(['Oma'])
    expect(removeOwnLabel(library, oma)).toBe(0)
    expect(ownLabels(library)).toEqual([])
    expect(() => removeOwnLabel(library, oma)).toThrow(expect.objectContaining({ code: 'not-found' }))
    undo(library)
    expect(ownLabels(library).map(({ name }) => name)).toEqual(['Oma'])
  })

  it('are taken off all photos when they are deleted, and come back on undo', () => {
    const library = tempLibrary()
    const ids = [1, 2, 3].map((number) =>
      addPhoto(library, { path: `/photos/${number}.jpg`, reading: { contentHash: hashOf(number) } }),
    )
    const oma = ownTerm(library, 'Oma')
    decide(library, ids.slice(0, 2), oma, 'added')
    decide(library, ids.slice(2), oma, 'removed')
    const before = allDecisions(library)

    expect(removeOwnLabel(library, oma)).toBe(2)
    expect(allDecisions(library)).toEqual([])
    expect(ids.map((id) => findingsOf(library, id)[oma])).toEqual([undefined, undefined, undefined])
    expect(ownTerm(library, 'Oma')).not.toBe(oma)
    expect(derivedFaults(library)).toEqual([])

    undo(library)
    expect(allDecisions(library)).toEqual(before)
  })

  it('come back on undo although their name was given anew meanwhile', () => {
    const library = tempLibrary()
    const id = addPhoto(library, { path: '/photos/a.jpg' })
    const first = ownTerm(library, 'Oma')
    decide(library, [id], first, 'added')
    removeOwnLabel(library, first)
    decide(library, [id], ownTerm(library, 'oma'), 'added')
    undo(library)
    undo(library)
    expect(ownLabels(library)).toMatchObject([{ term: first, name: 'Oma' }])
    expect(decisionsOf(library, id)).toEqual([{ term: first, verdict: 'added' }])
    redo(library)
    expect(ownLabels(library)).toEqual([])
    expect(() => redo(library)).toThrow(expect.objectContaining({ code: 'nothing-to-undo' }))
  })

  it('are made with the first decision about them, and go with it when it is taken back', () => {
    const library = tempLibrary()
    const id = addPhoto(library, { path: '/photos/a.jpg' })
    expect(decideByName(library, [id], 'Oma', 'added')).toBe(1)
    const [label] = ownLabels(library)
    undo(library)
    expect(ownLabels(library)).toEqual([])
    redo(library)
    expect(ownLabels(library)).toEqual([label])
    expect(decisionsOf(library, id)).toEqual([{ term: label?.term, verdict: 'added' }])
  })

  it('are not made when nothing is decided', () => {
    const library = tempLibrary()
    const id = addPhoto(library, { path: '/photos/a.jpg' })
    expect(() => decideByName(library, [999], 'Oma', 'added')).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    )
    expect(decideByName(library, [id], 'Oma', 'clear')).toBe(0)
    expect(ownLabels(library)).toEqual([])
    expect(() => undo(library)).toThrow(expect.objectContaining({ code: 'nothing-to-undo' }))
  })

  it('can be made, renamed, merged and deleted in any order, and all of it taken back and done again', () => {
    const library = tempLibrary()
    const ids = [1, 2, 3].map((number) =>
      addPhoto(library, { path: `/photos/${number}.jpg`, reading: { contentHash: hashOf(number) } }),
    )
    const name = fc.constantFrom('Cat', 'Dog', 'c\u00e4t', 'Fox')
    const termOf = (wanted: string) =>
      ownLabels(library).find(({ folded }) => folded === fold(wanted))?.term ?? null
    const action = fc.oneof(
      fc
        .tuple(
          name,
          fc.subarray(ids, { minLength: 1 }),
          fc.constantFrom<Verdict | 'clear'>('added', 'removed', 'clear'),
        )
        .map(([label, photos, verdict]) => () => {
          decideByName(library, photos, label, verdict)
        }),
      fc.tuple(name, name).map(([label, to]) => () => {
        const term = termOf(label)
        if (term !== null) renameOwnLabel(library, term, to)
      }),
      name.map((label) => () => {
        const term = termOf(label)
        if (term !== null) removeOwnLabel(library, term)
      }),
      fc.constantFrom(undo, redo).map((travel) => () => {
        once(travel)
      }),
    )
    const once = (travel: (library: Library) => number): boolean => {
      try {
        travel(library)
        return true
      } catch (error) {
        if (error instanceof KartotekaError && error.code === 'nothing-to-undo') return false
        throw error
      }
    }
    const all = (travel: (library: Library) => number): number => {
      let count = 0
      while (once(travel)) count += 1
      return count
    }
    const state = (): unknown[] => [
      ...ownLabels(library).map(({ folded }) => folded),
      ...library.db
        .prepare(
          `SELECT photo_id, folded, verdict FROM decision LEFT JOIN own_label o ON o.id = term - 10000 ORDER BY 1, 2`,
        )
        .all(),
    ]
    fc.assert(
      fc.property(fc.array(action, { maxLength: 14 }), (actions) => {
        library.db.exec('DELETE FROM decision_change')
        const before = state()
        for (const each of actions) each()
        all(redo)
        const after = state()
        const steps = all(undo)
        expect(state()).toEqual(before)
        expect(all(redo)).toBe(steps)
        expect(state()).toEqual(after)
        expect(derivedFaults(library)).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  it('need something to be found by', () => {
    expect(() => ownTerm(tempLibrary(), ' - ')).toThrow(expect.objectContaining({ code: 'invalid-input' }))
    expect(() => renameOwnLabel(tempLibrary(), 10_009, 'x')).toThrow(
      expect.objectContaining({ code: 'not-found' }),
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
