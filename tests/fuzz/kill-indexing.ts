import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import makeAll from '../global-setup.ts'
import { contentsOf, differences, faultsIn, lost, type Content } from '../fixtures/library-contents.ts'
import { changesSince, copyPhotos, originalsIn } from '../fixtures/originals.ts'
import { startService } from '../fixtures/running-service.ts'
import { startKartoteka } from '../integration/cli/kartoteka.ts'
import { randomFrom } from './mutations.ts'

/**
 * What is killed: the service, started again by its supervisor; the service for good, as when the power fails; the
 * service of the command line, started again by the command; the command with everything it started.
 */
const victims = ['service', 'service for good', 'indexing process', 'whole command'] as const
export type Victim = (typeof victims)[number]

export interface KillOptions {
  /** Kills; the victims take turns. */
  readonly kills: number
  readonly seed: number
  /** No round is begun after so many seconds. */
  readonly seconds: number
  /** Default: all. */
  readonly victims?: readonly Victim[]
  /** Told after each kill what it met and what is wrong, a line each: a long run that is broken off has said something. */
  readonly onLine?: (line: string) => void
}

export interface KillReport {
  readonly seed: number
  readonly killed: Readonly<Record<Victim, number>>
  /** Kills that came while photos were in work, by what the library said right afterwards. */
  readonly inTheMiddle: number
  /** Rounds whose victim had already ended. */
  readonly tooLate: number
  readonly seconds: number
  readonly faults: readonly string[]
}

interface Scene {
  /** In the library, with decisions, before anything is killed. */
  readonly known: string
  /** Indexed while things are killed. */
  readonly fresh: string
  /** A library that has `known`. */
  readonly base: string
  /** What a library has after indexing `fresh`, too, undisturbed. */
  readonly expected: ReadonlyMap<string, Content>
  readonly before: ReadonlyMap<string, Content>
  /** Milliseconds that the undisturbed indexing took, from the start of its process. */
  readonly duration: number
}

interface Round {
  readonly library: string
  /** Milliseconds after the start. */
  readonly killAt: number
}

/** What the kill met and what is wrong after it. */
interface Outcome {
  readonly met: 'work' | 'rest' | 'nothing'
  readonly faults: readonly string[]
}

/** Kills what indexes at random moments, again and again, and looks at what is left and what becomes of it. */
export async function killIndexing(options: KillOptions): Promise<KillReport> {
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'kartoteka-kills-')))
  const random = randomFrom(options.seed)
  const turns = options.victims ?? victims
  const killed: Record<Victim, number> = {
    service: 0,
    'service for good': 0,
    'indexing process': 0,
    'whole command': 0,
  }
  const faults: string[] = []
  // Which model is used is remembered for this machine: others must not change it meanwhile.
  const cache = process.env['XDG_CACHE_HOME']
  process.env['XDG_CACHE_HOME'] = join(scratch, 'cache')
  const met = { work: 0, rest: 0, nothing: 0 }
  const began = performance.now()
  const seconds = (): number => Math.round((performance.now() - began) / 1000)
  try {
    const scene = await setScene(scratch)
    const originals = [scene.known, scene.fresh].map((folder) => ({ folder, were: originalsIn(folder) }))
    for (let kill = 0; kill < options.kills && seconds() < options.seconds; kill++) {
      const victim = turns[kill % turns.length] ?? 'service'
      const library = join(scratch, `library-${kill}`)
      cpSync(scene.base, library, { recursive: true })
      const killAt = random() * scene.duration
      const outcome = await rounds[victim](scene, { library, killAt })
      const found = [
        ...outcome.faults,
        ...faultsIn(library),
        ...differences(scene.expected, contentsOf(library)),
        ...originals.flatMap(({ folder, were }) => changesSince(were, folder)),
      ]
      killed[victim] += 1
      met[outcome.met] += 1
      const which = `kill ${kill} of ${victim} after ${Math.round(killAt)} ms`
      const lines = found.map((what) => `${which}: ${what}`)
      faults.push(...lines)
      for (const line of lines.length > 0 ? lines : [`${which}: met ${outcome.met}, nothing wrong`]) {
        options.onLine?.(line)
      }
      rmSync(library, { recursive: true })
    }
  } finally {
    if (cache === undefined) delete process.env['XDG_CACHE_HOME']
    else process.env['XDG_CACHE_HOME'] = cache
    rmSync(scratch, { recursive: true, force: true })
  }
  return {
    seed: options.seed,
    killed,
    inTheMiddle: met.work,
    tooLate: met.nothing,
    seconds: seconds(),
    faults,
  }
}

async function setScene(scratch: string): Promise<Scene> {
  const [known, fresh, base, calm] = ['known', 'fresh', 'base', 'calm'].map((name) =>
    join(scratch, name),
  ) as [string, string, string, string]
  copyPhotos(known, 12)
  copyPhotos(fresh, 60, 12)
  const service = startService(base)
  await service.index([known])
  const photoIds = await service.call('getIds', {
    search: { text: '', sort: 'date', minConfidence: null, language: 'en' },
    offset: 0,
    limit: 3,
  })
  await service.call('decide', { photoIds, verdict: 'added', label: { kind: 'own', name: 'Marty' } })
  await service.call('decide', {
    photoIds,
    verdict: 'removed',
    label: { kind: 'term', term: 'category:animal' },
  })
  await service.stop()

  cpSync(base, calm, { recursive: true })
  const began = performance.now()
  const undisturbed = startService(calm)
  await undisturbed.index([fresh])
  const duration = performance.now() - began
  await undisturbed.stop()
  return { known, fresh, base, expected: contentsOf(calm), before: contentsOf(base), duration }
}

const rounds: Record<Victim, (scene: Scene, round: Round) => Promise<Outcome>> = {
  service: async ({ fresh, before }, { library, killAt }) => {
    const service = startService(library)
    const indexing = service.index([fresh])
    await wait(killAt)
    const met = phaseIn(library)
    service.processes[0]?.kill()
    await indexing
    const faults = lost(before, contentsOf(library))
    // Killed before it was asked to index, or after it was done: as people would, ask again.
    await service.index([fresh])
    await service.stop()
    return {
      met,
      faults: [...faults, ...(service.processes.length === 2 ? [] : ['was not started once more'])],
    }
  },

  'service for good': async ({ fresh, before }, { library, killAt }) => {
    const service = startService(library, { firstDelay: 60_000, longestDelay: 60_000 })
    const indexing = service.index([fresh]).catch(() => null)
    await wait(killAt)
    service.processes[0]?.kill()
    await service.stop()
    await indexing
    const met = phaseIn(library)
    const faults = [...faultsIn(library), ...lost(before, contentsOf(library))]
    const next = startService(library)
    await next.index([fresh])
    await next.stop()
    return { met, faults: [...faults, ...(next.processes.length === 1 ? [] : ['the next one went down'])] }
  },

  'indexing process': async ({ fresh, before }, { library, killAt }) => {
    const running = startKartoteka(['index', fresh, '--library', library])
    const ended = once(running, 'exit')
    await wait(killAt)
    const met = phaseIn(library)
    const some = killChildrenOf(running.pid ?? 0)
    const [status] = await ended
    const faults = lost(before, contentsOf(library))
    return {
      met: some ? met : 'nothing',
      faults: [...faults, ...(status === 0 ? [] : [`the command ended with ${status}`])],
    }
  },

  'whole command': async ({ fresh, before }, { library, killAt }) => {
    const running = startKartoteka(['index', fresh, '--library', library])
    const ended = once(running, 'exit')
    await wait(killAt)
    const isAlive = running.exitCode === null
    if (isAlive) process.kill(-(running.pid ?? 0), 'SIGKILL')
    await ended
    const met = phaseIn(library)
    const faults = [...faultsIn(library), ...lost(before, contentsOf(library))]
    const [status] = await once(startKartoteka(['index', fresh, '--library', library]), 'exit')
    return {
      met: isAlive ? met : 'nothing',
      faults: [...faults, ...(status === 0 ? [] : [`the next command ended with ${status}`])],
    }
  },
}

/** Whether the library has photos that are being looked at, or wait for it. */
function phaseIn(library: string): 'work' | 'rest' {
  const states = new Set([...contentsOf(library).values()].map(({ state }) => state))
  return states.has('running') || states.has('pending') ? 'work' : 'rest'
}

/** Kills what a process started, as Linux and macOS name processes. @returns whether there were any */
export function killChildrenOf(pid: number): boolean {
  const children = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === pid)
  for (const [child = 0] of children) process.kill(child, 'SIGKILL')
  return children.length > 0
}

if (import.meta.main) {
  // As before a run of tests: photos, network and service may not have been made yet.
  await makeAll()
  const { values } = parseArgs({
    options: {
      kills: { type: 'string', default: '100' },
      seed: { type: 'string', default: '1' },
      seconds: { type: 'string', default: '3600' },
      victim: { type: 'string', multiple: true },
    },
  })
  const report = await killIndexing({
    kills: Number(values.kills),
    seed: Number(values.seed),
    seconds: Number(values.seconds),
    onLine: (line) => {
      console.error(line)
    },
    ...(values.victim && { victims: victims.filter((each) => values.victim?.includes(each)) }),
  })
  console.log(JSON.stringify(report, null, 2))
  process.exitCode = report.faults.length > 0 ? 1 : 0
}
