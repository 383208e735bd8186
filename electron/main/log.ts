import log from 'electron-log/main'

/** Writes one line to the log file in the system's place for logs; it is turned over at 1 MB and never sent. */
export type Log = (line: string) => void

/** Starts the log; errors nobody caught are written down too. */
export function openLog(): { readonly log: Log; readonly file: string } {
  log.transports.console.level = false
  log.errorHandler.startCatching({ showDialog: false })
  return {
    log: (line) => {
      log.info(line)
    },
    file: log.transports.file.getFile().path,
  }
}
