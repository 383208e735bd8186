import { chmodSync, lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { backupFolder, damagedFolder, isLibraryEntry, sidecarFolder } from './library-files.ts'

/** Rights of the group and of everybody else. */
const forOthers = 0o077

/**
 * From now on the files that this process makes are readable by their owner alone. For processes that write a library
 * and start no program of the person's, since those would inherit it. Windows has no such rights: there a folder inside
 * the person's own is closed to other people.
 */
export function keepNewFilesPrivate(): void {
  process.umask(forOthers)
}

/**
 * Takes away what rights other people have on a library that an earlier version made, or that was copied here. The
 * folder itself keeps its rights when it also holds other things: it may be one that people share.
 * @returns `false` when something stays open to others: the disk keeps no rights, or belongs to another person
 */
export function closeToOthers(folder: string, change: typeof chmodSync = chmodSync): boolean {
  if (process.platform === 'win32') return true
  const names = readdirSync(folder)
  const ours = names.filter(isLibraryEntry).map((name) => join(folder, name))
  const inside = [backupFolder(folder), damagedFolder(folder), sidecarFolder(folder)]
    .filter(isFolder)
    .flatMap(entriesOf)
  const whole = names.length === ours.length ? [folder] : []
  // Every one is tried, also after one that cannot be changed.
  return [...whole, ...ours, ...inside].map((path) => close(path, change)).every(Boolean)
}

function entriesOf(folder: string): string[] {
  return readdirSync(folder).map((name) => join(folder, name))
}

function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

function close(path: string, change: typeof chmodSync): boolean {
  const mode = modeOf(path)
  if (mode === null || (mode & forOthers) === 0) return true
  try {
    change(path, mode & 0o700)
  } catch {
    return false
  }
  // Some file systems take the change and forget it.
  return ((modeOf(path) ?? 0) & forOthers) === 0
}

/** `null` for what went away meanwhile, and for a link: the rights are those of what it leads to, which is not ours. */
function modeOf(path: string): number | null {
  const entry = lstatSync(path, { throwIfNoEntry: false })
  return entry === undefined || entry.isSymbolicLink() ? null : entry.mode
}
