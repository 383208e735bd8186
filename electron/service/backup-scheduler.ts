import { toFailure, type Failure } from '../core/contract/failure.ts'
import { backupIfDue } from '../core/library/upkeep/backups.ts'
import { checkInBackground } from '../core/library/upkeep/check.ts'
import type { Library } from '../core/library/library.ts'

/** Sees to it that what people decided is backed up every day, whether or not anything is indexed. */
export interface BackupScheduler {
  /** Backs up if it is time to, unless that is going on. */
  readonly backUpIfDue: () => void
  /** Gives a copy that is being made up and asks for no other; resolves when nothing touches the library any more. */
  readonly end: () => Promise<void>
}

export interface BackupSchedulerOptions {
  readonly library: Library
  /** File of the thread that reads each copy from end to end. */
  readonly checkThread: URL
  readonly onFailure: (failure: Failure) => void
  /** Milliseconds between two checks; for tests. Default: ten minutes, since each opens the newest backup. */
  readonly checkEvery?: number
}

const usual = 10 * 60_000

export function createBackupScheduler(options: BackupSchedulerOptions): BackupScheduler {
  const ending = new AbortController()
  let making: Promise<void> | null = null

  const backUp = async (): Promise<void> => {
    try {
      await backupIfDue(options.library, Date.now(), {
        check: (file) => checkInBackground(file, options.checkThread),
        signal: ending.signal,
      })
    } catch (error) {
      if (!ending.signal.aborted) options.onFailure(toFailure(error))
    } finally {
      making = null
    }
  }
  const backUpIfDue = (): void => {
    if (!ending.signal.aborted) making ??= backUp()
  }
  const timer = setInterval(backUpIfDue, options.checkEvery ?? usual)
  timer.unref()

  return {
    backUpIfDue,
    end: async () => {
      clearInterval(timer)
      ending.abort()
      await making
    },
  }
}
