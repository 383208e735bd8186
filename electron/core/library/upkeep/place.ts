import { accessSync, constants, statSync, type Stats } from 'node:fs'
import { dirname } from 'node:path'
import { systemReason } from '../../paths/system-reason.ts'

/**
 * Why a folder cannot hold a library, as a sentence that says what to do; `null` when it can. A folder that is not
 * there is no fault, if it can be made where it is to be written to. Changes nothing on the disk.
 * @param use what is to be done: only look into the library, or make or change it
 */
export function faultOfPlace(folder: string, use: 'read' | 'write'): string | null {
  let nearest = folder
  let there: Stats | undefined
  try {
    while ((there = statSync(nearest, { throwIfNoEntry: false })) === undefined) {
      // A disk of Windows that is not connected.
      if (dirname(nearest) === nearest) return `There is no ${nearest}. ${advice}`
      nearest = dirname(nearest)
    }
    if (!there.isDirectory()) return `${nearest} is a file. Choose a folder for the library.`
    const { R_OK, W_OK, X_OK } = constants
    if (use === 'write') accessSync(nearest, W_OK | X_OK)
    if (nearest === folder) accessSync(nearest, R_OK | X_OK)
    return null
  } catch (error) {
    return `The folder ${nearest} cannot be ${use === 'write' ? 'written to' : 'read'}: ${systemReason(error)}. ${advice}`
  }
}

const advice = 'Check its permissions, or choose another library.'
