import type { EventName, EventPayload } from '../core/contract/contract.ts'
import type { Failure, Result } from '../core/contract/failure.ts'
import type { RunSummary } from '../core/indexing/summary.ts'
import { createLink, serviceDown, type Link } from './link.ts'
import type { Before } from './options.ts'
import { wasKilled, type ServiceProcess } from './processes.ts'
import type { FromService, InnerCalls, InnerName } from './protocol.ts'

interface ServiceState {
  readonly state: 'running' | 'restarting' | 'failed'
  readonly message: string | null
}

/** All in milliseconds. */
export interface SupervisorTimes {
  readonly firstDelay: number
  readonly longestDelay: number
  /** This many crashes within `crashWindow`, with no photo done in between, and the supervisor gives up. */
  readonly crashes: number
  readonly crashWindow: number
  readonly heartbeat: number
  /** Silence after which a running service counts as hung. Long: one statement may keep its loop busy. */
  readonly silence: number
  /** The same while it starts: a big library may be migrated and backed up. */
  readonly startSilence: number
  /** How long a stop may take: the running photos are finished first. */
  readonly stopWait: number
}

const usualTimes: SupervisorTimes = {
  firstDelay: 1000,
  longestDelay: 60_000,
  crashes: 5,
  crashWindow: 10 * 60_000,
  heartbeat: 5000,
  silence: 90_000,
  startSilence: 15 * 60_000,
  stopWait: 8000,
}

export interface SupervisorOptions {
  /** @param before How the process before it ended, which says whether a photo may be to blame. */
  readonly spawn: (before: Before) => ServiceProcess
  readonly onEvent: (name: EventName, payload: unknown) => void
  /** For the command line: what its run did up to now, without what processes did that went down. */
  readonly onSoFar?: (summary: RunSummary) => void
  readonly onState: (state: ServiceState) => void
  readonly log: (line: string) => void
  readonly times?: Partial<SupervisorTimes>
}

export interface Supervisor {
  readonly state: () => ServiceState
  /** Never rejects. While the service is starting again the call waits for it; after it failed, it is refused. */
  readonly call: (name: string, input: unknown) => Promise<Result<unknown>>
  readonly inner: <Name extends InnerName>(
    name: Name,
    input: InnerCalls[Name]['input'],
  ) => Promise<Result<InnerCalls[Name]['output']>>
  /** After it failed: try once more, with a clean slate. */
  readonly restart: () => void
  /** By message; by force only after `stopWait`. Resolves when the process is gone. */
  readonly stop: () => Promise<void>
}

type Phase =
  | { readonly is: 'starting'; readonly process: ServiceProcess; readonly link: Link }
  | { readonly is: 'running'; readonly process: ServiceProcess; readonly link: Link }
  | { readonly is: 'waiting'; readonly timer: NodeJS.Timeout }
  | { readonly is: 'failed'; readonly failure: Failure }
  | { readonly is: 'stopping'; readonly process: ServiceProcess; readonly link: Link }
  | { readonly is: 'stopped' }

/** Told when a service that ended unexpectedly has been replaced. */
const restarted: EventPayload<'notice'> = {
  code: 'service-restarted',
  message:
    'The part of Kartoteka that reads the library ended unexpectedly and was started again; the log says more. What it was doing is done once more.',
}

/**
 * Starts the service process at once, watches it and starts it again when it crashed, with growing pauses.
 * A crash costs the calls in flight (`service-down`) and nothing else; people are told of it by a notice.
 */
export function createSupervisor(options: SupervisorOptions): Supervisor {
  const times = { ...usualTimes, ...options.times }
  const crashes: number[] = []
  const readers: ((link: Link | Failure) => void)[] = []
  const onStopped: (() => void)[] = []
  let shown: ServiceState = { state: 'running', message: null }
  // In heartbeats, not by the clock: it stands while the computer sleeps, and may be set.
  let silentBeats = 0
  let phase: Phase = { is: 'stopped' }

  const show = (state: ServiceState): void => {
    if (state.state === shown.state && state.message === shown.message) return
    shown = state
    options.onState(state)
  }
  const settle = (outcome: Link | Failure): void => {
    for (const reader of readers.splice(0)) reader(outcome)
  }
  const fail = (failure: Failure): void => {
    phase = { is: 'failed', failure }
    show({ state: 'failed', message: failure.message })
    settle(failure)
  }

  const start = (before: Before): void => {
    const process = options.spawn(before)
    const link = createLink(process.post)
    let refused: Failure | null = null
    silentBeats = 0
    phase = { is: 'starting', process, link }
    process.onMessage((message) => {
      silentBeats = 0
      if (message.kind === 'answer') link.receive(message)
      else if (message.kind === 'event') {
        if (tellsOfPhotosDone(message)) crashes.length = 0
        options.onEvent(message.name, message.payload)
      } else if (message.kind === 'soFar') options.onSoFar?.(message.summary)
      else if (message.kind === 'refused') refused = message.failure
      else if (message.kind === 'ready' && phase.is === 'starting' && phase.process === process) {
        phase = { is: 'running', process, link }
        show({ state: 'running', message: null })
        if (before !== 'none') options.onEvent('notice', restarted)
        settle(link)
      }
    })
    process.onExit((code, signal) => {
      link.close(serviceDown)
      if ('process' in phase && phase.process === process) gone(code, signal, refused)
    })
  }

  const gone = (code: number | null, signal: NodeJS.Signals | null, refused: Failure | null): void => {
    if (phase.is === 'stopping') {
      phase = { is: 'stopped' }
      settle(serviceDown)
      for (const done of onStopped.splice(0)) done()
      return
    }
    if (refused !== null) {
      options.log(`The service cannot start: ${refused.message}`)
      fail(refused)
      return
    }
    const now = Date.now()
    crashes.push(now)
    while (crashes.length > 0 && now - (crashes[0] ?? now) > times.crashWindow) crashes.shift()
    options.log(`The service ended unexpectedly (${signal ?? `exit code ${code}`}).`)
    if (crashes.length >= times.crashes) {
      fail({
        code: 'service-down',
        message: `The part of Kartoteka that reads the library stopped ${crashes.length} times in a row. The log says more.`,
      })
      return
    }
    const delay = Math.min(times.firstDelay * 2 ** (crashes.length - 1), times.longestDelay)
    const before = wasKilled(signal) ? 'killed' : 'crashed'
    phase = { is: 'waiting', timer: setTimeout(start, delay, before) }
    show({ state: 'restarting', message: serviceDown.message })
  }

  const watch = setInterval(() => {
    if (phase.is !== 'starting' && phase.is !== 'running') return
    silentBeats += 1
    const silence = silentBeats * times.heartbeat
    if (silence > (phase.is === 'starting' ? times.startSilence : times.silence)) {
      options.log(`The service was silent for ${Math.round(silence / 1000)} s; ending it.`)
      phase.process.kill()
      return
    }
    try {
      phase.process.post({ kind: 'ping' })
    } catch {
      // Its exit is about to be reported.
    }
  }, times.heartbeat)
  watch.unref()

  const reach = (): Promise<Link | Failure> => {
    if (phase.is === 'running') return Promise.resolve(phase.link)
    if (phase.is === 'failed') return Promise.resolve(phase.failure)
    if (phase.is === 'stopping' || phase.is === 'stopped') return Promise.resolve(serviceDown)
    return new Promise((resolve) => {
      readers.push(resolve)
    })
  }

  start('none')

  return {
    state: () => shown,
    call: async (name, input) => {
      const link = await reach()
      return 'call' in link ? link.call(name, input) : { ok: false, error: link }
    },
    inner: async (name, input) => {
      const link = await reach()
      return 'inner' in link ? link.inner(name, input) : { ok: false, error: link }
    },
    restart: () => {
      if (phase.is !== 'failed') return
      crashes.length = 0
      show({ state: 'restarting', message: null })
      start('none')
    },
    stop: async () => {
      clearInterval(watch)
      if (phase.is === 'waiting') clearTimeout(phase.timer)
      if (phase.is === 'stopped' || phase.is === 'failed' || phase.is === 'waiting') {
        phase = { is: 'stopped' }
        settle(serviceDown)
        return
      }
      const { process, link } = phase
      const stopped = new Promise<void>((resolve) => {
        onStopped.push(resolve)
      })
      if (phase.is !== 'stopping') {
        phase = { is: 'stopping', process, link }
        try {
          process.post({ kind: 'stop' })
        } catch {
          process.kill()
        }
      }
      const force = setTimeout(() => {
        options.log(`The service did not stop within ${times.stopWait / 1000} s; ending it.`)
        process.kill()
      }, times.stopWait)
      await stopped
      clearTimeout(force)
    },
  }
}

/** Files that take the process down are few; while others are done between them there is no reason to give up. */
function tellsOfPhotosDone({ name, payload }: Extract<FromService, { kind: 'event' }>): boolean {
  if (name !== 'indexing') return false
  const { done, failed } = payload as EventPayload<'indexing'>
  return done + failed > 0
}
