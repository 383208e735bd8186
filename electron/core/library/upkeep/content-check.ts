import type { Database } from 'better-sqlite3'
import { openDatabase } from './database.ts'

/** Bytes of one value; those of ours have some thousands. */
const longestValue = 1024 * 1024
/** Of a setting, some of which are lists of photos. */
const longestSetting = 64 * 1024 * 1024

/**
 * Looks for what Kartoteka never writes into its own tables: damage, values of another type than their column's,
 * values so long that reading them would fill the memory, numbers that JavaScript would round, and names that lead out
 * of their folder. Reads the whole database, seconds at a million photos: once for a library that this computer does
 * not know, and for each backup before it is restored.
 * @param db with our own schema, see `schemaFault`
 * @returns what is wrong, as a part of a sentence; `null` when nothing is
 */
export function contentFault(db: Database): string | null {
  return damageIn(db) ?? valueFault(db) ?? nameFault(db) ?? pathFault(db)
}

/** The same of a file. Faults of opening it are told in the same way. */
export function contentFaultOfFile(file: string): string | null {
  let db
  try {
    db = openDatabase(file, { readonly: true, fileMustExist: true })
    return contentFault(db)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    db?.close()
  }
}

/** Types that do not fit their column count as damage, since all our tables are STRICT. */
function damageIn(db: Database): string | null {
  const rows = db.prepare<[], { quick_check: string }>('PRAGMA quick_check(1)').all()
  const fault = rows.find((row) => row.quick_check !== 'ok')
  return fault === undefined ? null : fault.quick_check.slice(0, 200)
}

/** SQLite knows the length of a value without reading it. */
function valueFault(db: Database): string | null {
  for (const { table, columns, isOwn } of tablesOf(db)) {
    const longest = table === 'setting' ? longestSetting : longestValue
    // Columns of type REAL hold eight bytes, whatever they say. Tables behind the full-text index count with all 64 bits,
    // and nobody but SQLite reads them.
    const mayBeLarge = columns.filter(({ type }) => type !== 'REAL' && (isOwn || type !== 'INTEGER'))
    const tests = mayBeLarge.map(({ name, type }) =>
      type === 'INTEGER'
        ? `${quoted(name)} NOT BETWEEN ${Number.MIN_SAFE_INTEGER} AND ${Number.MAX_SAFE_INTEGER}`
        : `octet_length(${quoted(name)}) > ${longest}`,
    )
    if (tests.length === 0) continue
    const found = db.prepare(`SELECT 1 FROM ${quoted(table)} WHERE ${tests.join(' OR ')} LIMIT 1`).get()
    if (found !== undefined) return `its table ${quoted(table)} holds a value that is too large to be ours`
  }
  return null
}

/** Names of files: in every table that has a folder and a name. */
function nameFault(db: Database): string | null {
  for (const { table, columns } of tablesOf(db)) {
    const names = new Set(columns.map(({ name }) => name))
    if (!names.has('folder_id') || !names.has('name')) continue
    const backslash = process.platform === 'win32' ? String.raw`OR instr(name, '\')` : ''
    const suspects = db
      .prepare<[], { name: string }>(
        `SELECT name FROM ${quoted(table)}
         WHERE name IN ('', '.', '..') OR instr(name, '/') OR instr(name, char(0)) ${backslash}`,
      )
      .iterate()
    for (const { name } of suspects) return `${shown(name)} is no name of a file`
  }
  return null
}

/** Folders lie within their root, wherever that is. */
function pathFault(db: Database): string | null {
  const rows = db
    .prepare<[], { path: string; root: string }>(
      `SELECT f.path, r.path AS root FROM folder f JOIN root r ON r.id = f.root_id
       UNION ALL SELECT path, path FROM root`,
    )
    .iterate()
  for (const { path, root } of rows) {
    const below = path.slice(root.length)
    // Separators of both kinds: the library may come from a computer of another kind.
    const isWithin = path.startsWith(root) && (below === '' || /^[\\/]/.test(below) || /[\\/]$/.test(root))
    const segments = path.split(/[\\/]/)
    if (!isWithin || path.includes('\0') || segments.includes('..') || segments.includes('.')) {
      return `${shown(path)} is no folder of a library`
    }
  }
  return null
}

interface Table {
  readonly table: string
  /** Made by our migrations; otherwise one behind a virtual table. */
  readonly isOwn: boolean
  /** Those that are stored, not computed. */
  readonly columns: readonly { readonly name: string; readonly type: string }[]
}

function tablesOf(db: Database): Table[] {
  const columns = db.prepare<[string], { name: string; type: string }>(
    'SELECT name, type FROM pragma_table_xinfo(?) WHERE hidden = 0',
  )
  return db
    .prepare<[], { name: string; type: string }>(
      "SELECT name, type FROM pragma_table_list WHERE schema = 'main' AND name <> 'sqlite_schema'",
    )
    .all()
    .filter(({ type }) => type === 'table' || type === 'shadow')
    .map(({ name, type }) => ({ table: name, isOwn: type === 'table', columns: columns.all(name) }))
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** The text comes from the file: it must not look like part of our sentence. */
const shown = (text: string): string => JSON.stringify(text.slice(0, 200))
