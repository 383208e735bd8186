import { readFileSync } from 'node:fs'
import { readdir, realpath } from 'node:fs/promises'
import { homedir } from 'node:os'
import { isAbsolute, posix, win32 } from 'node:path'
import { isKeepOut, isLitter, kindByName } from '../paths/file-kinds.ts'
import { childOf, osFromText, textFromOs } from '../paths/os-path.ts'

/** Where a system keeps pictures depends on these; a test hands in a computer of its own. */
export interface HomeFacts {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
  /** What is in a file; `null` where there is none. */
  readonly read: (path: string) => string | null
}

/** What OneDrive calls its folder of pictures in a few languages; Windows itself always calls its own `Pictures`. */
const oneDriveNames = ['Pictures', 'Bilder', 'Изображения', 'Images', 'Imágenes', 'Immagini', 'Imagens']

/**
 * Where the system keeps a person's pictures, whether or not that is there: on Windows also in OneDrive, which takes the
 * place of the usual folder when someone lets it; elsewhere as the desktop has it, which names folders in the person's language.
 */
export function usualPictureFolders({ platform, env, home, read }: HomeFacts): readonly string[] {
  if (platform === 'win32') {
    const drives = ['OneDrive', 'OneDriveConsumer', 'OneDriveCommercial'].map((name) => env[name])
    const inDrives = drives.flatMap((drive) =>
      drive === undefined || drive === '' ? [] : oneDriveNames.map((name) => win32.join(drive, name)),
    )
    return [...new Set([win32.join(home, 'Pictures'), ...inDrives])]
  }
  const usual = posix.join(home, 'Pictures')
  if (platform === 'darwin') return [usual]
  const config = env['XDG_CONFIG_HOME'] ?? posix.join(home, '.config')
  const named = picturesIn(read(posix.join(config, 'user-dirs.dirs')) ?? '', home)
  return [...new Set([named ?? usual, usual])]
}

/** The folder that `user-dirs.dirs` of a desktop names; the home folder itself means that there is none. */
function picturesIn(dirs: string, home: string): string | null {
  const named = /^\s*XDG_PICTURES_DIR\s*=\s*"((?:[^"\\]|\\.)*)"/mu
    .exec(dirs)?.[1]
    ?.replaceAll(/\\(.)/gu, '$1')
  if (named === undefined) return null
  const path = posix.normalize(named.replace(/^\$HOME(?=\/|$)/u, home)).replace(/(?<=.)\/+$/u, '')
  return posix.isAbsolute(path) && path !== posix.normalize(home) ? path : null
}

export interface PictureFolder {
  /** Absolute, in text form. */
  readonly path: string
  /** A file that is called like a photo was seen in it or below. */
  readonly photos: boolean
}

/** Entries that are looked at for a photo: on a local disk a few milliseconds, on a network not long either. */
const mostEntries = 3000

/** The folders of `usualPictureFolders` that are there, and whether they hold photos. Reads names only. */
export async function pictureFolders(facts: HomeFacts = thisComputer()): Promise<PictureFolder[]> {
  const folders = new Map<string, PictureFolder>()
  for (const path of usualPictureFolders(facts)) {
    const real = await realpath(osFromText(path), { encoding: 'buffer' }).catch(() => null)
    if (real === null || !isAbsolute(path)) continue
    const key = textFromOs(real)
    if (!folders.has(key) && (await namesIn(path)) !== null)
      folders.set(key, { path, photos: await holdsPhotos(path) })
  }
  return [...folders.values()]
}

function thisComputer(): HomeFacts {
  return {
    platform: process.platform,
    env: process.env,
    home: homedir(),
    read: (path) => {
      try {
        return readFileSync(path, 'utf8')
      } catch {
        return null
      }
    },
  }
}

interface Names {
  readonly files: readonly string[]
  readonly folders: readonly string[]
}

/** `null`: it is no folder, or cannot be read. */
async function namesIn(path: string): Promise<Names | null> {
  const entries = await readdir(osFromText(path), { withFileTypes: true, encoding: 'buffer' }).catch(
    () => null,
  )
  if (entries === null) return null
  const named = (wanted: typeof entries): string[] =>
    wanted.map(({ name }) => textFromOs(name)).filter((name) => !isLitter(name))
  return entries.some(({ name }) => isKeepOut(textFromOs(name)))
    ? { files: [], folders: [] }
    : {
        files: named(entries.filter((entry) => entry.isFile())),
        folders: named(entries.filter((entry) => entry.isDirectory())),
      }
}

/** Nearest folders first: photos lie one or two levels down. */
async function holdsPhotos(path: string): Promise<boolean> {
  const ahead = [path]
  let seen = 0
  for (const folder of ahead) {
    const names = await namesIn(folder)
    if (names === null) continue
    if (names.files.some((name) => ['photo', 'raw'].includes(kindByName(name)))) return true
    seen += names.files.length + names.folders.length
    if (seen > mostEntries) return false
    for (const name of names.folders) ahead.push(childOf(folder, name))
  }
  return false
}
