import type { Database, Statement } from 'better-sqlite3'

/** The database of a library with what was prepared on it. */
export interface Connection {
  readonly folder: string
  readonly db: Database
  readonly statements: Map<string, Statement>
}

/** The prepared form of `sql`, made once for each connection. Not to be run again while it is being iterated. */
export function prepare<Parameters extends unknown[], Row = unknown>(
  connection: Connection,
  sql: string,
): Statement<Parameters, Row> {
  const known = connection.statements.get(sql)
  if (known !== undefined) return known as unknown as Statement<Parameters, Row>
  const statement = connection.db.prepare(sql)
  connection.statements.set(sql, statement)
  return statement as unknown as Statement<Parameters, Row>
}
