import { KartotekaError } from '../../contract/failure.ts'
import type { PersonFact, PersonFacts, PersonField } from '../../contract/person-facts.ts'
import { queueTurned } from '../files/queue.ts'
import { write, type Library } from '../library.ts'
import { storeFacts, storeSpoken } from '../photos/facts.ts'
import { mergedFields, type MergedField } from '../photos/merge-facts.ts'
import { orderDays } from '../photos/order-of-days.ts'
import { saidFactsOf, storeSaid, storeSaidText, valueText, type SaidFacts } from '../photos/said-facts.ts'
import { prepare } from '../statements.ts'
import { refreshDecided } from './deferred-index.ts'
import { pushChange, type FactStep } from './history.ts'

/**
 * A person says something of photos, or takes it back (`null`): then it is as in the file again. It outranks what files
 * say for ever. One step of the history.
 * @returns photos for which this is news
 * @throws KartotekaError `not-found` when none of the photos is in the library
 */
export function say(library: Library, photoIds: readonly number[], fact: PersonFact): number {
  const after = valueText(fact)
  return sayTexts(library, fact.field, new Map(photoIds.map((id) => [id, after])))
}

/**
 * The same with a value of its own for each photo.
 * @throws KartotekaError as `say`
 */
export function sayOfEach<Field extends PersonField>(
  library: Library,
  field: Field,
  values: ReadonlyMap<number, PersonFacts[Field] | null>,
): number {
  const texts = [...values].map(
    // The pair is one of the variants: its value is of its field.
    ([id, value]) => [id, valueText({ field, value } as PersonFact)] as const,
  )
  return sayTexts(library, field, new Map(texts))
}

export const saidBeforeSql = `
  SELECT p.id AS photoId, said.value AS before FROM json_each(?) some CROSS JOIN photo p ON p.id = some.value
  LEFT JOIN person_fact said ON said.photo_id = p.id AND said.field = ?`

function sayTexts(library: Library, field: PersonField, texts: ReadonlyMap<number, string | null>): number {
  return write(library, () => {
    const known = prepare<[string, PersonField], { photoId: number; before: string | null }>(
      library,
      saidBeforeSql,
    ).all(JSON.stringify(inOrder(texts.keys())), field)
    if (known.length === 0) throw new KartotekaError('not-found', 'None of these photos is in the library.')
    const steps = known
      .map(({ photoId, before }): FactStep => {
        return { photoId, field, before, after: texts.get(photoId) ?? null }
      })
      .filter(({ before, after }) => before !== after)
    if (steps.length === 0) return 0
    applyFactSteps(library, steps)
    pushChange(library, { facts: steps })
    return steps.length
  })
}

/** As they lie in the tables: thousands all over a large library are found and written in four fifths of the time. */
export const inOrder = (photoIds: Iterable<number>): number[] => [...photoIds].sort((a, b) => a - b)

/**
 * Turns photos as they are shown, each from where it stands. Their tags are made anew by the next run.
 * @param by degrees clockwise
 * @returns photos that were turned
 * @throws KartotekaError as `say`
 */
export function turnPhotos(library: Library, photoIds: readonly number[], by: 90 | 180 | 270): number {
  const turns = [...saidFactsOf(library, photoIds)].map(([id, said]) => {
    const turn = ((said.turn ?? 0) + by) % 360
    return [id, turn === 90 || turn === 180 || turn === 270 ? turn : null] as const
  })
  return sayOfEach(library, 'turn', new Map(turns))
}

/**
 * Writes what `steps` lead to, and brings up to date what follows from it. Part of the caller's transaction.
 * @param decidedAt when each was said, Unix time in milliseconds; default: now
 */
export function applyFactSteps(
  library: Library,
  steps: readonly FactStep[],
  decidedAt: (step: FactStep) => number = () => Date.now(),
): void {
  const keep = prepare<[number, PersonField, string, number]>(
    library,
    `INSERT INTO person_fact (photo_id, field, value, decided_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (photo_id, field) DO UPDATE SET value = excluded.value, decided_at = excluded.decided_at`,
  )
  const clear = prepare<[number, PersonField]>(
    library,
    'DELETE FROM person_fact WHERE photo_id = ? AND field = ?',
  )
  const fields = new Map<number, Set<PersonField>>()
  for (const step of steps) {
    const { photoId, field, after } = step
    if (after === null) clear.run(photoId, field)
    else keep.run(photoId, field, after, decidedAt(step))
    fields.set(photoId, (fields.get(photoId) ?? new Set()).add(field))
  }
  follow(library, fields)
}

/** What nobody but the person says, and is kept with the photo. */
const onlySaid: readonly PersonField[] = ['favourite', 'hidden', 'title', 'note', 'turn']
/** Photos of which is read at once what is known of them. */
const atOnce = 1000

function follow(library: Library, fields: ReadonlyMap<number, ReadonlySet<PersonField>>): void {
  const ids = [...fields.keys()]
  for (let at = 0; at < ids.length; at += atOnce) followOf(library, ids.slice(at, at + atOnce), fields)
  const redated = ids.filter((id) => fields.get(id)?.has('taken'))
  if (redated.length === 0) return
  refreshDecided(library, new Set([...redated, ...orderDays(library)]))
}

function followOf(
  library: Library,
  ids: readonly number[],
  fields: ReadonlyMap<number, ReadonlySet<PersonField>>,
): void {
  const said = saidFactsOf(library, ids)
  const those = (which: (id: number, changed: ReadonlySet<PersonField>) => boolean): Map<number, SaidFacts> =>
    new Map([...said].filter(([id]) => which(id, fields.get(id) ?? new Set())))
  const mergedOf = (id: number): MergedField[] => mergedFields.filter((field) => fields.get(id)?.has(field))
  const isTakenBack = (id: number): boolean =>
    mergedOf(id).some((field) => said.get(id)?.[field] === undefined)

  storeSaid(
    library,
    those((_, changed) => onlySaid.some((field) => changed.has(field))),
  )
  storeFacts(library, new Map([...those(isTakenBack).keys()].map((id) => [id, null])))
  storeSpoken(
    library,
    those((id) => mergedOf(id).length > 0 && !isTakenBack(id)),
    mergedOf,
  )
  const texts = those((_, changed) => changed.has('title') || changed.has('note'))
  for (const [id, text] of texts) storeSaidText(library, id, text)
  queueTurned(library, [...those((_, changed) => changed.has('turn')).keys()])
}

interface Said {
  readonly field: PersonField
  readonly value: string
  /** Unix time, milliseconds. */
  readonly decidedAt: number
}

/**
 * What was said of some photos is said of others as well; of two values of one field the later one stands. Part of the
 * caller's transaction.
 * @param fields only of these; default: of all
 * @returns what it changed, for the history
 */
export function joinFacts(
  library: Library,
  pairs: readonly { readonly from: number; readonly to: number }[],
  fields: readonly PersonField[] | null = null,
): FactStep[] {
  const select = prepare<[number], Said>(
    library,
    'SELECT field, value, decided_at AS decidedAt FROM person_fact WHERE photo_id = ?',
  )
  /** By photo and field: the latest so far. */
  const latest = new Map<string, FactStep & Pick<Said, 'decidedAt'>>()
  for (const { from, to } of pairs) {
    const standing = new Map(select.all(to).map((said) => [said.field, said]))
    for (const { field, value, decidedAt } of select.all(from)) {
      if (fields !== null && !fields.includes(field)) continue
      const key = `${to} ${field}`
      const before = standing.get(field)
      const known = latest.get(key) ?? before
      if (known !== undefined && decidedAt <= known.decidedAt) continue
      latest.set(key, { photoId: to, field, before: before?.value ?? null, after: value, decidedAt })
    }
  }
  const steps = [...latest.values()]
  applyFactSteps(library, steps, ({ photoId, field }) => {
    return latest.get(`${photoId} ${field}`)?.decidedAt ?? Date.now()
  })
  return steps.filter(({ before, after }) => before !== after)
}
