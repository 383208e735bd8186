import { flushDeferred } from '../decisions/deferred-index.ts'
import { joinDecisions } from '../decisions/decisions.ts'
import { yieldToEventLoop, write, type Library } from '../library.ts'
import { prepare } from '../statements.ts'

/**
 * Files that got another content which was known already. When every file was read it is seen what became of the photos
 * that they held before: those that other files hold were moved or exchanged names. What was decided about the others
 * goes to what has taken their place.
 */

interface Replaced {
  readonly id: number
  readonly photoId: number
  readonly formerId: number
  /** Files that hold the former photo. */
  readonly files: number
  readonly decided: number
}

export const replacedSql = `
  SELECT fi.id, fi.photo_id AS photoId, fi.former_photo_id AS formerId, p.files,
    EXISTS (SELECT 1 FROM decision WHERE photo_id = p.id)
      OR EXISTS (SELECT 1 FROM person_fact WHERE photo_id = p.id) AS decided
  FROM file fi CROSS JOIN photo p ON p.id = fi.former_photo_id
  WHERE fi.former_photo_id IS NOT NULL AND (p.files > 0 OR fi.photo_id IS NOT NULL)`

/** Files settled in one transaction. */
const atOnce = 200

/**
 * To be called when the queue is empty. Decisions are joined as one change that can be undone; where both photos have one
 * about the same label, the later one stands.
 * @throws KartotekaError as `write`; what is left then is done by the next call
 */
export async function settleFormerPhotos(
  library: Library,
  betweenBatches: () => Promise<void> = yieldToEventLoop,
): Promise<void> {
  const all = prepare<[], Replaced>(library, replacedSql).all()
  const isLeft = ({ files, decided }: Replaced): boolean => files === 0 && decided === 1
  const decided = all.filter(isLeft)
  const others = all.filter((file) => !isLeft(file))
  for (let from = 0; from < others.length && library.db.open; from += atOnce) {
    write(library, () => {
      for (const file of others.slice(from, from + atOnce)) settle(library, file)
    })
    await betweenBatches()
  }
  if (decided.length === 0 || !library.db.open) return
  write(library, () => {
    joinDecisions(
      library,
      decided.map(({ formerId, photoId }) => ({ from: formerId, to: photoId })),
    )
    for (const file of decided) settle(library, file)
  })
  await flushDeferred(library, betweenBatches)
}

function settle(library: Library, { id, photoId, formerId }: Replaced): void {
  prepare<[number]>(library, 'UPDATE file SET former_photo_id = NULL WHERE id = ?').run(id)
  prepare<[number, number]>(
    library,
    `UPDATE photo SET replaced_by = ? WHERE id = ? AND NOT EXISTS (
       SELECT 1 FROM file WHERE photo_id = photo.id OR former_photo_id = photo.id)`,
  ).run(photoId, formerId)
}
