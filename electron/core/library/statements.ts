import type { Database, Statement } from 'better-sqlite3'

/** What can be asked of a library, by anyone who reads it or writes to it. Not shared between threads. */
export interface Reader {
  readonly folder: string
  readonly db: Pick<Database, 'open' | 'inTransaction'>
  readonly statements: Map<string, Statement>
}

/** The database of a library with what was prepared on it. */
export interface Connection extends Reader {
  readonly db: Database
}

/** A statement that only asks: on a reader nothing else compiles. */
export interface Question<Parameters extends unknown[], Row> {
  readonly get: (...values: Parameters) => Row | undefined
  readonly all: (...values: Parameters) => Row[]
  /** From now on rows come as arrays. */
  readonly raw: () => Question<Parameters, Row>
  /** From now on only the first column of a row comes. */
  readonly pluck: () => Question<Parameters, Row>
}

/** The prepared form of `sql`, made once for each connection. Not to be run again while it is being iterated. */
export function prepare<Parameters extends unknown[], Row = unknown>(
  connection: Connection,
  sql: string,
): Statement<Parameters, Row>
export function prepare<Parameters extends unknown[], Row = unknown>(
  reader: Reader,
  sql: string,
): Question<Parameters, Row>
export function prepare(reader: Reader, sql: string): Statement {
  const known = reader.statements.get(sql)
  if (known !== undefined) return known
  // Every reader is a connection; only its type is narrower.
  const statement = (reader as Connection).db.prepare(sql)
  reader.statements.set(sql, statement)
  return statement
}

/**
 * Runs `work` on one unchanging state of the library; inside a transaction it joins that. Besides being consistent it
 * is several times faster for many small statements: each would otherwise lock the file and look for changes by itself.
 */
export function reading<Value>(reader: Reader, work: () => Value): Value {
  if (reader.db.inTransaction) return work()
  const connection = reader as Connection
  prepare<[]>(connection, 'BEGIN').run()
  try {
    return work()
  } finally {
    prepare<[]>(connection, 'COMMIT').run()
  }
}
