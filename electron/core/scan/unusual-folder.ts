import { realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname } from 'node:path'
import { KartotekaError } from '../contract/failure.ts'
import { childOf, isWithin, osFromText, textFromOs } from '../paths/os-path.ts'
import { pseudoFolders } from './pseudo-folders.ts'

/** Where systems and programs keep their own pictures: icons, themes, test data. */
const systemFolders =
  process.platform === 'win32'
    ? ['SystemRoot', 'ProgramFiles', 'ProgramFiles(x86)', 'ProgramData'].flatMap(
        (name) => process.env[name] ?? [],
      )
    : '/bin /boot /etc /lib /lib32 /lib64 /opt /sbin /usr /Applications /Library /System /private/etc'.split(
        ' ',
      )

/**
 * Why a person should be asked before this folder is looked into, as a sentence; `null` for a folder like any other.
 * @param path absolute, real, in text form
 * @throws KartotekaError `unsupported` for what is never looked into
 */
export function whyUnusual(path: string): string | null {
  if (pseudoFolders().some((pseudo) => isSameOrWithin(path, pseudo))) {
    throw new KartotekaError(
      'unsupported',
      `${path} holds no photos: the system shows itself there. It is never looked into. Choose another folder.`,
    )
  }
  if (dirname(path) === path)
    return `${path} is everything on this disk, with the files of the system and of programs.`
  const home = realHome()
  if (isSameOrWithin(home, path)) {
    return `${path} holds all that people keep on this computer, also settings, mail and the pictures of programs.`
  }
  if (path.startsWith(childOf(home, '.')) && isWithin(path, home)) {
    return `${path} is hidden: programs keep settings, keys and pictures of their own there.`
  }
  if (!isWithin(path, home) && systemFolders.some((folder) => isSameOrWithin(path, folder))) {
    return `${path} belongs to the system and to programs.`
  }
  return null
}

function realHome(): string {
  try {
    return textFromOs(realpathSync.native(osFromText(homedir()), { encoding: 'buffer' }))
  } catch {
    return homedir()
  }
}

/** As names are compared where most disks do not tell large letters from small ones. */
function isSameOrWithin(path: string, folder: string): boolean {
  return process.platform === 'linux'
    ? isWithin(path, folder)
    : isWithin(path.toLowerCase(), folder.toLowerCase())
}
