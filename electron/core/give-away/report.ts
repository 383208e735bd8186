import type { CopyReport } from '../contract/copies.ts'

/** Sentences that are kept. */
const reasonsAtMost = 1000

/** A report that is being written. */
export interface Counted {
  readonly copied: () => void
  /** @param reason a sentence that names the photo */
  readonly leftOut: (reason: string) => void
  /** Something beside a photo was left out. */
  readonly note: (reason: string) => void
  readonly end: (ended: CopyReport['ended']) => CopyReport
  /** Photos that were seen to. */
  readonly done: () => number
}

export function createReport(): Counted {
  let copied = 0
  let leftOut = 0
  const reasons: string[] = []
  const note = (reason: string): void => {
    if (reasons.length < reasonsAtMost) reasons.push(reason)
  }
  return {
    copied: () => {
      copied += 1
    },
    leftOut: (reason) => {
      leftOut += 1
      note(reason)
    },
    note,
    done: () => copied + leftOut,
    end: (ended) => ({ copied, leftOut, reasons, ended }),
  }
}
