import { createHash, randomUUID } from 'node:crypto'
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import envPaths from 'env-paths'
import * as v from 'valibot'
import type { Session } from './gate.ts'

/** What open pages need to go on after the browser shell was restarted. No secret stands in it, only digests. */
export interface Runtime {
  readonly port: number
  readonly sessions: readonly Session[]
}

/** Milliseconds for which it is good after it was written. */
const longest = 24 * 60 * 60_000
/** Far above what the sessions of a gate take. */
const mostBytes = 64 * 1024

const digest = v.pipe(v.string(), v.regex(/^[\w-]{43}$/))
const contents = v.object({
  writtenAt: v.number(),
  port: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535)),
  sessions: v.array(v.object({ cookie: digest, call: digest, picture: digest })),
})

/**
 * Where it is for a library: in a folder of this person on this computer, never in the library itself, which may come
 * from someone else.
 */
export function runtimeFileOf(library: string): string {
  const name = createHash('sha256').update(resolve(library)).digest('hex').slice(0, 32)
  return join(envPaths('Kartoteka', { suffix: '' }).cache, 'browser-shell', `${name}.json`)
}

/** What the run before this one left; `null` if there is nothing, it is old, or someone else could have written it. */
export function readRuntime(file: string): Runtime | null {
  try {
    if (!isPrivate(file)) return null
    const { writtenAt, port, sessions } = v.parse(contents, JSON.parse(readFileSync(file, 'utf8')))
    const age = Date.now() - writtenAt
    return age >= 0 && age < longest ? { port, sessions } : null
  } catch {
    return null
  }
}

/** @throws Error of the file system, also where it does not keep a file to its owner */
export function writeRuntime(file: string, runtime: Runtime): void {
  const folder = dirname(file)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  // It may have been there before.
  chmodSync(folder, 0o700)
  removeOld(folder)
  const fresh = `${file}.${randomUUID()}`
  try {
    writeFileSync(fresh, JSON.stringify({ writtenAt: Date.now(), ...runtime }), { flag: 'wx', mode: 0o600 })
    if (!isPrivate(fresh)) throw new Error(`${folder} is on a file system without rights for its owner alone`)
    renameSync(fresh, file)
  } catch (error) {
    rmSync(fresh, { force: true })
    throw error
  }
}

/** Files of libraries that are not opened any more. */
function removeOld(folder: string): void {
  for (const name of readdirSync(folder)) {
    const file = join(folder, name)
    const stats = lstatSync(file, { throwIfNoEntry: false })
    if (stats !== undefined && Date.now() - stats.mtimeMs > longest) rmSync(file, { force: true })
  }
}

/** A plain file of this person that nobody else may read or write. On Windows the person's own folder sees to that. */
function isPrivate(file: string): boolean {
  const stats = lstatSync(file)
  if (!stats.isFile() || stats.size > mostBytes) return false
  return process.getuid === undefined || (stats.uid === process.getuid() && (stats.mode & 0o077) === 0)
}
