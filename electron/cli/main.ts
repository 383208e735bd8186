import { outliveReaders } from '../service/log-lines.ts'
import { runCommand } from './command-line.ts'
import { keepCompiled } from './keep-compiled.mjs'

outliveReaders()
// For those who run this file itself; kartoteka.mjs is quicker.
if (import.meta.filename.endsWith('.ts')) keepCompiled()
process.exitCode = await runCommand(process.argv.slice(2))
