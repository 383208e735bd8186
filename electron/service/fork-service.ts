import { argumentsOf, type ServiceOptions } from './options.ts'
import { startProcess } from './processes.ts'
import type { ServiceProcess } from './supervisor.ts'

/** The service's own file. */
export const serviceEntry = new URL('../service/entry.ts', import.meta.url)

/** Starts the service for the browser shell. @param log Receives what it writes to its standard error. */
export function forkService(options: ServiceOptions, log: (text: string) => void): ServiceProcess {
  return startProcess(serviceEntry, argumentsOf(options), log)
}
