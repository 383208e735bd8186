import { readdirSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { isKeepOut, isLitter } from './file-kinds.ts'
import { isWithin, osFromText } from './os-path.ts'

/**
 * Whether a walk through a folder passes over one below it: by its name or that of a folder between them, or because one
 * of these asks media programs to stay out. Reads the folders between.
 * @param path absolute, real, in text form, as is `from`
 */
export function isPassedOver(path: string, from: string): boolean {
  for (let at = path; at !== from && isWithin(at, from); at = dirname(at)) {
    if (isLitter(basename(at)) || asksToStayOut(at)) return true
  }
  return false
}

/** A folder that cannot be read asks for nothing. */
function asksToStayOut(folder: string): boolean {
  try {
    return readdirSync(osFromText(folder), { encoding: 'latin1' }).some(isKeepOut)
  } catch {
    return false
  }
}
