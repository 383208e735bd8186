import { write } from './library.ts'
import { prepare, type Connection, type Reader } from './statements.ts'

/** A kept setting as it was given, or `undefined`. The caller validates it: another version may have written it. */
export function readSetting(library: Reader, key: string): unknown {
  const row = prepare<[string], { value: string }>(library, 'SELECT value FROM setting WHERE key = ?').get(
    key,
  )
  if (row === undefined) return undefined
  try {
    return JSON.parse(row.value)
  } catch {
    return undefined
  }
}

/** Keeps any value that JSON can hold. */
export function writeSetting(library: Connection, key: string, value: unknown): void {
  write(library, () =>
    prepare<[string, string]>(
      library,
      'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    ).run(key, JSON.stringify(value)),
  )
}
