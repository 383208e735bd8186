import { toFailure } from '../core/contract/failure.ts'

/** Work of the background that is begun again and again, and goes on only while nothing of the person's waits for it. */
export interface WorkWhenFree {
  /** Begins, unless it goes on already or nothing may. */
  readonly begin: () => void
  readonly isRunning: () => boolean
  /** Asked between two steps of the work. */
  readonly goesOn: () => boolean
  /** Resolves when nothing is being done. */
  readonly settled: () => Promise<void>
  readonly end: () => Promise<void>
}

/** @param failed what to write down when it breaks off, before the reason */
export function workWhenFree(
  work: () => Promise<void>,
  isFree: () => boolean,
  log: (line: string) => void,
  failed: string,
): WorkWhenFree {
  let running: Promise<void> | null = null
  let ended = false
  const goesOn = (): boolean => !ended && isFree()
  return {
    begin: () => {
      if (running !== null || !goesOn()) return
      running = work()
        .catch((error: unknown) => {
          if (!ended) log(`${failed}: ${toFailure(error).message}`)
        })
        .finally(() => {
          running = null
        })
    },
    isRunning: () => running !== null,
    goesOn,
    settled: async () => {
      await running
    },
    end: async () => {
      ended = true
      await running
    },
  }
}
