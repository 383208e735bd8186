import type { Library } from '../library/library.ts'
import { isWithin } from '../paths/os-path.ts'
import type { ScanTarget } from './scan-folders.ts'
import { allScanTargets } from './scan-targets.ts'

/**
 * Stale files: gone or another when they are read, as a folder was renamed or a file saved anew during the run. What
 * became of them is seen at its end, by another scan of the root that they are in, since they may be anywhere there.
 */
export interface Rescans {
  /** Whether a stale file may be left for another scan. */
  readonly mayWait: (path: string) => boolean
  /** A stale file was left. */
  readonly note: (path: string) => void
  /** Roots to scan now, each only so many times in a run: some folders never come to rest. */
  readonly due: () => ScanTarget[]
}

/** A file that is copied slowly may be caught growing more than once. */
const rescansAllowed = 3

export function planRescans(library: Library): Rescans {
  const done = new Map<string, number>()
  const noted = new Set<string>()
  const roots = allScanTargets(library)
  const rootOf = (path: string): ScanTarget | undefined => roots.find((root) => isWithin(path, root.path))
  const mayScan = (root: ScanTarget): boolean => (done.get(root.path) ?? 0) < rescansAllowed

  return {
    mayWait: (path) => {
      const root = rootOf(path)
      return root !== undefined && mayScan(root)
    },
    note: (path) => {
      const root = rootOf(path)
      if (root !== undefined) noted.add(root.path)
    },
    due: () => {
      // Some may have been taken out of the library meanwhile.
      const due = allScanTargets(library).filter((root) => noted.has(root.path) && mayScan(root))
      noted.clear()
      for (const { path } of due) done.set(path, (done.get(path) ?? 0) + 1)
      return due
    },
  }
}
