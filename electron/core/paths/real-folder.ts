import { accessSync, constants, realpathSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { KartotekaError } from '../contract/failure.ts'
import { osFromText, textFromOs } from './os-path.ts'
import { systemReason } from './system-reason.ts'

/**
 * The real path of a folder as the library keeps it: absolute, links resolved, in the case the disk has it.
 * @throws KartotekaError `folder-missing` when it is not there, cannot be entered or is no folder
 */
export function realFolder(path: string): string {
  const absolute = resolve(path)
  try {
    const real = textFromOs(realpathSync.native(osFromText(absolute), { encoding: 'buffer' }))
    if (statSync(osFromText(real)).isDirectory()) {
      accessSync(osFromText(real), constants.R_OK)
      return real
    }
  } catch (error) {
    throw new KartotekaError('folder-missing', whyNot(absolute, error), { cause: error })
  }
  throw new KartotekaError('folder-missing', `${absolute} is a file, not a folder.`)
}

function whyNot(folder: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return `The folder ${folder} does not exist. Check how it is written, or connect the disk that it is on.`
  }
  if (code === 'EACCES' || code === 'EPERM') return `You do not have permission to read the folder ${folder}.`
  return `The folder ${folder} cannot be opened: ${systemReason(error)}.`
}
