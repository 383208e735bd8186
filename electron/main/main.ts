import { app, crashReporter } from 'electron'
import { libraryFolder } from '../cli/library-option.ts'
import { openLog } from './log.ts'
import { startInElectronsWay } from '../service/processes.ts'
import { runApp } from './run-app.ts'
import { startUtility } from './start-utility.ts'

/** Entry of the desktop app. `kartoteka <command>` runs the command line instead, without a window. */
const commands = ['index', 'search', 'show', 'problems', 'labels', 'serve', 'doctor', 'bench']

const args = process.argv.slice(app.isPackaged ? 1 : 2)
if (app.isPackaged) process.env['KARTOTEKA_RESOURCES'] = process.resourcesPath

// Nothing is awaited at the top level: Electron is ready only after this file has ended (electron#40719).
if (commands.includes(args[0] ?? '')) void runCommand()
else runWindow()

async function runCommand(): Promise<void> {
  process.argv = [process.execPath, 'kartoteka', ...args]
  await app.whenReady()
  startInElectronsWay(startUtility)
  // Loaded only now: it brings native modules, which a window must not wait for.
  await import(new URL('../cli/main.ts', import.meta.url).href)
  app.exit(Number(process.exitCode ?? 0))
}

function runWindow(): void {
  // Minidumps stay on this computer.
  crashReporter.start({ uploadToServer: false })
  const { log, file } = openLog()
  const library = process.env['KARTOTEKA_LIBRARY']
  runApp({
    library: libraryFolder(library === undefined ? {} : { library }),
    args,
    log,
    logFile: file,
  }).catch((error: unknown) => {
    log(`The app cannot start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    app.exit(1)
  })
}
