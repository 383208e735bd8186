import { KartotekaError, toFailure, type Failure } from '../core/contract/failure.ts'
import type { Backup } from '../core/contract/states.ts'
import { backupIfDue, makeBackup, type BackupOptions } from '../core/library/upkeep/backups.ts'
import { checkInBackground } from '../core/library/upkeep/check.ts'
import type { Library } from '../core/library/library.ts'

/** Sees to it that what people decided is backed up every day, whether or not anything is indexed. */
export interface BackupScheduler {
  /** Backs up if it is time to, unless that is going on. */
  readonly backUpIfDue: () => void
  /**
   * Backs up because a person asks for it, after one that is going on.
   * @throws KartotekaError as `makeBackup`; `service-down` when the library is closed meanwhile
   */
  readonly backUpNow: () => Promise<Backup>
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
  /** One after the other: they share the place of the file that is not finished. */
  let making: Promise<unknown> | null = null
  const how: BackupOptions = {
    check: (file) => checkInBackground(file, options.checkThread),
    signal: ending.signal,
  }

  const afterOthers = <Made>(make: () => Promise<Made>): Promise<Made> => {
    const made = (making ?? Promise.resolve()).then(make)
    const settled = made
      .then(
        () => null,
        () => null,
      )
      .finally(() => {
        if (making === settled) making = null
      })
    making = settled
    return made
  }
  const backUpIfDue = (): void => {
    if (ending.signal.aborted || making !== null) return
    afterOthers(() => backupIfDue(options.library, Date.now(), how)).catch((error: unknown) => {
      if (!ending.signal.aborted) options.onFailure(toFailure(error))
    })
  }
  const backUpNow = async (): Promise<Backup> => {
    try {
      return await afterOthers(() => {
        ending.signal.throwIfAborted()
        return makeBackup(options.library, 'asked', Date.now(), how)
      })
    } catch (error) {
      throw ending.signal.aborted ? new KartotekaError('service-down', 'Kartoteka is being closed.') : error
    }
  }
  const timer = setInterval(backUpIfDue, options.checkEvery ?? usual)
  timer.unref()

  return {
    backUpIfDue,
    backUpNow,
    end: async () => {
      clearInterval(timer)
      ending.abort()
      await making
    },
  }
}
