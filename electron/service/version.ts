import { readFileSync } from 'node:fs'

let known: string | null = null

/** The program's version; package.json lies as far above this file in the sources as above its bundle. */
export function version(): string {
  known ??= (
    JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
  ).version
  return known
}
