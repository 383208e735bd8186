import { shotOf } from '../../paths/shots.ts'
import type { Library } from '../library.ts'
import { prepare } from '../statements.ts'

/**
 * RAW files and the pictures that cameras write beside them: one shot, one photo for people. The picture is in front,
 * the RAW photo behind it, for as long as every file of that lies beside one of the picture.
 */

/** Pictures that cameras write beside a RAW file, the one to show first. */
const coverFormats = ['jpeg', 'heic']
/** Seconds between the times of two files of the same shot. */
const agreement = 2

interface Member {
  readonly id: number
  readonly format: string
  readonly takenAt: number | null
  readonly camera: number | null
  readonly stack: number | null
  readonly behind: number
}

const columns = 'p.id, p.format, p.taken_at AS takenAt, p.camera_id AS camera, p.stack_id AS stack, p.behind'

export const siblingsSql = `
  SELECT fi.name, ${columns} FROM file fi CROSS JOIN photo p ON p.id = fi.photo_id
  WHERE fi.folder_id = ? AND fi.name > ? AND fi.name < ? AND fi.presence = 'here'`

/**
 * Puts photos whose files or facts changed into stacks or takes them out. Part of the caller's transaction.
 * @returns other photos that this concerned
 */
export function restack(library: Library, photoIds: ReadonlySet<number>): number[] {
  const raws = new Map<number, Member>()
  const note = (member: Member): void => {
    if (member.format === 'raw') raws.set(member.id, member)
  }
  const stacks = new Set<number>()
  for (const id of photoIds) {
    const photo = prepare<[number], Member>(library, `SELECT ${columns} FROM photo p WHERE p.id = ?`).get(id)
    if (photo === undefined) continue
    note(photo)
    if (photo.stack !== null) stacks.add(photo.stack)
    if (!coverFormats.includes(photo.format)) continue
    for (const file of filesOf(library, id)) for (const sibling of siblingsOf(library, file)) note(sibling)
  }
  const membersOf = prepare<[number], Member>(library, `SELECT ${columns} FROM photo p WHERE p.stack_id = ?`)
  for (const stack of stacks) membersOf.all(stack).forEach(note)
  const changed: number[] = []
  for (const raw of raws.values()) {
    const front = frontOf(library, raw)
    if (front === null ? raw.behind === 0 : raw.behind === 1 && raw.stack === front.stack) continue
    if (raw.stack !== null) stacks.add(raw.stack)
    const stack = front === null ? null : (front.stack ?? newStack(library, front.id))
    prepare<[number | null, number, number]>(
      library,
      'UPDATE photo SET stack_id = ?, behind = ? WHERE id = ?',
    ).run(stack, stack === null ? 0 : 1, raw.id)
    changed.push(raw.id)
  }
  for (const stack of stacks) dropIfSingle(library, stack)
  return changed.filter((id) => !photoIds.has(id))
}

interface Place {
  readonly folder: number
  readonly name: string
}

function filesOf(library: Library, photoId: number): Place[] {
  const sql =
    "SELECT folder_id AS folder, name FROM file WHERE photo_id = ? AND presence = 'here' ORDER BY id"
  return prepare<[number], Place>(library, sql).all(photoId)
}

/** Photos with a file in the same folder that is named like this one up to its ending. */
function siblingsOf(library: Library, { folder, name }: Place): (Member & { readonly name: string })[] {
  const shot = shotOf(name)
  const select = prepare<[number, string, string], Member & { name: string }>(library, siblingsSql)
  // '/' comes right after '.'.
  return select
    .all(folder, `${shot}.`, `${shot}/`)
    .filter((sibling) => sibling.name !== name && shotOf(sibling.name) === shot)
}

/** The picture that is shown for a RAW photo: beside each of its files lies one of the same shot. */
function frontOf(library: Library, raw: Member): Member | null {
  const fronts = filesOf(library, raw.id).map((file) => coverOf(library, raw, file))
  return fronts.includes(null) ? null : (fronts[0] ?? null)
}

function coverOf(library: Library, raw: Member, file: Place): Member | null {
  const rank = ({ format, name }: Member & Pick<Place, 'name'>): string =>
    `${coverFormats.indexOf(format)} ${name}`
  const [best] = siblingsOf(library, file)
    .filter((sibling) => coverFormats.includes(sibling.format) && isSameShot(raw, sibling))
    .sort((one, other) => (rank(one) < rank(other) ? -1 : 1))
  return best ?? null
}

/** A camera that one of them does not name may be that of the other; a time that nobody knows agrees with none. */
function isSameShot(one: Member, other: Member): boolean {
  if (one.takenAt === null || other.takenAt === null) return false
  if (Math.abs(one.takenAt - other.takenAt) > agreement) return false
  return one.camera === null || other.camera === null || one.camera === other.camera
}

function newStack(library: Library, frontId: number): number {
  const id = Number(prepare<[]>(library, 'INSERT INTO stack DEFAULT VALUES').run().lastInsertRowid)
  prepare<[number, number]>(library, 'UPDATE photo SET stack_id = ? WHERE id = ?').run(id, frontId)
  return id
}

function dropIfSingle(library: Library, stack: number): void {
  const behind = 'SELECT 1 FROM photo WHERE stack_id = ? AND behind = 1'
  if (prepare<[number], unknown>(library, behind).get(stack) !== undefined) return
  prepare<[number]>(library, 'UPDATE photo SET stack_id = NULL WHERE stack_id = ?').run(stack)
  prepare<[number]>(library, 'DELETE FROM stack WHERE id = ?').run(stack)
}
