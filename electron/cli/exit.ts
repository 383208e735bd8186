import { KartotekaError } from '../core/contract/failure.ts'

/** Exit statuses that scripts rely on (DESIGN section 5); `stopped`: by Ctrl-C, as shells have it. */
export const exitStatus = { done: 0, nothingDone: 1, wrongUsage: 64, stopped: 130 } as const

/** Someone said stop before all was done; what was done is told already. */
export class StoppedEarly extends Error {
  override readonly name = 'StoppedEarly'
}

/** One line for people about whatever went wrong; unforeseen errors keep their stack, for the report. */
export function explain(error: unknown): string {
  if (error instanceof KartotekaError || error instanceof StoppedEarly) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
