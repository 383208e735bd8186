import { dialog, shell, type BrowserWindow } from 'electron'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { CallOutput } from '../core/contract/contract.ts'
import { valueOf } from '../core/contract/failure.ts'
import { osFromText } from '../core/paths/os-path.ts'
import type { LocatedFile } from '../service/protocol.ts'
import type { Supervisor } from '../service/supervisor.ts'
import { askAboutFiles, listed } from './list-files.ts'
import type { Texts } from './texts.ts'

/**
 * Moves photos to the system's trash after asking: of each the file that speaks for it, and its copies only if the person
 * says so. Asks once more before the last file of a photo goes that they gave stars, an album or words. A file that is no
 * longer the one that was indexed stays where it is: the person saw another picture. Says afterwards what could not be moved.
 * @returns the ids of the photos that have no file left, here or on a disk that is away, and how many files went
 */
export async function trashPhotos(
  ids: readonly number[],
  window: BrowserWindow,
  supervisor: Pick<Supervisor, 'inner'>,
  texts: Texts,
): Promise<CallOutput<'trashPhotos'>> {
  const located = valueOf(await supervisor.inner('locateFiles', ids))
  const photos = [...Map.groupBy(located, ({ photoId }) => photoId).values()].filter((all) =>
    all.some(({ here }) => here),
  )
  const chosen = await askWhich(photos, window, texts)
  if (chosen.length === 0 || !(await askOfCherished(photos, chosen, window, texts))) {
    return { trashed: [], files: 0 }
  }

  const trashed = new Set<number>()
  const kept: string[] = []
  for (const file of chosen) {
    const why = await trash(file, texts)
    if (why === null) trashed.add(file.fileId)
    else kept.push(`${file.path}: ${why}`)
  }
  if (trashed.size > 0) await supervisor.inner('filesTrashed', [...trashed])
  if (kept.length > 0) {
    await dialog.showMessageBox(window, {
      type: 'error',
      message: texts.notTrashed(kept.length),
      detail: listed(kept, texts),
    })
  }
  const gone = photos.flatMap((files) =>
    files.every(({ fileId }) => trashed.has(fileId)) ? files.slice(0, 1) : [],
  )
  return { trashed: gone.map(({ photoId }) => photoId), files: trashed.size }
}

/** The files that the person wants to go; none when they changed their mind. */
async function askWhich(
  photos: readonly (readonly LocatedFile[])[],
  window: BrowserWindow,
  texts: Texts,
): Promise<readonly LocatedFile[]> {
  const all = photos.flatMap((files) => files.filter(({ here }) => here))
  const own = photos.flatMap((files) => files.find(({ here }) => here) ?? [])
  const copies = all.filter((file) => !own.includes(file))
  const [first] = own
  if (first === undefined) return []
  const { yes, ticked } = await askAboutFiles(
    window,
    {
      type: 'warning',
      message: own.length === 1 ? texts.trashOne(basename(first.path)) : texts.trashMany(own.length),
      detail: [
        texts.trashDetail,
        listed(pathsOf(own), texts),
        ...(copies.length === 0 ? [] : [texts.trashCopies, listed(pathsOf(copies), texts)]),
      ].join('\n\n'),
      ...(copies.length === 0 ? {} : { checkboxLabel: texts.alsoCopies(copies.length) }),
      yes: texts.moveToTrash,
    },
    [pathsOf(own), pathsOf(copies)],
    texts,
  )
  if (!yes) return []
  return ticked ? all : own
}

/** Whether photos that mean something to the person may lose their last file. */
async function askOfCherished(
  photos: readonly (readonly LocatedFile[])[],
  chosen: readonly LocatedFile[],
  window: BrowserWindow,
  texts: Texts,
): Promise<boolean> {
  const going = new Set(chosen)
  const last = photos.flatMap((files) =>
    files.every((file) => going.has(file)) ? files.filter(({ cherished }) => cherished).slice(0, 1) : [],
  )
  if (last.length === 0) return true
  const { yes } = await askAboutFiles(
    window,
    {
      type: 'warning',
      message: texts.trashLast(last.length),
      detail: `${texts.trashLastDetail}\n\n${listed(pathsOf(last), texts)}`,
      yes: texts.moveToTrash,
    },
    [pathsOf(last)],
    texts,
  )
  return yes
}

const pathsOf = (files: readonly LocatedFile[]): string[] => files.map(({ path }) => path)

/** Why the file stays, or `null` when it is in the trash (or was gone already). */
async function trash(file: LocatedFile, texts: Texts): Promise<string | null> {
  const name = osFromText(file.path)
  if (typeof name !== 'string') return texts.nameNotPassable
  try {
    const now = await stat(name)
    if (file.changed || now.size !== file.size || Math.trunc(now.mtimeMs) !== Math.trunc(file.mtime))
      return texts.changedSince
    await shell.trashItem(name)
    return null
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    return error instanceof Error ? error.message : String(error)
  }
}
