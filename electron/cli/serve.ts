import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { KartotekaError } from '../core/contract/failure.ts'
import { forkService } from '../service/fork-service.ts'
import { boundLog } from '../service/log-lines.ts'
import { checkoutsModelMaker } from '../service/model-maker.ts'
import { crashesAllowed } from '../service/options.ts'
import { openBrowserShell, type BrowserShell } from '../web/browser-shell.ts'
import { runtimeFileOf } from '../web/runtime-file.ts'
import { explain } from './exit.ts'
import { interruptible } from './interruptible.ts'
import { hasPersonAtTerminal, onEnter } from './terminal.ts'
import { libraryFolder, type CommonOptions } from './library-option.ts'
import { refuseUnusable } from './refuse-unusable.ts'
import { print, printJson, say, sayLine } from './output.ts'

export interface ServeOptions extends CommonOptions {
  /** 0 or none: any free one. */
  readonly port?: number
  /** Another address to listen on; without it only this computer is answered. */
  readonly host?: string
  /** The program that makes the models where they are missing; by default the one of the checkout. */
  readonly modelMaker?: string
}

/** `kartoteka serve [--port N] [--host ADDRESS]`: serves the browser shell until it is interrupted. */
export async function serveCommand(options: ServeOptions): Promise<void> {
  // A damaged library is for the page to mend; a place that cannot hold one is a slip in the command.
  refuseUnusable(libraryFolder(options), 'write')
  const shell = await openShell(options)
  if (options.host !== undefined) {
    say(
      `Anyone who gets the link below and reaches ${options.host} sees the photos. The connection is not encrypted.`,
    )
  }
  // A program that reads the link may end this one at once.
  const interrupted = untilInterrupted(shell)
  const url = shell.link()
  await (options.json === true ? printJson({ url }) : print(greeting(url)))
  await interrupted
}

/** What the person is told who started the shell. */
export function greeting(url: string): string {
  const another = hasPersonAtTerminal() ? ' Enter makes another one,' : ''
  return `Kartoteka is at ${url}\nThe link works once.${another} Ctrl-C stops.`
}

/**
 * Has this process clear away young objects a few at a time. Each connection leaves some that outlive it, so whoever opens
 * and drops thousands made pauses of 12 ms where Node makes ever more room for them; with the room it begins with, pauses are
 * of 1.4 ms, and take no more processor time in all (medians, measured).
 */
function keepPausesShort(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
}

/** Starts the service and the server of the page. @throws KartotekaError when the port is taken. */
export async function openShell(options: ServeOptions): Promise<BrowserShell> {
  const { port = 0, host = '127.0.0.1' } = options
  const library = libraryFolder(options)
  keepPausesShort()
  // From the sources every answer is checked against the contract, too.
  const checkOutput = import.meta.url.endsWith('.ts')
  try {
    const shell = await openBrowserShell({
      spawn: (before) =>
        forkService(
          {
            library,
            shell: 'browser',
            checkOutput,
            crashesAllowed: crashesAllowed(before),
            modelMaker: options.modelMaker ?? checkoutsModelMaker(),
          },
          // Names of files stand in it: it must not look as if the shell said it.
          (line) => {
            sayLine(`service: ${line}`)
          },
        ),
      page: fileURLToPath(new URL('../../dist/renderer', import.meta.url)),
      host,
      port,
      checkOutput,
      // Anyone who sees the terminal may have as many as they like; what anybody on this computer can cause is not shown there.
      onLink: hasPersonAtTerminal() ? null : sayLink,
      runtimeFile: runtimeFileOf(library),
      log: sayLine,
      logRefused: boundLog(sayLine),
    })
    // What nobody foresaw in answering one request is no reason to answer no other.
    const logUnforeseen = boundLog(sayLine)
    process.on('uncaughtException', (error) => {
      logUnforeseen(`Unforeseen: ${explain(error)}`)
    })
    return shell
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException
    if (syscall === 'listen' || syscall === 'bind') {
      throw new KartotekaError(
        'internal',
        `${host} port ${port} cannot be used (${code}). Choose another with --port or --host.`,
      )
    }
    if (syscall?.startsWith('getaddrinfo') === true) {
      throw new KartotekaError(
        'internal',
        `${host} is no address of this computer (${code}). Choose another with --host.`,
      )
    }
    throw error
  }
}

const sayLink = (url: string): void => {
  say(`A new link: ${url}`)
}

/**
 * Waits for Ctrl-C or a friendly kill, then stops: the photos in work are finished. Meanwhile anyone who sits at the
 * terminal gets a new link with Enter.
 */
export async function untilInterrupted(shell: BrowserShell): Promise<void> {
  const unlisten = hasPersonAtTerminal()
    ? onEnter(() => {
        sayLink(shell.link())
      })
    : null
  // What was stored stays, also when a second Ctrl-C does not wait any longer.
  await interruptible(
    'Finishing the current photos; the rest stays in the queue.',
    async (signal) => {
      await once(signal, 'abort')
      unlisten?.()
      await shell.close()
    },
    ['SIGINT', 'SIGTERM', 'SIGHUP'],
  )
}
