import type { KnownFile } from '../library/files/files.ts'

/** What a directory says of a content: a file that was only renamed keeps both. */
interface Facts {
  readonly size: number
  readonly mtime: number
}

/** A file that changed, as it is now, and what was known under its name. */
export interface Change<File extends Facts> {
  readonly before: KnownFile
  readonly file: File
}

export interface Renamings<File extends Facts> {
  /** Photos whose file has another name now. */
  readonly moved: readonly { readonly id: number; readonly file: File }[]
  /** Photos whose name another one has now, and whose own file is nowhere in the folder. */
  readonly displaced: readonly number[]
  /** Files under the name of a photo that has another one now, which were no photo of the folder before. */
  readonly vacated: readonly File[]
}

/**
 * Follows renamings in which names are used again, as numbering programs do it: rings (`1` and `2` trade names) and
 * chains (`3` to `4`, `2` to `3`, `1` to `2`). Known by size and modification time before anything is read; where two
 * files have both in common, nobody can tell, and their contents decide. A plain renaming to a name that was free is
 * left to the content as well, which finds it in any folder.
 * @param changes all changed files of one folder
 * @param missing photos of the folder whose name no file has
 * @param added files of the folder whose name no photo had
 */
export function followRenamings<File extends Facts>(
  changes: readonly Change<File>[],
  missing: readonly KnownFile[],
  added: readonly File[],
): Renamings<File> {
  if (changes.length === 0) return { moved: [], displaced: [], vacated: [] }
  const sources = onlyOnes([
    ...changes.flatMap(({ before }) => (before.here ? [before] : [])),
    ...missing.filter(({ here }) => here),
  ])
  const targets = onlyOnes([...changes.map(({ file }) => file), ...added])
  const changeOf = new Map(changes.map((change) => [change.before, change]))
  const reused = new Set(changes.map(({ file }) => file))
  const moved: { id: number; file: File }[] = []
  const left = new Set<number>()
  const taken = new Set<File>()
  for (const [key, photo] of sources) {
    const file = targets.get(key)
    const change = changeOf.get(photo)
    if (file === undefined || file === change?.file) continue
    if (change === undefined && !reused.has(file)) continue
    moved.push({ id: photo.id, file })
    left.add(photo.id)
    taken.add(file)
  }
  return {
    moved,
    displaced: changes.flatMap(({ before, file }) =>
      taken.has(file) && !left.has(before.id) ? [before.id] : [],
    ),
    vacated: changes.flatMap(({ before, file }) => (left.has(before.id) && !taken.has(file) ? [file] : [])),
  }
}

/** By size and time, without those that have both in common. */
function onlyOnes<Item extends Facts>(items: readonly Item[]): Map<string, Item> {
  const found = new Map<string, Item>()
  const several = new Set<string>()
  for (const item of items) {
    const key = `${item.size} ${item.mtime}`
    if (found.has(key)) several.add(key)
    found.set(key, item)
  }
  for (const key of several) found.delete(key)
  return found
}
