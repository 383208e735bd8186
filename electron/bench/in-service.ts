import { forkService } from '../service/fork-service.ts'
import { createSupervisor, type Supervisor } from '../service/supervisor.ts'

/**
 * Starts the service of a library as the browser shell does, and ends it after the work.
 * @param work gets the moment at which photos of the library were told to have changed while indexing
 */
export async function inService<Value>(
  library: string,
  work: (supervisor: Supervisor, stored: Promise<number>) => Promise<Value>,
): Promise<Value> {
  const stored = Promise.withResolvers<number>()
  const supervisor = createSupervisor({
    spawn: () => forkService({ library, shell: 'browser', checkOutput: false, crashesAllowed: 6 }, () => {}),
    onEvent: (name, payload) => {
      const tells = name === 'libraryChanged' && 'what' in (payload as object)
      if (tells && (payload as { what: readonly string[] }).what.includes('problems'))
        stored.resolve(performance.now())
    },
    onState: () => {},
    log: () => {},
  })
  try {
    return await work(supervisor, stored.promise)
  } finally {
    await supervisor.stop()
  }
}
