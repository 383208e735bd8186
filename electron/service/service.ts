import { machineFolder } from '../core/classify/provider-trials.ts'
import { answerCall } from '../core/contract/border.ts'
import { calls, type CallName, type ServiceHandlers } from '../core/contract/contract.ts'
import { errorOf, toFailure, type Failure, type Result } from '../core/contract/failure.ts'
import { shellCalls } from '../core/contract/shell-calls.ts'
import type { RunSummary } from '../core/indexing/summary.ts'
import { loadLexicon } from '../core/labels/lexicon.ts'
import type { Emit } from './changes.ts'
import { backupHandlers } from './handlers/backups.ts'
import { openLibraryService, type LibraryService } from './library-service.ts'
import { logLine } from './log-lines.ts'
import type { ServiceOptions } from './options.ts'
import type { ParentEnd } from './parent-end.ts'
import type { InnerHandlers, ToService } from './protocol.ts'

/** Failures that a person can mend from within: the service stays up and offers backups. */
const mendable = new Set<Failure['code']>(['library-damaged', 'library-outdated'])

/**
 * Opens the library and answers the shell until it says stop or is gone. A library that cannot be opened is
 * reported as `refused`, a damaged one is kept closed with its backups on offer.
 * @returns when everything is finished and closed; the process may end then.
 */
export async function runService(end: ParentEnd, options: ServiceOptions): Promise<'stopped' | 'refused'> {
  const emit: Emit = (name, payload) => {
    void end.post({ kind: 'event', name, payload })
  }
  const { promise: stopped, resolve: stop } = Promise.withResolvers<'stopped'>()
  const lexicon = loadLexicon()
  const onSoFar = (summary: RunSummary): void => void end.post({ kind: 'soFar', summary })
  const open = async (afresh: boolean): Promise<LibraryService | Failure> => {
    try {
      return await openLibraryService({
        service: options,
        lexicon,
        machineFolder: machineFolder(),
        afresh,
        emit,
        ...(options.shell === 'command' && { onSoFar }),
        log,
      })
    } catch (thrown) {
      return toFailure(thrown)
    }
  }

  let libraryService = await open(false)
  if ('code' in libraryService && !mendable.has(libraryService.code)) {
    await end.post({ kind: 'refused', failure: libraryService })
    return 'refused'
  }
  let opening: Promise<unknown> = Promise.resolve()
  const openAnew = async (before: Promise<unknown>, work: () => void, afresh: boolean): Promise<void> => {
    await before
    if (!('code' in libraryService)) await libraryService.close()
    try {
      work()
    } finally {
      libraryService = await open(afresh)
    }
    if ('code' in libraryService) throw errorOf(libraryService)
  }
  const reopen = async (work: () => void, afresh: boolean): Promise<void> => {
    const reopened = openAnew(opening, work, afresh)
    opening = reopened.catch(() => null)
    await reopened
    emit('libraryChanged', { revision: 0, what: ['photos', 'tags', 'decisions', 'folders', 'problems'] })
  }
  const backups = backupHandlers(options.library, reopen)

  const call = async (name: string, input: unknown): Promise<Result<unknown>> => {
    // These change which library is open, so they must not wait for it.
    if (!Object.hasOwn(backups, name)) await opening
    const handlers = 'code' in libraryService ? closedHandlers(libraryService) : libraryService.handlers
    return answerCall<CallName>({ ...handlers, ...backups } as never, name, input, options)
  }
  const inner = async (name: string, input: unknown): Promise<Result<unknown>> => {
    await opening
    if ('code' in libraryService) return { ok: false, error: libraryService }
    try {
      const handler = libraryService.inner[name as keyof InnerHandlers] as (input: unknown) => unknown
      return { ok: true, value: await handler(input) }
    } catch (thrown) {
      return { ok: false, error: toFailure(thrown) }
    }
  }
  const take = async (message: ToService): Promise<void> => {
    if (message.kind === 'ping') await end.post({ kind: 'pong' })
    else if (message.kind === 'stop') stop('stopped')
    else {
      const { id, name, input } = message
      const result = await (message.kind === 'call' ? call(name, input) : inner(name, input))
      await end.post({ kind: 'answer', id, result })
    }
  }
  end.onMessage((message) => void take(message))
  end.onClose(() => {
    stop('stopped')
  })
  await end.post({ kind: 'ready' })

  const how = await stopped
  await opening
  if (!('code' in libraryService)) await libraryService.close()
  return how
}

function log(line: string): void {
  process.stderr.write(`${logLine(line)}\n`)
}

/** Every call of a library that cannot be used says why. */
function closedHandlers(failure: Failure): Partial<ServiceHandlers> {
  const refuse = (): never => {
    throw errorOf(failure)
  }
  return Object.fromEntries(
    Object.keys(calls)
      .filter((name) => !Object.hasOwn(shellCalls, name))
      .map((name) => [name, refuse]),
  )
}
