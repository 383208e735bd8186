import { Session } from 'node:inspector/promises'

/**
 * Gives back now what this thread no longer uses: the memory of a WebAssembly decoder that was dropped may otherwise
 * stay for seconds, beside that of the next. Takes about 20 ms of processor time, so it is for large decoders only.
 * Never rejects; without an inspector it does nothing.
 */
export async function collectGarbage(): Promise<void> {
  try {
    const session = new Session()
    session.connect()
    try {
      await session.post('HeapProfiler.collectGarbage')
    } finally {
      session.disconnect()
    }
  } catch {
    // The engine collects by itself, later.
  }
}
