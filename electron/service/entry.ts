import { keepNewFilesPrivate } from '../core/library/upkeep/private-files.ts'
import { outliveReaders } from './log-lines.ts'
import { optionsOf } from './options.ts'
import { parentEnd } from './parent-end.ts'
import { runService } from './service.ts'

/**
 * Entry of the service process: owns the library, hosts the workers, answers the shell that started it.
 * Ends with 0 when it was stopped, 3 when the library cannot be opened, 70 on an error nobody foresaw.
 */
// A shell that was killed reads no more; what is open is still closed in order.
outliveReaders()
keepNewFilesPrivate()
process.on('unhandledRejection', (reason) => {
  process.stderr.write(
    `Unforeseen: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}\n`,
  )
  process.exit(70)
})
// Ctrl-C in a terminal reaches this process too; the shell says stop, by message.
process.on('SIGINT', () => {})

const parent = parentEnd()
if (parent === null) throw new Error('The service is started by a shell, not by hand.')
const ending = await runService(parent, optionsOf(process.argv.slice(2)))
process.exit(ending === 'refused' ? 3 : 0)
