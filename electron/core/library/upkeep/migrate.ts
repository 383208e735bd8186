import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { KartotekaError } from '../../contract/failure.ts'

export interface Migration {
  /** From the file name: `0001_library.sql` is 1. Becomes `user_version`. */
  readonly version: number
  readonly name: string
  readonly sql: string
}

/** Folder with the numbered SQL files: inside the package, or beside the sources. */
export function migrationsFolder(): string {
  const resources = process.env['KARTOTEKA_RESOURCES']
  return resources === undefined
    ? join(import.meta.dirname, '..', '..', '..', '..', 'migrations')
    : join(resources, 'migrations')
}

/** The migrations of a folder, in order. */
export function readMigrations(folder: string): Migration[] {
  return readdirSync(folder)
    .filter((name) => /^\d{4}_[a-z0-9-]+\.sql$/.test(name))
    .sort()
    .map((name) => ({
      version: Number(name.slice(0, 4)),
      name,
      sql: readFileSync(join(folder, name), 'utf8'),
    }))
}

export function versionOf(db: Database): number {
  return Number(db.pragma('user_version', { simple: true }))
}

export function newestVersion(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.version ?? 0
}

/**
 * Brings a database up to date, one transaction for each step: a step that fails leaves the step before.
 * @param beforeFirst runs only when there is something to do
 * @throws whatever SQLite throws; KartotekaError `library-damaged` when a step would leave dangling references
 */
export function migrate(
  db: Database,
  migrations: readonly Migration[],
  beforeFirst: () => void = () => {},
): void {
  const pending = migrations.filter(({ version }) => version > versionOf(db))
  if (pending.length === 0) return
  beforeFirst()
  // Foreign keys cannot be switched inside a transaction, and tables are rebuilt by dropping them.
  db.pragma('foreign_keys = OFF')
  try {
    for (const migration of pending) db.transaction(() => step(db, migration)).exclusive()
  } finally {
    db.pragma('foreign_keys = ON')
  }
}

function step(db: Database, { version, name, sql }: Migration): void {
  db.exec(sql)
  const dangling = db.pragma('foreign_key_check')
  if (Array.isArray(dangling) && dangling.length > 0) {
    throw new KartotekaError(
      'library-damaged',
      `Updating the library (${name}) failed: ${dangling.length} rows refer to rows that do not exist.`,
    )
  }
  db.pragma(`user_version = ${version}`)
}
