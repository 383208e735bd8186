import { kindByName } from '../paths/file-kinds.ts'
import { clipsAmong } from '../paths/shots.ts'
import type { FolderDifference } from './diff.ts'
import type { KnownFile } from '../library/files/files.ts'

/** Files that are no photos and are left where they are: how many of each ending, in small letters; `''` has none. */
export interface OtherFiles {
  readonly videos: Readonly<Record<string, number>>
  readonly others: Readonly<Record<string, number>>
}

/** Counts them from folder to folder. Hidden files, litter and sidecars are not among them. */
export function countOtherFiles(): {
  readonly add: (
    seen: { readonly files: readonly { readonly name: string }[]; readonly others: readonly string[] },
    known: readonly KnownFile[],
    difference: Pick<FolderDifference, 'rejected' | 'dropped'>,
  ) => void
  readonly counted: () => OtherFiles
} {
  const videos = new Map<string, number>()
  const others = new Map<string, number>()
  return {
    add: ({ files, others: names }, known, { rejected, dropped }) => {
      const all = files.map(({ name }) => name)
      const clips = clipsAmong(all)
      for (const name of all) if (kindByName(name) === 'video' && !clips.has(name)) count(videos, name)
      for (const name of names) count(others, name)
      const gone = new Set(dropped)
      const stillRejected = known.filter(({ kind, id }) => kind === 'rejected' && !gone.has(id))
      for (const name of new Set([...stillRejected, ...rejected].map((file) => file.name)))
        count(others, name)
    },
    counted: () => ({ videos: Object.fromEntries(videos), others: Object.fromEntries(others) }),
  }
}

/** No ending of a file type is longer: what is behind the last dot of a sentence is none. */
const longestEnding = 10

function count(counts: Map<string, number>, name: string): void {
  const ending = /^.+\.([\p{L}\p{N}_~-]+)$/u.exec(name)?.[1]?.toLowerCase() ?? ''
  const known = ending.length > longestEnding ? '' : ending
  counts.set(known, (counts.get(known) ?? 0) + 1)
}
