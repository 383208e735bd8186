import * as v from 'valibot'
import { fold } from '../../labels/fold.ts'
import {
  personFactValues,
  type PersonFact,
  type PersonFacts,
  type PersonField,
} from '../../contract/person-facts.ts'
import type { Library } from '../library.ts'
import { prepare, type Reader } from '../statements.ts'

/** What a person said of one photo; what was not said is not there. */
export type SaidFacts = Partial<PersonFacts>

export function saidFacts(reader: Reader, photoId: number): SaidFacts {
  const rows = prepare<[number], { field: PersonField; value: string }>(
    reader,
    'SELECT field, value FROM person_fact WHERE photo_id = ?',
  ).all(photoId)
  const said = rows.map(({ field, value }) => [field, keptValue(field, value)] as const)
  return Object.fromEntries(said.filter(([, value]) => value !== null))
}

/** A value as it is kept in `person_fact.value`. */
export function valueText({ field, value }: PersonFact): string | null {
  return value === null ? null : JSON.stringify(v.parse(personFactValues[field], value))
}

/** `null` for what Kartoteka never wrote there: a library may come from someone else. */
function keptValue<Field extends PersonField>(field: Field, text: string): PersonFacts[Field] | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  const { success, output } = v.safeParse(personFactValues[field], value)
  // The schema of a field gives its value.
  return success ? (output as PersonFacts[Field]) : null
}

/** Copies to the photo what a person alone can say of it. Part of the caller's transaction. */
export function storeSaid(library: Library, photoId: number, said: SaidFacts): void {
  prepare<[Record<string, unknown>]>(
    library,
    `UPDATE photo SET favourite = :favourite, hidden = :hidden, title = :title, note = :note, turn = :turn
     WHERE id = :id AND (favourite <> :favourite OR hidden <> :hidden OR title IS NOT :title OR note IS NOT :note OR turn <> :turn)`,
  ).run({
    id: photoId,
    favourite: Number(said.favourite ?? false),
    hidden: Number(said.hidden ?? false),
    title: said.title ?? null,
    note: said.note ?? null,
    turn: said.turn ?? 0,
  })
}

/** Keeps the words of a photo's title and note, as search compares them. Part of the caller's transaction. */
export function storeSaidText(
  library: Library,
  photoId: number,
  { title = null, note = null }: { readonly title?: string | null; readonly note?: string | null },
): void {
  if (title === null && note === null) {
    prepare<[number]>(library, 'DELETE FROM photo_text WHERE rowid = ?').run(photoId)
    return
  }
  prepare<[number, string, string]>(
    library,
    'INSERT OR REPLACE INTO photo_text (rowid, title, note) VALUES (?, ?, ?)',
  ).run(photoId, fold(title ?? ''), fold(note ?? ''))
}
