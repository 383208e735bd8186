import { toFailure } from '../core/contract/failure.ts'
import type { Library } from '../core/library/library.ts'
import { removeUnusedThumbnails } from '../core/library/photos/unused-thumbnails.ts'

/** Sees to it that the library keeps no pictures of what it has forgotten. */
export interface ThumbnailSweeper {
  /** Photos were forgotten: what only they had is to go. */
  readonly request: () => void
  /** Goes on if something is to go and nothing is indexed. */
  readonly sweepIfFree: () => void
}

/**
 * Looks once, when there is time, and again whenever photos were forgotten.
 * @param isFree nothing is indexed: what a run is about to store or to move may need any picture
 */
export function createThumbnailSweeper(
  library: Library,
  isFree: () => boolean,
  log: (line: string) => void,
): ThumbnailSweeper {
  let wanted = true
  let isRunning = false

  const sweep = async (): Promise<void> => {
    isRunning = true
    try {
      while (wanted && isFree()) {
        wanted = false
        const isDone = await removeUnusedThumbnails(library, isFree)
        if (isDone) continue
        wanted = true
        return
      }
    } catch (error) {
      wanted = true
      log(`Thumbnails that nobody needs are still kept: ${toFailure(error).message}`)
    } finally {
      isRunning = false
    }
  }
  const sweepIfFree = (): void => {
    if (wanted && !isRunning) void sweep()
  }
  return {
    request: () => {
      wanted = true
      sweepIfFree()
    },
    sweepIfFree,
  }
}
