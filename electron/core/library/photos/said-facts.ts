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

export const saidFactsSql = `SELECT said.photo_id AS photoId, said.field, said.value FROM json_each(?) some
  CROSS JOIN person_fact said ON said.photo_id = some.value`

/** Of each of the photos. */
export function saidFactsOf(reader: Reader, photoIds: readonly number[]): ReadonlyMap<number, SaidFacts> {
  const select = prepare<[string], { photoId: number; field: PersonField; value: string }>(
    reader,
    saidFactsSql,
  )
  const said = new Map<number, SaidFacts>(photoIds.map((id) => [id, {}]))
  // Thousands are often told the same.
  const values = new Map<string, PersonFacts[PersonField] | null>()
  for (const { photoId, field, value: text } of select.all(JSON.stringify(photoIds))) {
    const key = `${field} ${text}`
    const value = values.get(key) ?? keptValue(field, text)
    values.set(key, value)
    if (value !== null) said.set(photoId, { ...said.get(photoId), [field]: value })
  }
  return said
}

export function saidFacts(reader: Reader, photoId: number): SaidFacts {
  return saidFactsOf(reader, [photoId]).get(photoId) ?? {}
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

/** The columns of what a person alone can say, each with its statement: one for all would write all their indexes. */
const updates = {
  favourite: 'UPDATE photo SET favourite = ? WHERE id = ?',
  hidden: 'UPDATE photo SET hidden = ? WHERE id = ?',
  title: 'UPDATE photo SET title = ? WHERE id = ?',
  note: 'UPDATE photo SET note = ? WHERE id = ?',
  turn: 'UPDATE photo SET turn = ? WHERE id = ?',
} as const
type OwnColumn = keyof typeof updates
const ownColumns = Object.keys(updates) as readonly OwnColumn[]
type OwnValues = Readonly<Record<OwnColumn, string | number | null>>

export const ownValuesSql = `SELECT p.id, p.favourite, p.hidden, p.title, p.note, p.turn
  FROM json_each(?) some CROSS JOIN photo p ON p.id = some.value`

/** Copies to the photos what a person alone can say of them. Part of the caller's transaction. */
export function storeSaid(library: Library, said: ReadonlyMap<number, SaidFacts>): void {
  const select = prepare<[string], OwnValues & { readonly id: number }>(library, ownValuesSql)
  for (const before of select.all(JSON.stringify([...said.keys()]))) {
    const after = ownValues(said.get(before.id) ?? {})
    for (const column of ownColumns)
      if (before[column] !== after[column])
        prepare<[string | number | null, number]>(library, updates[column]).run(after[column], before.id)
  }
}

const ownValues = ({ favourite, hidden, title, note, turn }: SaidFacts): OwnValues => ({
  favourite: Number(favourite ?? false),
  hidden: Number(hidden ?? false),
  title: title ?? null,
  note: note ?? null,
  turn: turn ?? 0,
})

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
