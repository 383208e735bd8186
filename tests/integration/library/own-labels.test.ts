import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide, decisionsOf } from '../../../electron/core/library/decisions/decisions.ts'
import { KartotekaError } from '../../../electron/core/contract/failure.ts'
import { fold } from '../../../electron/core/labels/fold.ts'
import type { Verdict } from '../../../electron/core/library/photos/index-entries.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import {
  decideByName,
  ownLabels,
  ownTerm,
  removeOwnLabel,
  renameOwnLabel,
} from '../../../electron/core/library/decisions/own-labels.ts'
import { redo, undo } from '../../../electron/core/library/decisions/undo.ts'
import { addPhoto, derivedFaults, findingsOf, hashOf, tempLibrary } from '../../fixtures/temp-library.ts'

const allDecisions = (library: Library): unknown[] =>
  library.db.prepare('SELECT photo_id, term, verdict FROM decision ORDER BY photo_id, term').all()

describe('words of one’s own', () => {
  it('that differ only in case and accents are one', () => {
    const library = tempLibrary()
    const term = ownTerm(library, ' Großmutter ')
    expect(ownTerm(library, 'grossmutter')).toBe(term)
    expect(ownLabels(library)).toEqual([
      { term, name: 'Großmutter', folded: 'grossmutter', proposals: 'none' },
    ])
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
