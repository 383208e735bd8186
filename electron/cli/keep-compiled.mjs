import { lstatSync, mkdirSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import envPaths from 'env-paths'

/**
 * In a checkout Node takes the types out of the sources and compiles them at every start, in every process and thread:
 * 0.7 s of processor time until the first photo is read. Kept beside what else belongs to this machine, they cost none
 * from the second start on. Bundles need no such help. Plain JavaScript, as are the entries that call it: for a single
 * file with types Node would load its compiler before there is a place to find anything compiled.
 */
export function keepCompiled() {
  if (process.env['NODE_COMPILE_CACHE'] !== undefined) return
  const folder = join(envPaths('Kartoteka', { suffix: '' }).cache, 'compiled')
  // Without a place to keep them everything goes on, only slower.
  if (!isOwnFolder(folder)) return
  enableCompileCache(folder)
  // For the processes that are started from here.
  process.env['NODE_COMPILE_CACHE'] = folder
}

/**
 * Makes the folder if need be. One that is there already keeps its mode: if another user could write into it, it would be
 * their code that runs, so it is not used.
 * @param {string} folder
 */
export function isOwnFolder(folder) {
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
