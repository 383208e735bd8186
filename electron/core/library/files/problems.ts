import type { ProblemKind } from '../../contract/problem-kinds.ts'
import type { Problem } from '../../contract/states.ts'
import { childOf } from '../../paths/os-path.ts'
import { write, type Library } from '../library.ts'
import { prepare } from '../statements.ts'

interface Row {
  readonly id: number
  readonly folder: string
  readonly name: string
  readonly kind: ProblemKind
  readonly reason: string
  readonly attempts: number
}

export const problemsSql = `
  SELECT fi.id, f.path AS folder, fi.name, fi.problem AS kind, fi.reason, fi.attempts
  FROM (SELECT id FROM file WHERE state = 'failed' AND presence = 'here' ORDER BY id LIMIT ? OFFSET ?) AS page
  CROSS JOIN file fi ON fi.id = page.id CROSS JOIN folder f ON f.id = fi.folder_id`

/** Files that could not be used, in the order they were found. */
export function listProblems(
  library: Library,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): { total: number; problems: Problem[] } {
  const problems = prepare<[number, number], Row>(library, problemsSql)
    .all(limit, offset)
    .map(({ folder, name, ...same }) => ({ ...same, path: childOf(folder, name) }))
  return { total: problemCount(library), problems }
}

export function problemCount(library: Library): number {
  const sql = "SELECT count(*) AS count FROM file WHERE state = 'failed' AND presence = 'here'"
  return prepare<[], { count: number }>(library, sql).get()?.count ?? 0
}

/**
 * Queues problem files again. Those that brought the program down stay suspect: they are read alone.
 * @param fileIds `null`: all problems
 * @returns files queued
 */
export function retryProblems(library: Library, fileIds: readonly number[] | null): number {
  const all = "SELECT id FROM file WHERE state = 'failed' AND presence = 'here'"
  const retry = prepare<[number]>(
    library,
    `UPDATE file SET state = 'pending', attempts = iif(problem IN ('crashed', 'timed-out'), 1, 0), problem = NULL,
       reason = NULL WHERE id = ? AND state = 'failed'`,
  )
  return write(library, () => {
    const ids =
      fileIds ??
      prepare<[], { id: number }>(library, all)
        .all()
        .map(({ id }) => id)
    return ids.reduce((queued, id) => queued + retry.run(id).changes, 0)
  })
}
