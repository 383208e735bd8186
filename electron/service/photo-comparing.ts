import type { Library } from '../core/library/library.ts'
import type { CompareCalls } from '../core/teach/teach-protocol.ts'
import type { CallingThread } from './calling-thread.ts'
import { workWhenFree } from './when-free.ts'

/** Sees to it that all photos were compared with each other, so that whoever asks for those that are one picture need not wait. */
export interface PhotoComparing {
  /** Goes on if photos were not compared and nothing is indexed. */
  readonly compareIfFree: () => void
  /** Resolves when nothing is being compared. */
  readonly settled: () => Promise<void>
  readonly end: () => Promise<void>
}

export interface PhotoComparingOptions {
  readonly library: Library
  readonly thread: Pick<CallingThread<CompareCalls>, 'ask'>
  /** Nothing is indexed, and nothing that is to be is to wait: it is paused with indexing. */
  readonly isFree: () => boolean
  /** Some photos more were compared. */
  readonly onCompared: () => void
  readonly log: (line: string) => void
}

/** What is compared at a time is kept at a time: that is what a crash costs. */
export function createPhotoComparing(options: PhotoComparingOptions): PhotoComparing {
  const { library, thread, onCompared, log } = options
  /** Somebody called meanwhile: there may be photos that the last look did not see. */
  let again = false

  const compare = async (): Promise<void> => {
    while (work.goesOn()) {
      library.features.beginComparing()
      const compared = await thread.ask('compare', null)
      if (!library.db.open) return
      if (compared === null) {
        if (!again) return
        again = false
        continue
      }
      library.features.keepCompared(compared)
      onCompared()
    }
  }

  const work = workWhenFree(
    compare,
    () => library.db.open && options.isFree(),
    log,
    'Photos are compared later',
  )
  return {
    compareIfFree: () => {
      again = work.isRunning()
      work.begin()
    },
    settled: work.settled,
    end: work.end,
  }
}
