import { say } from './output.ts'

/**
 * Runs work that Ctrl-C or a friendly kill brings to an end: the first aborts `signal`, the second ends the program at
 * once. What was stored or written until then stays.
 * @param told at the first; `null`: nothing
 * @throws what the work throws
 */
export async function interruptible<Value>(
  told: string | null,
  work: (signal: AbortSignal) => Promise<Value>,
  signals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM'],
): Promise<Value> {
  const stop = new AbortController()
  const interrupt = (): void => {
    if (stop.signal.aborted) process.exit(130)
    if (told !== null) say(told)
    stop.abort()
  }
  for (const each of signals) process.on(each, interrupt)
  try {
    return await work(stop.signal)
  } finally {
    for (const each of signals) process.off(each, interrupt)
  }
}
