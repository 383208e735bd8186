import { readFileSync } from 'node:fs'
import { availableParallelism, cpus, totalmem } from 'node:os'

/** Milliseconds. Linux counts processor time in hundredths of a second. */
const cpuTick = 10

export interface Timed {
  readonly seconds: number
  /** Cores that this process kept busy on average, as a share of all there are (0–1). */
  readonly coresBusy: number
}

/** Starts a clock of wall and processor time of this process, its threads included; call the result to read it. */
export function cpuShare(): () => Timed {
  const before = process.cpuUsage()
  const start = performance.now()
  return () => {
    const seconds = (performance.now() - start) / 1000
    const { user, system } = process.cpuUsage(before)
    return { seconds, coresBusy: (user + system) / 1e6 / seconds / availableParallelism() }
  }
}

/** What work took. */
export interface Cost {
  /** Milliseconds on the clock. */
  readonly ms: number
  /** Milliseconds of processor time of this process with all its threads. */
  readonly cpuMs: number
  /** Of these, those of the thread that reads the clock. */
  readonly ownCpuMs: number
}

/** Starts a clock; call the result to read what was spent since. */
export function cpuClock(): () => Cost {
  const before = process.cpuUsage()
  const ownBefore = process.threadCpuUsage()
  const start = performance.now()
  return () => {
    const ms = performance.now() - start
    const all = process.cpuUsage(before)
    const own = process.threadCpuUsage(ownBefore)
    return { ms, cpuMs: (all.user + all.system) / 1000, ownCpuMs: (own.user + own.system) / 1000 }
  }
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((one, other) => one - other)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

export function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}

/** The machine in one line, for anyone who reads the figures later. */
export function machineName(): string {
  const [first] = cpus()
  const memory = Math.round(totalmem() / 2 ** 30)
  return `${first?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores, ${memory} GB, ${process.platform} ${process.arch}, Node ${process.versions.node}`
}

/** Milliseconds of processor time of all processes that ended below this one; `null` where the system does not tell. */
export function cpuOfChildren(): number | null {
  if (process.platform !== 'linux') return null
  // The name of the program, in parentheses, may hold spaces.
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[13]) + Number(fields[14])) * cpuTick
}
