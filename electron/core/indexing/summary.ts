import type { ModelIdentity } from '../classify/classification.ts'

/** What a run did. Counts of photo files. */
export interface RunSummary {
  /** In the folders that were looked at. */
  readonly found: number
  /** Read and stored: new photos, changed ones, copies of known ones, and those classified anew. */
  readonly indexed: number
  /** As they were; nothing was done. */
  readonly unchanged: number
  /** Known by their content, under another name or in another folder. */
  readonly moved: number
  /** Known, and no longer there. */
  readonly missing: number
  /** Could not be used; each is named in the list of problems. */
  readonly failed: number
  /** Videos, which are not indexed. */
  readonly videos: number
  /** Folders that could not be read. */
  readonly unreadableFolders: number
  /** Still waiting, when the run was stopped early. */
  readonly queued: number
  /** Someone said stop before all was done: photos are still waiting, or folders were not looked through. */
  readonly stopped: boolean
  readonly inferences: number
  readonly model: ModelIdentity | null
  readonly provider: string | null
  readonly workers: number
}

export const nothingYet: RunSummary = {
  found: 0,
  indexed: 0,
  unchanged: 0,
  moved: 0,
  missing: 0,
  failed: 0,
  videos: 0,
  unreadableFolders: 0,
  queued: 0,
  stopped: false,
  inferences: 0,
  model: null,
  provider: null,
  workers: 0,
}

/**
 * What two runs did, of which the second took up where something ended the first. One that looks anew finds what the
 * first did unchanged; one that had no need to look has found nothing.
 */
export function combined(before: RunSummary, after: RunSummary): RunSummary {
  const doneBefore = before.indexed + before.failed + before.moved
  return {
    ...after,
    found: Math.max(before.found, after.found),
    unchanged: Math.max(before.unchanged, after.unchanged - doneBefore),
    missing: Math.max(before.missing, after.missing),
    videos: Math.max(before.videos, after.videos),
    unreadableFolders: Math.max(before.unreadableFolders, after.unreadableFolders),
    indexed: before.indexed + after.indexed,
    moved: before.moved + after.moved,
    failed: before.failed + after.failed,
    inferences: before.inferences + after.inferences,
  }
}
