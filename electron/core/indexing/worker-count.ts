import { readFileSync } from 'node:fs'
import { availableParallelism, constants, totalmem } from 'node:os'
import type { Settings } from '../contract/states.ts'

export type Effort = Settings['effort']

export interface Machine {
  readonly physicalCores: number
  readonly memoryBytes: number
}

/** Measured: a worker's session, decoder and two photos in flight stay below this many bytes. */
const bytesPerWorker = 300 * 1024 * 1024
const mostWorkers = 16

/**
 * Number of photo workers. Each keeps one core busy: an inference and the decoding beside it are one thread's work
 * each, and more than one thread per core only makes them wait for each other.
 * `full`: every physical core; `normal`: one is left to the person; `gentle`: a quarter.
 * A graphics card takes one photo at a time, so there is one worker for it.
 */
export function workersFor(effort: Effort, machine: Machine, onGraphicsCard = false): number {
  if (onGraphicsCard) return 1
  const { physicalCores } = machine
  const wanted = { full: physicalCores, normal: physicalCores - 1, gentle: Math.floor(physicalCores / 4) }
  const affordable = Math.floor(machine.memoryBytes / 3 / bytesPerWorker)
  return Math.max(1, Math.min(wanted[effort], affordable, mostWorkers))
}

/** Measured: a worker is up after 150 ms of processor time, in which others read and classify about so many photos. */
const photosForAStart = 8

/** Number of photo workers that so many photos are worth: where few wait, those that are up have done them sooner. */
export function workersWorth(photos: number): number {
  return Math.max(1, Math.ceil(photos / photosForAStart))
}

/**
 * How much the workers yield to everything else on the computer, for `os.setPriority` in their own thread. On Linux
 * that is the thread's own; Windows and macOS know one priority for the whole process.
 */
export function priorityFor(effort: Effort): number {
  const { PRIORITY_NORMAL, PRIORITY_BELOW_NORMAL, PRIORITY_LOW } = constants.priority
  return { full: PRIORITY_NORMAL, normal: PRIORITY_BELOW_NORMAL, gentle: PRIORITY_LOW }[effort]
}

export function thisMachine(): Machine {
  return { physicalCores: physicalCores(), memoryBytes: totalmem() }
}

/** Cores, not hardware threads: two inferences on one core take as long as one after the other. */
function physicalCores(): number {
  const threads = availableParallelism()
  switch (process.platform) {
    case 'linux':
      return Math.min(threads, countedByLinux() ?? threads)
    case 'win32':
      return process.arch === 'x64' && threads >= 4 ? Math.ceil(threads / 2) : threads
    default:
      return threads
  }
}

function countedByLinux(): number | null {
  const cores = new Set<string>()
  try {
    for (let cpu = 0; cpu < 4096; cpu++) {
      cores.add(readFileSync(`/sys/devices/system/cpu/cpu${cpu}/topology/thread_siblings_list`, 'utf8'))
    }
  } catch {
    // One past the last, or a system that does not tell.
  }
  return cores.size > 0 ? cores.size : null
}
