import { isLitter, kindByName } from '../paths/file-kinds.ts'
import { isWithin } from '../paths/os-path.ts'

/**
 * Whether a change there can matter to the library.
 * @param path absolute, in text form
 * @param isFolder whether it is surely a folder, which holds photos whatever it is called
 * @param beginnings folders that are looked into whatever they are called
 */
export function isRelevant(path: string, isFolder: boolean, beginnings: readonly string[]): boolean {
  const nearest = beginnings.reduce(
    (length, folder) => (folder.length > length && isWithin(path, folder) ? folder.length : length),
    -1,
  )
  // Outside of them all, or what is on the way to one and takes it along.
  if (nearest < 0 || beginnings.some((folder) => folder.length > nearest && isWithin(folder, path)))
    return true
  const names = path.slice(nearest).split(/[/\\]/).filter(Boolean)
  const last = names.at(-1)
  return !names.some(isLitter) && (isFolder || last === undefined || kindByName(last) !== 'other')
}
