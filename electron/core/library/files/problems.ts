import { join } from 'node:path'
import type { ProblemKind } from '../../contract/problem-kinds.ts'
import type { Problem } from '../../contract/values.ts'
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
  SELECT p.id, f.path AS folder, p.name, p.kind, p.reason, p.attempts
  FROM (SELECT id FROM photo WHERE state = 'failed' AND presence = 'here' ORDER BY id LIMIT ? OFFSET ?) AS page
  CROSS JOIN photo p ON p.id = page.id CROSS JOIN folder f ON f.id = p.folder_id`

/** Files that could not be used, in the order they were found. */
export function listProblems(
  library: Library,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): { total: number; problems: Problem[] } {
  const problems = prepare<[number, number], Row>(library, problemsSql)
    .all(limit, offset)
    .map(({ id, folder, name, kind, reason, attempts }) => ({
      id,
      path: join(folder, name),
      kind,
      reason,
      attempts,
    }))
  return { total: problemCount(library), problems }
}

export function problemCount(library: Library): number {
  return (
    prepare<[], { count: number }>(
      library,
      "SELECT count(*) AS count FROM photo WHERE state = 'failed' AND presence = 'here'",
    ).get()?.count ?? 0
  )
}

/**
 * Queues problem files again. Those that brought the program down stay suspect: they are read alone.
 * @param photoIds `null`: all problems
 * @returns files queued
 */
export function retryProblems(library: Library, photoIds: readonly number[] | null): number {
  const retry = prepare<[number]>(
    library,
    `UPDATE photo SET state = 'pending', attempts = iif(kind IN ('crashed', 'timed-out'), 1, 0), kind = NULL, reason = NULL
     WHERE id = ? AND state = 'failed'`,
  )
  return write(library, () => {
    const ids =
      photoIds ??
      prepare<[], { id: number }>(
        library,
        "SELECT id FROM photo WHERE state = 'failed' AND presence = 'here'",
      )
        .all()
        .map(({ id }) => id)
    let queued = 0
    for (const id of ids) queued += retry.run(id).changes
    return queued
  })
}
