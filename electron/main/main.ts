import { app, crashReporter } from 'electron'
import { resolve } from 'node:path'
import { libraryFolder } from '../cli/library-option.ts'
import { openLog } from './log.ts'
import { startInElectronsWay } from '../service/processes.ts'
import { runApp } from './run-app.ts'
import { startUtility } from './start-utility.ts'

/** Entry of the desktop app. `kartoteka <command>` runs the command line instead, without a window. */
const commands = ['index', 'search', 'show', 'problems', 'labels', 'serve', 'doctor', 'bench']

// Unpackaged, the checkout's folder is one of the arguments, wherever switches of Chromium stand.
const args = process.argv.slice(1).filter((arg) => app.isPackaged || resolve(arg) !== app.getAppPath())
const commandAt = args.findIndex((arg) => !arg.startsWith('-'))
const asksForCommand =
  commands.includes(args[commandAt] ?? '') || args.some((arg) => arg === '--help' || arg === '--version')
if (app.isPackaged) process.env['KARTOTEKA_RESOURCES'] = process.resourcesPath

// Nothing is awaited at the top level: Electron is ready only after this file has ended (electron#40719).
if (asksForCommand) void runCommand()
else runWindow()

async function runCommand(): Promise<void> {
  process.argv = [process.execPath, 'kartoteka', ...args.slice(Math.max(0, commandAt))]
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
