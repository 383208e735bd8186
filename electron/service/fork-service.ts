import { argumentsOf, type ServiceOptions } from './options.ts'
import { startProcess, type ServiceProcess } from './processes.ts'

/** The service's own file. */
export const serviceEntry = new URL('../service/entry.ts', import.meta.url)

/** Starts the service for the browser shell and for the command line. @param log Receives what it writes to its standard error. */
export function forkService(options: ServiceOptions, log: (text: string) => void): ServiceProcess {
  return startProcess(serviceEntry, argumentsOf(options), log)
}
