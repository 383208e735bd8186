import { chmodSync, existsSync } from 'node:fs'
import log from 'electron-log/main'
import { logLine } from '../service/log-lines.ts'

/** Writes one line to the log file in the system's place for logs; it is turned over at 1 MB and never sent. */
export type Log = (line: string) => void

/** Starts the log; errors nobody caught are written down too. */
export function openLog(): { readonly log: Log; readonly file: string } {
  log.transports.console.level = false
  // Folders and names of photos stand in it.
  log.transports.file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' }
  log.errorHandler.startCatching({ showDialog: false })
  const { path } = log.transports.file.getFile()
  if (existsSync(path)) chmodSync(path, 0o600)
  return {
    log: (line) => {
      log.info(logLine(line))
    },
    file: path,
  }
}
