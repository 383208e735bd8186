import { describe, expect, it } from 'vitest'
import { replaceContent } from '../../../electron/core/library/photos/identity.ts'
import { write, type Library } from '../../../electron/core/library/library.ts'
import { addPhoto, hashOf, tempLibrary } from '../../fixtures/temp-library.ts'

/** What follows from photos and files or is kept of the history, and what is said of two photos and not of a content. */
const notOfContent = new Set([
  'folder_photo',
  'index_entry',
  'deferred_index',
  'photo_change',
  'sidecar_due',
  'proposal',
  'file',
  'decision_step',
  'fact_step',
  'album_place_step',
  'distinct_step',
  'stack_step',
  'distinct_pair',
  'stacked',
])

function columnsOf(library: Library, table: string): string[] {
  const columns = library.db.pragma(`table_info(${table})`) as { name: string }[]
  return columns.map(({ name }) => name)
}

function tablesOfContent(library: Library): string[] {
  const tables = library.db
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .pluck()
    .all()
  return tables.filter((table) => columnsOf(library, table).includes('photo_id') && !notOfContent.has(table))
}

describe('a content that another takes the place of', () => {
  it('stays known with all that was known and decided of it, in every column', () => {
    const library = tempLibrary()
    const { db } = library
    const reading = { metadata: { takenAt: '2019-07-14T12:00:00' } }
    const id = addPhoto(library, { path: '/photos/a.jpg', reading })
    db.exec(`
      UPDATE photo SET turn = 90, favourite = 1, title = 'Fifi', note = 'at four' WHERE id = ${id};
      UPDATE classification SET turn = 90;
      INSERT INTO own_label (id, kind, name, folded) VALUES (7, 'label', 'Fifi', 'fifi');
      INSERT OR REPLACE INTO content_facts (photo_id, facts) VALUES (${id}, '{}');
      INSERT INTO kept_result SELECT photo_id, model_id, 180, x'0102', x'0304' FROM classification;
      INSERT INTO decision (photo_id, term, verdict, decided_at) VALUES (${id}, 151, 'confirmed', 12);
      INSERT INTO person_fact (photo_id, field, value, decided_at) VALUES (${id}, 'title', '"Fifi"', 34);
      INSERT INTO album_place (photo_id, own_id, place) VALUES (${id}, 7, 3);
    `)
    const rowsOf = (table: string, photo: number): unknown[] =>
      db
        .prepare<[number], object>(`SELECT * FROM ${table} WHERE photo_id = ?`)
        .all(photo)
        .map((row) => ({ ...row, photo_id: null }))
    const tables = tablesOfContent(library)
    const before = tables.map((table) => [table, rowsOf(table, id)] as const)
    expect(before.filter(([, rows]) => rows.length === 0)).toEqual([])

    write(library, () => {
      replaceContent(library, id, Buffer.from(hashOf(2), 'hex'))
    })
    const former = db.prepare<[Buffer], number>('SELECT id FROM photo WHERE content_hash = ?').pluck()
    const copy = former.get(Buffer.from(hashOf(1), 'hex')) ?? 0
    expect(tables.map((table) => [table, rowsOf(table, copy)])).toEqual(before)

    // Where it is, in which order it is shown and what lies before it is not of the content.
    const own = new Set(['id', 'content_hash', 'files', 'replaced_by', 'stack_id', 'behind', 'order_shift'])
    const columns = columnsOf(library, 'photo').filter((name) => !own.has(name))
    const photo = db.prepare<[number], object>(`SELECT ${columns.join()} FROM photo WHERE id = ?`)
    expect(photo.get(copy)).toEqual(photo.get(id))
  })
})
