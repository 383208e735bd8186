import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { hasModelList } from '../core/classify/model-files.ts'
import { outliveReaders } from '../service/log-lines.ts'
import { openPage } from '../web/show-in-folder.ts'
import { beginWithFolders } from './begin-with-folders.ts'
import { buildState, isBuiltFrom, noteBuiltFrom } from './build-state.ts'
import { electronProgram } from './electron-program.ts'
import { explain } from './exit.ts'
import { print, say } from './output.ts'
import { greeting, openShell, untilInterrupted } from './serve.ts'

/**
 * `npm start [-- FOLDER…]`: the app from a source checkout. Makes the model and builds what is stale, then opens the
 * window, or the page in a browser where there is no Electron. Whatever of it fails, the app opens and says what is
 * missing.
 */
const root = resolve(import.meta.dirname, '../..')

async function start(folders: readonly string[]): Promise<void> {
  await makeModelIfMissing()
  const electron = electronProgram(root)
  await build(
    'renderer',
    ['renderer', 'electron/core/contract'],
    [
      join(root, 'node_modules/vite/bin/vite.js'),
      'build',
      '-c',
      'renderer/vite.config.ts',
      '--logLevel',
      'warn',
    ],
  )
  if (electron.ok) {
    await build('electron', ['electron'], [join(root, 'electron/packaging/build.ts')])
    // What makes the model runs on this Node.
    process.env['KARTOTEKA_NODE'] = process.execPath
    process.exitCode = await run(electron.program, ['.', ...folders])
    return
  }
  say(`${electron.why} Kartoteka opens as a page in your browser instead.`)
  await openInBrowser(folders)
}

async function openInBrowser(folders: readonly string[]): Promise<void> {
  const library = process.env['KARTOTEKA_LIBRARY']
  const shell = await openShell(library === undefined ? {} : { library })
  const url = shell.link()
  await print(greeting(url))
  await openPage(url)
  if (folders.length > 0) {
    const paths = folders.map((folder) => resolve(folder))
    for (const sentence of await beginWithFolders(shell.supervisor, paths)) say(sentence)
  }
  await untilInterrupted(shell)
}

async function makeModelIfMissing(): Promise<void> {
  // Whether they are what they should be is checked by the service, which has them made anew from the window.
  if (hasModelList()) return
  say('Making the model that recognises photos; this is done once.')
  const status = await run(process.execPath, [join(root, 'native-models/make.ts')])
  if (status !== 0) say('The model could not be made. Photos are shown, but not recognised.')
}

/** Builds a part whose sources changed since it was last built. A part that cannot be built is said so. */
async function build(
  name: 'renderer' | 'electron',
  sources: readonly string[],
  args: readonly string[],
): Promise<void> {
  const state = await buildState(root, sources)
  const out = join(root, 'dist', name)
  if (isBuiltFrom(out, state)) return
  say(`Building ${name}…`)
  const status = await run(process.execPath, args)
  if (status === 0) await noteBuiltFrom(out, state)
  else say(`${name} could not be built; see above.`)
}

/** Runs a program with this terminal as its own. @returns its exit status. */
function run(program: string, args: readonly string[]): Promise<number> {
  return new Promise((done) => {
    const child = spawn(program, args, { cwd: root, stdio: ['inherit', 'ignore', 'inherit'] })
    child.on('error', (error) => {
      say(error.message)
      done(1)
    })
    child.on('exit', (code) => {
      done(code ?? 1)
    })
  })
}

outliveReaders()
try {
  await start(process.argv.slice(2).filter((arg) => !arg.startsWith('-')))
} catch (error) {
  say(explain(error))
  process.exitCode = 1
}
