import { describe, expect, it, vi } from 'vitest'
import {
  createSupervisor,
  type Supervisor,
  type SupervisorTimes,
} from '../../../electron/service/supervisor.ts'
import { scriptedService, type ScriptedService } from '../../fixtures/scripted-service.ts'
import { eventually } from '../../fixtures/eventually.ts'

const quick: SupervisorTimes = {
  firstDelay: 1,
  longestDelay: 4,
  crashes: 3,
  crashWindow: 60_000,
  heartbeat: 60_000,
  silence: 60_000,
  startSilence: 60_000,
  stopWait: 60_000,
}

interface Scene {
  readonly supervisor: Supervisor
  readonly started: ScriptedService[]
  readonly befores: string[]
  readonly states: string[]
  readonly events: unknown[]
  readonly log: string[]
  readonly latest: () => ScriptedService
}

function scene(times: Partial<SupervisorTimes> = {}, play?: (service: ScriptedService) => void): Scene {
  const started: ScriptedService[] = []
  const befores: string[] = []
  const states: string[] = []
  const events: unknown[] = []
  const log: string[] = []
  const supervisor = createSupervisor({
    spawn: (before) => {
      befores.push(before)
      const service = scriptedService()
      started.push(service)
      if (play) queueMicrotask(() => play(service))
      return service
    },
    onEvent: (name, payload) => events.push([name, payload]),
    onState: ({ state }) => states.push(state),
    log: (line) => log.push(line),
    times: { ...quick, ...times },
  })
  const latest = (): ScriptedService => {
    const service = started.at(-1)
    if (!service) throw new Error('nothing was started')
    return service
  }
  return { supervisor, started, befores, states, events, log, latest }
}

describe('the supervisor of the service', () => {
  it('keeps calls until the service is ready', async () => {
    const { supervisor, latest } = scene()
    const call = supervisor.call('getStatus', null)
    expect(latest().told).toEqual([])
    latest().say({ kind: 'ready' })
    await eventually(() => expect(latest().told).toHaveLength(1))
    latest().say({ kind: 'answer', id: 1, result: { ok: true, value: 'status' } })
    expect(await call).toEqual({ ok: true, value: 'status' })
  })

  it('passes events on', () => {
    const { latest, events } = scene()
    latest().say({ kind: 'event', name: 'notice', payload: 'disk full' })
    expect(events).toEqual([['notice', 'disk full']])
  })

  it('answers the calls of a crashed service, says so, starts it again and goes on', async () => {
    const { supervisor, started, states, latest } = scene()
    latest().say({ kind: 'ready' })
    const lost = supervisor.call('getStatus', null)
    await eventually(() => expect(latest().told).toHaveLength(1))
    latest().exit(139)
    expect(await lost).toMatchObject({ ok: false, error: { code: 'service-down' } })
    expect(states).toEqual(['restarting'])

    const next = supervisor.call('getStatus', null)
    await eventually(() => expect(started).toHaveLength(2))
    latest().say({ kind: 'ready' })
    expect(states).toEqual(['restarting', 'running'])
    await eventually(() => expect(latest().told.some(({ kind }) => kind === 'call')).toBe(true))
    latest().say({ kind: 'answer', id: 1, result: { ok: true, value: 'again' } })
    expect(await next).toEqual({ ok: true, value: 'again' })
  })

  it('tells people by a notice when a crashed service runs again, and only then', async () => {
    const { supervisor, started, states, events, latest } = scene({ crashes: 2 })
    const notice = ['notice', expect.objectContaining({ code: 'service-restarted' })]
    latest().say({ kind: 'ready' })
    expect(events).toEqual([])
    latest().exit(139)
    await eventually(() => expect(started).toHaveLength(2))
    expect(events).toEqual([])
    latest().say({ kind: 'ready' })
    expect(events).toEqual([notice])

    // Started anew because a person asked for it: that is no news.
    latest().exit(139)
    expect(states.at(-1)).toBe('failed')
    supervisor.restart()
    latest().say({ kind: 'ready' })
    expect(events).toEqual([notice])
  })

  it('gives up after a row of crashes, answers at once then, and tries again when asked', async () => {
    const { supervisor, started, states, latest } = scene({}, (service) => service.exit(1))
    await eventually(() => expect(states.at(-1)).toBe('failed'))
    expect(started).toHaveLength(3)
    expect(await supervisor.call('getStatus', null)).toMatchObject({
      ok: false,
      error: { code: 'service-down' },
    })
    expect(supervisor.state().message).toContain('3 times')

    const before = started.length
    supervisor.restart()
    expect(started).toHaveLength(before + 1)
    latest().say({ kind: 'ready' })
    expect(supervisor.state().state).toBe('running')
  })

  it('does not give up while photos are done between one crash and the next', async () => {
    const { started, states, latest } = scene()
    for (let crash = 1; crash <= 8; crash++) {
      latest().say({ kind: 'ready' })
      latest().say({ kind: 'event', name: 'indexing', payload: { done: crash === 8 ? 0 : 1, failed: 0 } })
      latest().exit(1)
      await eventually(() => expect(started).toHaveLength(crash + 1))
    }
    expect(states).not.toContain('failed')
    // With the one that ended after photos and the one that did none this makes three in a row.
    latest().exit(1)
    expect(states.at(-1)).toBe('failed')
  })

  it('does not start again a service that says it cannot open the library, and hands on its reason', async () => {
    const failure = { code: 'library-newer', message: 'Made by a newer Kartoteka.' } as const
    const { supervisor, started, states, latest } = scene()
    const waiting = supervisor.call('getStatus', null)
    latest().say({ kind: 'refused', failure })
    latest().exit(3)
    expect(await waiting).toEqual({ ok: false, error: failure })
    expect(states).toEqual(['failed'])
    expect(started).toHaveLength(1)
    expect(await supervisor.inner('locateFiles', [1])).toEqual({ ok: false, error: failure })
  })

  it('ends a service that has been silent for too long and starts another', async () => {
    const { started, log } = scene({ silence: 20, heartbeat: 5 }, (service) => service.say({ kind: 'ready' }))
    await eventually(() => expect(started.length).toBeGreaterThan(1))
    expect(started[0]?.killed()).toBe(true)
    expect(started[0]?.told).toContainEqual({ kind: 'ping' })
    expect(log.join()).toContain('silent')
  })

  it('blames nobody for the hours that the computer slept, nor for a clock that was set', () => {
    vi.useFakeTimers()
    try {
      const { started, latest } = scene({ silence: 60_000, heartbeat: 5000 })
      latest().say({ kind: 'ready' })
      for (const hours of [8, -24]) {
        vi.setSystemTime(Date.now() + hours * 3_600_000)
        // It has had no time to answer yet.
        vi.advanceTimersByTime(10_000)
        latest().say({ kind: 'ready' })
      }
      expect(started.map((service) => service.killed())).toEqual([false])
      vi.advanceTimersByTime(70_000)
      expect(started[0]?.killed()).toBe(true)
    } finally {
      vi.useRealTimers()
    }
  })

  it('stops by message and waits for the end', async () => {
    const { supervisor, latest } = scene()
    latest().say({ kind: 'ready' })
    const stopped = supervisor.stop()
    expect(latest().told).toEqual([{ kind: 'stop' }])
    expect(latest().killed()).toBe(false)
    latest().exit(0)
    await stopped
    expect(await supervisor.call('getStatus', null)).toMatchObject({
      ok: false,
      error: { code: 'service-down' },
    })
  })

  it('uses force only when the message is not followed', async () => {
    const { supervisor, latest, log } = scene({ stopWait: 5 })
    latest().say({ kind: 'ready' })
    await supervisor.stop()
    expect(latest().killed()).toBe(true)
    expect(log.join()).toContain('did not stop')
  })

  it('says whether the process before went down by itself or was killed', async () => {
    const { started, befores, latest } = scene({ crashes: 9 })
    latest().exit(null, 'SIGSEGV')
    await eventually(() => expect(started).toHaveLength(2))
    latest().exit(null, 'SIGKILL')
    await eventually(() => expect(started).toHaveLength(3))
    expect(befores).toEqual(['none', 'crashed', 'killed'])
  })

  it('does not start anything once it was stopped', async () => {
    const { supervisor, started, latest } = scene({ firstDelay: 10 })
    latest().exit(1)
    await supervisor.stop()
    supervisor.restart()
    await new Promise((resolve) => {
      setTimeout(resolve, 30)
    })
    expect(started).toHaveLength(1)
  })
})
