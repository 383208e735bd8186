import { KartotekaError } from '../../contract/failure.ts'
import { fold } from '../../labels/fold.ts'
import { firstOwnId, type TermId } from '../../labels/term.ts'
import { applySteps, decide, decisionsAbout } from './decisions.ts'
import type { Verdict } from '../photos/index-entries.ts'
import { pushChange, type Step, type TeachingStep } from './history.ts'
import { write, type Library } from '../library.ts'
import { prepare, type Reader } from '../statements.ts'
import { applySavedSearchSteps, rewritingSteps } from './saved-searches.ts'
import { applyTeachingSteps, isTaught, teachingSteps } from './teaching-steps.ts'

/** A person's own label. Names that differ only in case or accents are one label. */
export interface OwnLabel {
  readonly term: TermId
  readonly name: string
  /** As search compares it. */
  readonly folded: string
  /** What is proposed of a label that is taught: photos with probabilities, or only their order. */
  readonly proposals: 'none' | 'order' | 'probabilities'
}

/** All own labels that have a name, by name. */
export function ownLabels(reader: Reader): OwnLabel[] {
  return prepare<[], { id: number; name: string; folded: string; claims: number | null }>(
    reader,
    `SELECT id, name, folded, claims FROM own_label LEFT JOIN taught ON own_id = id
     WHERE kind = 'label' AND folded IS NOT NULL ORDER BY folded`,
  )
    .all()
    .map(({ id, name, folded, claims }) => ({
      term: firstOwnId + id,
      name,
      folded,
      proposals: claims === null ? 'none' : claims === 1 ? 'probabilities' : 'order',
    }))
}

/**
 * The own label of that name, made if there is none.
 * @throws KartotekaError `invalid-input` for a name without letters or digits
 */
export function ownTerm(library: Library, name: string): TermId {
  const { shown, folded } = checked(name)
  return write(library, () => {
    const known = idOfFolded(library, folded)
    if (known !== null) return firstOwnId + known
    const { lastInsertRowid } = prepare<[string, string]>(
      library,
      'INSERT INTO own_label (name, folded) VALUES (?, ?)',
    ).run(shown, folded)
    return firstOwnId + Number(lastInsertRowid)
  })
}

/** The own label of that name; `null` where there is none. @throws KartotekaError `invalid-input` as `ownTerm` */
export function knownOwnTerm(library: Library, name: string): TermId | null {
  const known = idOfFolded(library, checked(name).folded)
  return known === null ? null : firstOwnId + known
}

/** A name as it is kept. @throws KartotekaError `invalid-input` as `ownTerm` */
export const shownName = (name: string): string => checked(name).shown

/**
 * As `decide`, about the own label of that name. Where there is none it is made, as part of the same step of the
 * history, unless there is nothing to decide.
 * @returns photos for which this is news
 * @throws KartotekaError `invalid-input` for a name without letters or digits; `not-found` as `decide`
 */
export function decideByName(
  library: Library,
  photoIds: readonly number[],
  name: string,
  verdict: Verdict | 'clear',
): number {
  const { shown, folded } = checked(name)
  return write(library, () => {
    const isNew = idOfFolded(library, folded) === null
    const term = ownTerm(library, name)
    const ownId = term - firstOwnId
    const made = isNew ? { ownId, nameBefore: null, nameAfter: shown } : null
    const count = decide(library, photoIds, term, verdict, made)
    if (isNew && count === 0) setOwnName(library, ownId, null)
    return count
  })
}

/**
 * Renames an own label. Onto the name of another one, the two become one: photos of either are photos of the other.
 * One step of the history.
 * @param follow the query of a saved search, as it finds the photos under their new name
 * @throws KartotekaError `not-found`, `invalid-input`
 */
export function renameOwnLabel(
  library: Library,
  term: TermId,
  name: string,
  follow: (query: string, target: TermId) => string = (query) => query,
): { term: TermId; merged: boolean } {
  const { shown, folded } = checked(name)
  const ownId = term - firstOwnId
  return write(library, () => {
    const before = nameOf(library, ownId)
    const namesake = idOfFolded(library, folded)
    if (namesake === null || namesake === ownId) {
      setOwnName(library, ownId, shown)
      const searches = rewritingSteps(library, (query) => follow(query, term))
      applySavedSearchSteps(library, searches)
      pushChange(library, { searches, renaming: { ownId, nameBefore: before, nameAfter: shown } })
      return { term, merged: false }
    }
    const target = firstOwnId + namesake
    const steps = mergingSteps(library, term, target)
    applySteps(library, steps)
    const teachings = mergedTeaching(library, ownId, namesake)
    applyTeachingSteps(library, teachings)
    setOwnName(library, ownId, null)
    const searches = rewritingSteps(library, (query) => follow(query, target))
    applySavedSearchSteps(library, searches)
    pushChange(library, {
      steps,
      searches,
      teachings,
      renaming: { ownId, nameBefore: before, nameAfter: null },
    })
    return { term: target, merged: true }
  })
}

/**
 * Deletes an own label: it is taken off every photo, and its name is free. One step of the history, so that undo brings
 * both back.
 * @returns photos that had it
 * @throws KartotekaError `not-found`
 */
export function removeOwnLabel(library: Library, term: TermId): number {
  const ownId = term - firstOwnId
  return write(library, () => {
    const name = nameOf(library, ownId)
    const steps = decisionsAbout(library, term).map(({ photoId, verdict }): Step => {
      return { photoId, term, before: verdict, after: null }
    })
    applySteps(library, steps)
    const teachings = teachingSteps(library, ownId, 0)
    applyTeachingSteps(library, teachings)
    setOwnName(library, ownId, null)
    pushChange(library, { steps, teachings, renaming: { ownId, nameBefore: name, nameAfter: null } })
    return steps.filter(({ before }) => before !== 'removed').length
  })
}

/** @throws KartotekaError `not-found` */
function nameOf(library: Library, ownId: number): string {
  const name = prepare<[number], { name: string | null }>(
    library,
    "SELECT name FROM own_label WHERE id = ? AND kind = 'label'",
  ).get(ownId)?.name
  if (name === undefined || name === null)
    throw new KartotekaError('not-found', `There is no label of your own with the number ${ownId}.`)
  return name
}

/** Every decision about `from` becomes one about `target`; where both exist, that of `target` stands. */
function mergingSteps(library: Library, from: TermId, target: TermId): Step[] {
  const standing = new Set(decisionsAbout(library, target).map(({ photoId }) => photoId))
  return decisionsAbout(library, from).flatMap(({ photoId, verdict }): Step[] => {
    const gone: Step = { photoId, term: from, before: verdict, after: null }
    return standing.has(photoId) ? [gone] : [gone, { photoId, term: target, before: null, after: verdict }]
  })
}

/** What one of two labels that become one was taught, the other is from then on. */
function mergedTeaching(library: Library, from: number, target: number): TeachingStep[] {
  return isTaught(library, from)
    ? [...teachingSteps(library, from, 0), ...teachingSteps(library, target, 1)]
    : []
}

/** Part of the caller's transaction. `null`: the label is merged away or deleted. */
export function setOwnName(library: Library, ownId: number, name: string | null): void {
  prepare<[string | null, string | null, number]>(
    library,
    'UPDATE own_label SET name = ?, folded = ? WHERE id = ?',
  ).run(name, name === null ? null : fold(name), ownId)
}

/** Takes a name from whatever other label has it. Part of the caller's transaction. @returns whether one had it */
export function freeName(library: Library, ownId: number, name: string): boolean {
  const namesake = idOfFolded(library, fold(name))
  if (namesake === null || namesake === ownId) return false
  setOwnName(library, namesake, null)
  return true
}

function idOfFolded(library: Library, folded: string): number | null {
  return (
    prepare<[string], { id: number }>(
      library,
      "SELECT id FROM own_label WHERE kind = 'label' AND folded = ?",
    ).get(folded)?.id ?? null
  )
}

function checked(name: string): { shown: string; folded: string } {
  const shown = name.trim().normalize('NFC')
  const folded = fold(shown)
  if (folded === '') throw new KartotekaError('invalid-input', 'A label needs at least one letter or digit.')
  return { shown, folded }
}
