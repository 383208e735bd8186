import type { KnownFile } from '../library/photos.ts'

/** A file that changed, as it is now, and what was known under its name. */
interface Change<File> {
  readonly before: KnownFile
  readonly file: File
}

/**
 * Files that only traded names, as sorting programs do with `1.jpg`, `2.jpg` …: what is now under one name has size and
 * time of what was under another. Only whole exchanges count, where every file of a ring is found again.
 * @param changes all changed files of one folder
 * @returns where each of them is now
 */
export function exchangedFiles<File extends { readonly size: number; readonly mtime: number }>(
  changes: readonly Change<File>[],
): { readonly id: number; readonly file: File }[] {
  const formerly = new Map<string, Change<File>>()
  const ambiguous = new Set<string>()
  for (const change of changes) {
    const key = keyOf(change.before)
    if (formerly.has(key)) ambiguous.add(key)
    formerly.set(key, change)
  }
  // From a name to the one whose file it has now.
  const came = new Map<Change<File>, Change<File>>()
  for (const change of changes) {
    const key = keyOf(change.file)
    const from = formerly.get(key)
    if (from !== undefined && from !== change && !ambiguous.has(key)) came.set(change, from)
  }
  const exchanged: { id: number; file: File }[] = []
  const settled = new Set<Change<File>>()
  for (const start of came.keys()) {
    const ring: Change<File>[] = []
    let at: Change<File> | undefined = start
    while (at !== undefined && !settled.has(at)) {
      settled.add(at)
      ring.push(at)
      at = came.get(at)
    }
    if (at !== start) continue
    for (const place of ring) {
      const from = came.get(place)
      if (from !== undefined) exchanged.push({ id: from.before.id, file: place.file })
    }
  }
  return exchanged
}

function keyOf({ size, mtime }: { readonly size: number; readonly mtime: number }): string {
  return `${size} ${mtime}`
}
