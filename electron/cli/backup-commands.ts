import { existsSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { KartotekaError } from '../core/contract/failure.ts'
import type { Backup, RestoreLoss } from '../core/contract/states.ts'
import { examineBackups, makeBackup } from '../core/library/upkeep/backups.ts'
import { backupFolder, libraryFile } from '../core/library/upkeep/library-files.ts'
import { lockLibrary } from '../core/library/upkeep/lock.ts'
import { closeLibrary, openLibrary } from '../core/library/upkeep/open.ts'
import { keepNewFilesPrivate } from '../core/library/upkeep/private-files.ts'
import { restoreLoss } from '../core/library/upkeep/restore-loss.ts'
import { restoreBackup } from '../core/library/upkeep/restore.ts'
import { libraryFolder, type CommonOptions } from './library-option.ts'
import { noLibraryIn } from './open.ts'
import { refuseUnusable } from './refuse-unusable.ts'
import { counted, print, printJson, table } from './output.ts'

/** The commands for a library that has come to harm: `backups`, `restore`. They work whatever state it is in. */

export interface BackupsOptions extends CommonOptions {
  /** Make one first. */
  readonly now?: boolean
}

/** `kartoteka backups [--now]` */
export async function backupsCommand(options: BackupsOptions): Promise<void> {
  const folder = existingFolder(options)
  if (options.now === true) await backUp(folder)
  const backups = examineBackups(folder)
  if (options.json === true) return printJson(backups)
  if (backups.length === 0) return print(`No backups yet in ${backupFolder(folder)}.`)
  return print(
    table(
      ['backup', 'made', 'photos', 'MB', 'why', 'state'],
      backups.map(({ id, madeAt, photos, bytes, reason, state, fault }) => [
        id,
        madeAt,
        photos ?? '',
        (bytes / 1e6).toFixed(1),
        reason,
        fault === null ? state : `${state}: ${fault}`,
      ]),
    ),
  )
}

/** @throws KartotekaError `library-locked` while another process has the library: its window makes backups, too */
async function backUp(folder: string): Promise<void> {
  keepNewFilesPrivate()
  if (!existsSync(libraryFile(folder))) throw noLibraryIn(folder)
  const release = lockLibrary(folder)
  try {
    const library = openLibrary(folder, { mode: 'read' })
    try {
      await makeBackup(library, 'asked')
    } finally {
      closeLibrary(library)
    }
  } finally {
    release()
  }
}

export interface RestoreOptions extends CommonOptions {
  /** Do it; without it only what would be done is told. */
  readonly yes?: boolean
}

/** What `kartoteka restore --json` prints. */
interface RestoreDocument {
  /** Whether it was done, or would be with `--yes`. */
  readonly restored: boolean
  readonly backup: Backup
  /** What was in the library and is not in the backup; `null` where it cannot be told. */
  readonly loss: RestoreLoss | null
  /** Where the database that was in its place is now; `null` when there was none, or nothing was done. */
  readonly former: string | null
}

/** `kartoteka restore [BACKUP] [--yes]` */
export async function restoreCommand(wanted: string | undefined, options: RestoreOptions): Promise<void> {
  keepNewFilesPrivate()
  const folder = existingFolder(options)
  const backup = choose(folder, wanted)
  const restored = options.yes === true
  const loss = restoreLoss(folder, backup.id)
  const former = restored ? restoreBackup(folder, backup.id) : null
  const document: RestoreDocument = { restored, backup, loss, former }
  await (options.json === true ? printJson(document) : print(sentences(folder, document)))
}

function existingFolder(options: CommonOptions): string {
  const folder = libraryFolder(options)
  refuseUnusable(folder, 'read')
  if ([libraryFile(folder), backupFolder(folder)].some((path) => existsSync(path))) return folder
  throw noLibraryIn(folder)
}

/** The backup that was asked for, by its path, its name or the number it begins with; else the newest good one. */
function choose(folder: string, wanted: string | undefined): Backup {
  const backups = examineBackups(folder)
  const advice = '`kartoteka backups` lists what there is.'
  if (wanted === undefined) {
    const newest = backups.find(({ state }) => state === 'good')
    if (newest !== undefined) return newest
    const what = backups.length === 0 ? 'no backup' : 'no good backup'
    throw new KartotekaError('not-found', `There is ${what} of the library in ${folder}. ${advice}`)
  }
  const name = dirname(resolve(wanted)) === backupFolder(folder) ? basename(wanted) : wanted
  const asked = backups.find(({ id }) => isNamed(id, name))
  if (asked === undefined) {
    throw new KartotekaError(
      'not-found',
      `There is no backup ${wanted} of the library in ${folder}. ${advice}`,
    )
  }
  if (asked.state === 'good') return asked
  throw new KartotekaError(
    codes[asked.state],
    `The backup ${asked.id} cannot be restored: ${asked.fault}. ${advice}`,
  )
}

/** Why a backup cannot be restored. */
const codes = { newer: 'library-newer', trial: 'library-outdated', damaged: 'library-damaged' } as const

function isNamed(id: string, wanted: string): boolean {
  return (
    id === wanted ||
    id === `${wanted}.sqlite` ||
    (/^\d+$/.test(wanted) && parseInt(id, 10) === Number(wanted))
  )
}

function sentences(folder: string, { restored, backup, loss, former }: RestoreDocument): string {
  const { id, madeAt, photos } = backup
  const what = `the backup ${id} of ${madeAt}${photos === null ? '' : `, with ${counted(photos, 'photo')}`}`
  if (!restored) {
    const isThere = existsSync(libraryFile(folder))
    const present = isThere
      ? `put in the place of ${libraryFile(folder)}, which becomes a backup itself,`
      : `put in ${folder}`
    const lines = [`This would ${present} ${what}.`]
    if (isThere) lines.push(lossSentence(loss))
    return [...lines, 'Nothing was changed. Add --yes to do it.'].join('\n')
  }
  const lines = [`Restored ${what}.`]
  if (former !== null) lines.push(lossSentence(loss), `What was there before is kept as ${former}.`)
  lines.push('Photos that came later are found again by `kartoteka index`; their originals were not touched.')
  return lines.join('\n')
}

function lossSentence(loss: RestoreLoss | null): string {
  if (loss === null) return 'What is in the library and not in the backup cannot be told: it cannot be read.'
  const { decisions, photosDecided, labels, albums, searches, taught, groups, photosAdded, returning } = loss
  const parts = [
    ...(decisions > 0 ? [`${counted(decisions, 'decision')} about ${counted(photosDecided, 'photo')}`] : []),
    ...(labels > 0 ? [`${counted(labels, 'new or renamed label')}`] : []),
    ...(albums > 0 ? [`what changed in ${counted(albums, 'album')}`] : []),
    ...(searches > 0 ? [`what changed in saved searches (${searches})`] : []),
    ...(taught > 0 ? [`what was taught or unlearnt (${counted(taught, 'word')})`] : []),
    ...(groups > 0 ? [`what changed in stacks and in photos kept apart (${groups})`] : []),
    ...(photosAdded > 0 ? [`what is known of ${counted(photosAdded, 'photo')} that came later`] : []),
  ]
  const lost = `In the library and not in the backup: ${parts.length === 0 ? 'nothing' : parts.join(', ')}.`
  return returning === 0 ? lost : `${lost}\nOnly in the backup: ${counted(returning, 'decision')}.`
}
