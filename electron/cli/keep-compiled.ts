import { lstatSync, mkdirSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { machineFolder } from '../core/classify/provider-trials.ts'

/**
 * In a checkout Node takes the types out of the sources and compiles them at every start, in every process and thread:
 * 0.7 s of processor time until the first photo is read. Kept beside what else belongs to this machine, they cost none
 * from the second start on. Bundles need no such help.
 */
export function keepCompiled(): void {
  if (!import.meta.filename.endsWith('.ts') || process.env['NODE_COMPILE_CACHE'] !== undefined) return
  const folder = join(machineFolder(), 'compiled')
  // Without a place to keep them everything goes on, only slower.
  if (!isOwnFolder(folder)) return
  enableCompileCache(folder)
  // For the processes that are started from here.
  process.env['NODE_COMPILE_CACHE'] = folder
}

/**
 * Makes the folder if need be. One that is there already keeps its mode: if another user could write into it, it would be
 * their code that runs, so it is not used.
 */
export function isOwnFolder(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const found = lstatSync(folder)
    // Windows has neither; the folder lies in the profile of the user there.
    if (process.getuid === undefined) return found.isDirectory()
    return found.isDirectory() && found.uid === process.getuid() && (found.mode & 0o022) === 0
  } catch {
    return false
  }
}
