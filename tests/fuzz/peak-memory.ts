import { readFileSync, readdirSync, writeFileSync } from 'node:fs'

/** A process and everything it started, as Linux tells; the process alone where nothing can be told. */
export function processTree(pid: number): number[] {
  try {
    const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8')
        .trim()
        .split(' ')
        .filter(Boolean)
        .map(Number),
    )
    return [pid, ...children.flatMap(processTree)]
  } catch {
    return [pid]
  }
}

/**
 * The most memory that a process and its children held at once, each for itself, since `forgetPeak`, in MB;
 * `null` where the system does not tell.
 */
export function peakOf(pid: number): number | null {
  return process.platform === 'linux' ? sumOf(pid, /VmHWM:\s+(\d+)/) : null
}

/** Lets the system measure the peak anew from now on. Returns what is held now, in MB; `null` as `peakOf`. */
export function forgetPeak(pid: number): number | null {
  if (process.platform !== 'linux') return null
  for (const each of processTree(pid)) writeFileSync(`/proc/${each}/clear_refs`, '5')
  return sumOf(pid, /VmRSS:\s+(\d+)/)
}

function sumOf(pid: number, line: RegExp): number {
  const kilobytes = processTree(pid).map((each) => {
    try {
      return Number(line.exec(readFileSync(`/proc/${each}/status`, 'utf8'))?.[1] ?? 0)
    } catch {
      return 0
    }
  })
  return Math.round(kilobytes.reduce((sum, each) => sum + each, 0) / 1024)
}
