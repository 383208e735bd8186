import { refreshFindings } from './photos/index-entries.ts'
import { write, type Library } from './library.ts'
import { prepare } from './statements.ts'

export const companionsSql = 'SELECT id FROM photo WHERE companion_of = ?'

/**
 * For pictures that turned out to be unusable: the RAW files that were shown with them become photos of their own and
 * are queued.
 */
export function promoteCompanions(library: Library, coverIds: readonly number[]): void {
  const companions = prepare<[number], { id: number }>(library, companionsSql)
  const promote = prepare<[number]>(
    library,
    `UPDATE photo SET companion_of = NULL, state = 'pending', attempts = 0, kind = NULL, reason = NULL WHERE id = ?`,
  )
  write(library, () => {
    for (const coverId of coverIds) {
      const ids = companions.all(coverId).map(({ id }) => id)
      for (const id of ids) promote.run(id)
      refreshFindings(library, ids)
    }
  })
}
