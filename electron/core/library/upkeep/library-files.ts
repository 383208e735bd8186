import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** What lies in a library's folder. */
export const libraryFile = (folder: string): string => join(folder, 'library.sqlite')
export const thumbnailsFile = (folder: string): string => join(folder, 'thumbnails.sqlite')
export const featuresFile = (folder: string): string => join(folder, 'features.sqlite')
export const lockFile = (folder: string): string => join(folder, 'library.lock')
export const backupFolder = (folder: string): string => join(folder, 'backups')
export const damagedFolder = (folder: string): string => join(folder, 'damaged')
/** Sidecars of other programs as they were before they were first written to. */
export const sidecarFolder = (folder: string): string => join(folder, 'sidecars')

/** Networks other than the app's own, and what came of trying them. */
export const networksFolder = (folder: string): string => join(folder, 'networks')

/** Whether an entry of a library's folder is part of the library: databases with their logs, and the folders. */
export function isLibraryEntry(name: string): boolean {
  return (
    /^((library|thumbnails|features)\.sqlite|library\.lock)\b/.test(name) ||
    /^(backups|damaged|sidecars|networks)$/.test(name)
  )
}

/** What lies beside a database that was not closed, the log first. */
const endings = ['-wal', '-shm', '-journal', ''] as const

/** With its log, that before it: a database without its log is only old, a log beside a newer database is poison. */
export function moveDatabase(from: string, to: string): void {
  for (const ending of endings) if (existsSync(from + ending)) renameSync(from + ending, to + ending)
}

export function removeDatabase(file: string): void {
  for (const ending of endings) rmSync(file + ending, { force: true })
}

/** Whether there is anything of it: a database, or only its log. */
export const hasDatabase = (file: string): boolean => endings.some((ending) => existsSync(file + ending))

/** Marks a SQLite file as a Kartoteka library: "Krtk" in ASCII. */
export const applicationId = 0x4b72_746b
/** Libraries of trial versions, which are laid out otherwise: "Kart" in ASCII. */
export const trialId = 0x4b61_7274
/** Marks a SQLite file as thumbnails: "Kthu" in ASCII. */
export const thumbnailsId = 0x4b74_6875
/** Marks a SQLite file as features: "Kfea" in ASCII. */
export const featuresId = 0x4b66_6561
