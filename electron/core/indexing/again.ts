import { yieldToEventLoop, type Library } from '../library/library.ts'
import { childOf, isWithin } from '../paths/os-path.ts'
import { queueAgain } from '../library/files/files.ts'
import { readSetting, writeSetting } from '../library/settings.ts'
import type { IndexingOptions } from './indexing-options.ts'

/** Library settings. Folders whose photos are still to be queued to be classified anew. */
const wantedKey = 'indexing.againIn'
/** Photos were queued to be classified anew and not all are: a known content is classified, too. */
const goingKey = 'indexing.again'
/** Photos were read without a model and wait for their tags. */
const untaggedKey = 'indexing.untagged'

/**
 * Keeps that all photos in these folders and below are to be classified anew. Done by the next run, or by the one after
 * that if it is interrupted: whatever ends a run makes nobody forget what was asked for.
 * @param folders absolute paths
 */
export function wantAgain(library: Library, folders: readonly string[]): void {
  const wanted = wantedFolders(library)
  writeSetting(library, wantedKey, [...new Set([...wanted, ...folders])])
}

/**
 * Queues the photos of the folders that are wanted; those that an interrupted run had queued before and that were
 * classified meanwhile come once more.
 * @returns photos that were queued
 */
export async function queueWanted(library: Library, betweenBatches: () => Promise<void>): Promise<number> {
  let queued = 0
  for (const folder of wantedFolders(library)) {
    writeSetting(library, goingKey, true)
    queued += await queueAgain(library, { folder }, betweenBatches)
    if (!library.db.open) break
    writeSetting(
      library,
      wantedKey,
      wantedFolders(library).filter((wanted) => wanted !== folder),
    )
  }
  return queued
}

/** What was asked for in a folder, or below it, is asked for in another: it is the same one with another path. */
export function wantAgainAt(library: Library, from: string, to: string): void {
  const wanted = wantedFolders(library)
  const next = wanted.map((path) => {
    if (path === from) return to
    return isWithin(path, from) ? childOf(to, path.slice(childOf(from, '').length)) : path
  })
  if (next.some((path, at) => path !== wanted[at])) writeSetting(library, wantedKey, next)
}

/** Whether photos that are looked at are to be classified although their content is known. */
export function isAgain(library: Library): boolean {
  return readSetting(library, goingKey) === true
}

/** Everything that was queued to be classified anew is. */
export function endAgain(library: Library): void {
  if (isAgain(library)) writeSetting(library, goingKey, false)
}

export function noteUntagged(library: Library): void {
  if (readSetting(library, untaggedKey) !== true) writeSetting(library, untaggedKey, true)
}

/** Queues photos that were read without a model, once there is one. @param goesOn asked when that is known */
export async function queueUntagged(
  { library, chooseModel }: Pick<IndexingOptions, 'library' | 'chooseModel'>,
  goesOn: () => boolean,
): Promise<void> {
  if (readSetting(library, untaggedKey) !== true) return
  const found = await chooseModel()
  if (!found.ok || !goesOn()) return
  await queueAgain(library, 'untagged', yieldToEventLoop)
  writeSetting(library, untaggedKey, false)
}

function wantedFolders(library: Library): string[] {
  const kept = readSetting(library, wantedKey)
  return Array.isArray(kept) ? kept.map(String) : []
}
