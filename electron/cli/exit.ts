import { KartotekaError } from '../core/contract/failure.ts'

/** Exit statuses that scripts rely on (DESIGN section 5). */
export const exitStatus = { done: 0, nothingDone: 1, wrongUsage: 64 } as const

/** One line for people about whatever went wrong; unforeseen errors keep their stack, for the report. */
export function explain(error: unknown): string {
  if (error instanceof KartotekaError) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
