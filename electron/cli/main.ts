import { outliveReaders } from '../service/log-lines.ts'
import { runCommand } from './command-line.ts'
import { keepCompiled } from './keep-compiled.ts'

outliveReaders()
keepCompiled()
process.exitCode = await runCommand(process.argv.slice(2))
