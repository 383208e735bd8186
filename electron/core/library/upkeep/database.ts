import SQLite, { type Database } from 'better-sqlite3'

/**
 * Opens a SQLite file that someone else may have made. better-sqlite3 opens every database in SQLite's defensive mode
 * (the schema and FTS5's own tables cannot be written by hand), without double-quoted strings and without extensions
 * in SQL. Beyond that nothing in the schema may call functions or virtual tables that could do harm, and pages are
 * checked when they are read.
 *
 * That does not make a foreign schema harmless: `schemaFault` refuses it before any statement could run part of it.
 * @throws SqliteError
 */
export function openDatabase(file: string, options: SQLite.Options = {}): Database {
  const db = new SQLite(file, options)
  try {
    // Neither reads the file.
    db.pragma('trusted_schema = OFF')
    db.pragma('cell_size_check = ON')
    return db
  } catch (error) {
    db.close()
    throw error
  }
}
