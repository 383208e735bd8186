import SQLite, { type Database } from 'better-sqlite3'
import { migrate, type Migration } from './migrate.ts'

/** One row of `sqlite_schema`: a table, index, trigger or view. */
interface SchemaObject {
  readonly type: string
  readonly name: string
  readonly table: string
  /** `null` for what SQLite makes by itself. */
  readonly sql: string | null
}

/** Bytes. Our longest is some 4,000; what is longer is not ours, and not worth reading. */
const longestSql = 65_536

const selectSql = `SELECT iif(octet_length(type) < 100, type, '') AS type,
  iif(octet_length(name) < 1000, name, substr(name, 1, 100)) AS name,
  iif(octet_length(tbl_name) < 1000, tbl_name, '') AS "table",
  iif(octet_length(sql) < ${longestSql}, sql, iif(sql IS NULL, NULL, '')) AS sql
  FROM sqlite_schema`

/**
 * Compares the schema of a database with the one that our migrations make: a trigger, view, generated column, CHECK or
 * expression index of someone else would run with the next statement that touches it, for as long as it likes.
 * Reading `sqlite_schema`, as this does, runs none of them.
 * @param migrations of this kind of database, in order
 * @param version of the database
 * @returns what is wrong, as a part of a sentence; `null` when nothing is
 */
export function schemaFault(db: Database, migrations: readonly Migration[], version: number): string | null {
  const expected = expectedSchema(migrations, version)
  const missing = new Map(expected.required)
  // The expected schema has an end, a foreign one need not have one.
  for (const found of db.prepare<[], SchemaObject>(selectSql).iterate()) {
    const key = keyOf(found)
    const ours = missing.get(key) ?? expected.optional.get(key)
    if (ours === undefined) return `it holds the ${described(found)}, which Kartoteka did not make`
    if (ours !== formOf(found)) return `its ${described(found)} is not as Kartoteka makes it`
    missing.delete(key)
  }
  const [lost] = missing.keys()
  return lost === undefined ? null : `its ${lost.replace(' ', ' "')}" is missing`
}

interface Expected {
  /** Form by key. */
  readonly required: ReadonlyMap<string, string>
  /** The tables of `ANALYZE`, which come with the first `PRAGMA optimize`. */
  readonly optional: ReadonlyMap<string, string>
}

/** By the SQL that makes them; some milliseconds each. */
const known = new Map<string, Expected>()

function expectedSchema(migrations: readonly Migration[], version: number): Expected {
  const steps = migrations.filter((migration) => migration.version <= version)
  const key = steps.map(({ sql }) => sql).join('\n')
  const made = known.get(key) ?? makeSchema(steps)
  known.set(key, made)
  return made
}

function makeSchema(migrations: readonly Migration[]): Expected {
  const db = new SQLite(':memory:')
  try {
    migrate(db, migrations)
    const required = formsIn(db)
    db.exec('ANALYZE')
    const optional = new Map([...formsIn(db)].filter(([key]) => !required.has(key)))
    return { required, optional }
  } finally {
    db.close()
  }
}

function formsIn(db: Database): Map<string, string> {
  return new Map(
    db
      .prepare<[], SchemaObject>(selectSql)
      .all()
      .map((object) => [keyOf(object), formOf(object)]),
  )
}

function keyOf({ type, name }: SchemaObject): string {
  return `${type} ${name}`
}

function formOf({ table, sql }: SchemaObject): string {
  return JSON.stringify([table, sql === null ? null : normalised(sql)])
}

/** Strings and quoted names as they are, comments (left out), words, single characters. */
const tokens =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|--[^\n]*|\/\*[^]*?\*\/|[\w$\u0080-\uffff]+|\S/g

/** SQL without comments and layout, so that these may change in a migration that was run already. */
function normalised(sql: string): string {
  return [...sql.matchAll(tokens)]
    .map(([token]) => token)
    .filter((token) => !token.startsWith('--') && !token.startsWith('/*'))
    .join(' ')
}

/** The name comes from the file: it must not look like part of our sentence. */
function described({ type, name }: SchemaObject): string {
  const kind = /^(table|index|trigger|view)$/.exec(type)?.[0] ?? 'object'
  return `${kind} ${JSON.stringify(name.slice(0, 60))}`
}
