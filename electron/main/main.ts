import { app, crashReporter } from 'electron'
import { resolve } from 'node:path'
import { commandFirst } from '../cli/command-first.ts'
import { libraryFolder } from '../cli/library-option.ts'
import { openLog } from './log.ts'
import { startInElectronsWay } from '../service/processes.ts'
import { runApp } from './run-app.ts'
import { startUtility } from './start-utility.ts'

/** Entry of the desktop app. `kartoteka <command>` runs the command line instead, without a window. */
// Unpackaged, the checkout's folder is one of the arguments, wherever switches of Chromium stand.
const args = process.argv.slice(1).filter((arg) => app.isPackaged || resolve(arg) !== app.getAppPath())
const asked = commandFirst(args)?.args ?? args.find((arg) => arg === '--help' || arg === '--version')
if (app.isPackaged) process.env['KARTOTEKA_RESOURCES'] = process.resourcesPath

// Nothing is awaited at the top level: Electron is ready only after this file has ended (electron#40719).
if (asked === undefined) runWindow()
else void runCommand([asked].flat())

async function runCommand(command: readonly string[]): Promise<void> {
  process.argv = [process.execPath, 'kartoteka', ...command]
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
