import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Statement } from 'better-sqlite3'
import { expect, it } from 'vitest'
import type { Library } from '../../../electron/core/library/library.ts'
import { threadEntries } from '../../../electron/worker/entries.ts'
import { index, filesIn, scratch, testLibrary } from '../indexing/index-photos.ts'

const entries = { ...threadEntries, photo: new URL('../../fixtures/failing-worker.ts', import.meta.url) }

/** Files that only have a name: the stand-in worker does not read them. */
function putFiles(folder: string, from: number, until: number): void {
  for (let at = from; at < until; at++) writeFileSync(join(folder, `${at}.jpg`), `${at}`)
}

interface Work {
  /** By statement. */
  readonly runs: Map<string, number>
  readonly rows: Map<string, number>
}

function add(to: Map<string, number>, sql: string, count: number): void {
  to.set(sql, (to.get(sql) ?? 0) + count)
}

/** Counts what the library's own connection is asked from now on: how often each statement is run, the rows it gives. */
function counted(library: Library): Work {
  const work: Work = { runs: new Map(), rows: new Map() }
  const watched = (statement: Statement, sql: string): Statement =>
    new Proxy(statement, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target)
        if (typeof value !== 'function') return value
        return (...given: unknown[]): unknown => {
          const result: unknown = Reflect.apply(value, target, given)
          if (result === target) return watched(target, sql)
          add(work.runs, sql, 1)
          if (Array.isArray(result)) add(work.rows, sql, result.length)
          return result
        }
      },
    })
  const plain = library.db.prepare.bind(library.db)
  library.statements.clear()
  Object.assign(library.db, { prepare: (sql: string) => watched(plain(sql), sql) })
  return work
}

const total = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((a, b) => a + b, 0)

/** A rescan that finds `fresh` new files in a folder of `known` ones. */
async function rescan(known: number, fresh: number): Promise<Work> {
  const folder = scratch()
  putFiles(folder, 0, known)
  const library = testLibrary()
  await index(library, { folders: [folder], options: { entries } })
  putFiles(folder, known, known + fresh)
  const work = counted(library)
  expect(await index(library, { options: { entries } })).toMatchObject({
    found: known + fresh,
    unchanged: known,
    indexed: fresh,
    failed: 0,
  })
  const asked = { runs: new Map(work.runs), rows: new Map(work.rows) }
  expect(filesIn(library)).toHaveLength(known + fresh)
  return asked
}

it('a rescan knows every file of a full folder, and a new one asks no more of the library than in an empty one', async () => {
  const fewer = await rescan(10, 100)
  const more = await rescan(3000, 100)
  // Threads answer in batches, now more, now fewer: that, and nothing else, may differ.
  expect(total(more.runs)).toBeLessThan(total(fewer.runs) * 1.2)
  expect(total(more.rows)).toBeLessThan(total(fewer.rows) * 1.2 + 10)
  // What is asked for each new file is.
  expect(total(fewer.runs)).toBeGreaterThan(100)
})
