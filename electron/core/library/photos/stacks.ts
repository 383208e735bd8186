import type { DatePrecision, DateSource } from '../../contract/dates.ts'
import { shotOf } from '../../paths/shots.ts'
import type { Library } from '../library.ts'
import { prepare } from '../statements.ts'
import { secondsOf } from '../times.ts'
import { keptFacts } from './kept-facts.ts'
import { borrowedDates } from './merge-facts.ts'
import { arrangeStacked, freshStack, isStacked } from './stacked.ts'

/**
 * Pictures that a camera wrote of one shot: a RAW file and what it made of it, or the same picture in two formats; one
 * photo for people. They are called alike up to the ending, and both say themselves, in their content or a sidecar, when
 * they were taken and by which camera: numbers begin anew, so that equal names mean little. One is in front, the others
 * are behind it, for as long as every file of theirs lies beside one of the picture in front. Where a person put photos
 * together that stands (see stacked.ts), and what is behind one of them comes along.
 */

/** Pictures that may be shown for one of this format, the best first. */
const covers: Readonly<Record<string, readonly string[]>> = { raw: ['jpeg', 'heic'], heic: ['jpeg'] }
const isCover = (format: string): boolean => Object.values(covers).some((formats) => formats.includes(format))
/** Seconds between the times of two files of the same shot. */
const agreement = 2

interface Member {
  readonly id: number
  readonly format: string
  readonly takenAt: number | null
  readonly takenPrecision: DatePrecision | null
  readonly takenFrom: DateSource | null
  readonly camera: number | null
  readonly stack: number | null
  readonly behind: number
  /** What the content says, as JSON, where the person gave the photo another date. */
  readonly content: string | null
}

const columns = `p.id, p.format, p.taken_at AS takenAt, p.taken_precision AS takenPrecision, p.taken_from AS takenFrom,
    p.camera_id AS camera, p.stack_id AS stack, p.behind,
    iif(p.taken_from = 'person', (SELECT facts FROM content_facts WHERE photo_id = p.id), NULL) AS content`

export const siblingsSql = `
  SELECT fi.name, ${columns} FROM file fi CROSS JOIN photo p ON p.id = fi.photo_id
  WHERE fi.folder_id = ? AND fi.name > ? AND fi.name < ? AND fi.presence = 'here'`

/**
 * Puts photos whose files or facts changed into stacks or takes them out. Part of the caller's transaction.
 * @returns other photos that this concerned
 */
export function restack(library: Library, photoIds: ReadonlySet<number>): number[] {
  const due = new Set<number>()
  const note = ({ id, format }: Member): void => {
    if (covers[format] !== undefined) due.add(id)
  }
  const stacks = new Set<number>()
  const noteStack = (stack: number | null): void => {
    if (stack === null) return
    stacks.add(stack)
    membersOf(library, stack).forEach(note)
  }
  const changed = new Set<number>()
  for (const { id, stack } of arrangeStacked(library, photoIds)) {
    changed.add(id)
    noteStack(stack)
    noteStack(member(library, id)?.stack ?? null)
  }
  for (const id of photoIds) {
    const photo = member(library, id)
    if (photo === null) continue
    note(photo)
    noteStack(photo.stack)
    if (!isCover(photo.format)) continue
    for (const file of filesOf(library, id)) for (const sibling of siblingsOf(library, file)) note(sibling)
  }
  // What is added meanwhile comes after the others: who was in a stack with one that is in another now.
  for (const id of due) {
    due.delete(id)
    if (isStacked(library, id)) continue
    const photo = member(library, id)
    const front = photo && frontOf(library, photo)
    if (photo === null || isPutAs(photo, front)) continue
    const stack = front === null ? null : (front.stack ?? newStack(library, front.id))
    prepare<[number | null, number, number]>(
      library,
      'UPDATE photo SET stack_id = ?, behind = ? WHERE id = ?',
    ).run(stack, stack === null ? 0 : 1, id)
    changed.add(id)
    noteStack(photo.stack)
  }
  for (const stack of stacks) dropIfSingle(library, stack)
  return [...changed].filter((id) => !photoIds.has(id))
}

function isPutAs(photo: Member, front: Member | null): boolean {
  return front === null ? photo.behind === 0 : photo.behind === 1 && photo.stack === front.stack
}

function member(library: Library, photoId: number): Member | null {
  const select = prepare<[number], Member>(library, `SELECT ${columns} FROM photo p WHERE p.id = ?`)
  return select.get(photoId) ?? null
}

function membersOf(library: Library, stack: number): Member[] {
  return prepare<[number], Member>(library, `SELECT ${columns} FROM photo p WHERE p.stack_id = ?`).all(stack)
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

/** The picture that is shown for a photo: beside each of its files lies one of the same shot. */
function frontOf(library: Library, photo: Member): Member | null {
  if (covers[photo.format] === undefined) return null
  const fronts = filesOf(library, photo.id).map((file) => coverOf(library, photo, file))
  const [front] = fronts
  if (front === undefined || front === null || fronts.includes(null)) return null
  return frontOf(library, front) ?? front
}

function coverOf(library: Library, photo: Member, file: Place): Member | null {
  const formats = covers[photo.format] ?? []
  const rank = ({ format, name }: Member & Pick<Place, 'name'>): string =>
    `${formats.indexOf(format)} ${name}`
  const [best] = siblingsOf(library, file)
    .filter((sibling) => formats.includes(sibling.format) && isSameShot(photo, sibling))
    .sort((one, other) => (rank(one) < rank(other) ? -1 : 1))
  return best ?? null
}

/** A camera that one of them does not name may be that of the other. */
function isSameShot(one: Member, other: Member): boolean {
  const [first, second] = [ownTime(one), ownTime(other)]
  if (first === null || second === null || Math.abs(first - second) > agreement) return false
  return one.camera === null || other.camera === null || one.camera === other.camera
}

/** When it was taken, as far as the photo says so itself, to the second. A person's word parts no stack. */
function ownTime({ takenAt, takenPrecision, takenFrom, content }: Member): number | null {
  const own = keptFacts(content)
  const told = own === null ? { takenPrecision, takenFrom } : own
  if (told.takenPrecision !== 'second' || borrowedDates.has(told.takenFrom)) return null
  return own === null ? takenAt : secondsOf(own.takenAt ?? '')
}

function newStack(library: Library, frontId: number): number {
  const id = freshStack(library)
  prepare<[number, number]>(library, 'UPDATE photo SET stack_id = ? WHERE id = ?').run(id, frontId)
  return id
}

function dropIfSingle(library: Library, stack: number): void {
  const behind = 'SELECT 1 FROM photo WHERE stack_id = ? AND behind = 1'
  if (prepare<[number], unknown>(library, behind).get(stack) !== undefined) return
  prepare<[number]>(library, 'UPDATE photo SET stack_id = NULL WHERE stack_id = ?').run(stack)
  prepare<[number]>(library, 'DELETE FROM stack WHERE id = ?').run(stack)
}
