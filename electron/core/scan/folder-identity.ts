import { stat } from 'node:fs/promises'
import { osFromText } from '../paths/os-path.ts'
import { mountsWithin } from './pseudo-folders.ts'

/**
 * Which folder is there now: another text for another folder or disk of the same name, also where disks are mounted inside.
 * `null`: it is away. Never rejects.
 * @param folder absolute, in text form
 */
export async function identityOf(folder: string): Promise<string | null> {
  try {
    // A disk gives the number of a deleted folder to the next one. Where it keeps no birth times, what the system tells of
    // the folder itself has to tell them apart.
    const { dev, ino, birthtimeNs } = await stat(osFromText(folder), { bigint: true })
    return [dev, ino, birthtimeNs, mountsWithin(folder)].join(' ')
  } catch {
    return null
  }
}
