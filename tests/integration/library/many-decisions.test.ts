import { expect, it } from 'vitest'
import { decide } from '../../../electron/core/library/decisions/decisions.ts'
import { flushDeferredNow } from '../../../electron/core/library/decisions/deferred-index.ts'
import { addFiles } from '../../../electron/core/library/files/files.ts'
import { addRoot } from '../../../electron/core/library/roots/roots.ts'
import { storeResults } from '../../../electron/core/library/photos/store-results.ts'
import { redo, undo } from '../../../electron/core/library/decisions/undo.ts'
import {
  derivedFaults,
  hashOf,
  readingOf,
  someModel,
  taggingOf,
  tempLibrary,
} from '../../fixtures/temp-library.ts'

const many = 5000

it('thousands of photos are decided at once and taken back at once, every one', () => {
  const library = tempLibrary()
  const { folderId } = addRoot(library, '/photos')
  const files = Array.from({ length: many }, (_, at) => ({ name: `${at}.jpg`, size: 1, mtime: 1, ctime: 1 }))
  const ids = addFiles(library, folderId, files)
  for (let from = 0; from < many; from += 200) {
    const results = ids.slice(from, from + 200).map((fileId) => ({
      kind: 'read' as const,
      fileId,
      reading: readingOf({ contentHash: hashOf(fileId) }),
      tagging: taggingOf(151),
    }))
    storeResults(library, results, someModel)
  }
  const found = (term: number): number =>
    Number(library.db.prepare('SELECT count(*) FROM index_entry WHERE term = ?').pluck().get(term))
  const decided = (): number => Number(library.db.prepare('SELECT count(*) FROM decision').pluck().get())
  flushDeferredNow(library)
  expect([found(151), found(7), decided()]).toEqual([many, 0, 0])

  expect(decide(library, ids, 151, 'removed')).toBe(many)
  flushDeferredNow(library)
  expect([found(151), decided()]).toEqual([0, many])
  expect(decide(library, ids, 7, 'added')).toBe(many)
  flushDeferredNow(library)
  expect([found(7), decided()]).toEqual([many, 2 * many])
  expect(decide(library, ids, 7, 'added')).toBe(0)

  expect(undo(library)).toBe(many)
  flushDeferredNow(library)
  expect([found(151), found(7), decided()]).toEqual([0, 0, many])
  expect(undo(library)).toBe(many)
  flushDeferredNow(library)
  expect([found(151), found(7), decided()]).toEqual([many, 0, 0])
  expect(redo(library)).toBe(many)
  flushDeferredNow(library)
  expect([found(151), decided()]).toEqual([0, many])
  expect(derivedFaults(library)).toEqual([])
})
