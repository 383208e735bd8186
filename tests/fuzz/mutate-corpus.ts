import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { corpusFiles, mutate, randomFrom } from './mutations.ts'

export interface FuzzOptions {
  readonly count: number
  readonly seed: number
  /** Stops after so many seconds, whatever was done by then. */
  readonly seconds: number
  /** Only files whose names end like this, in any case. */
  readonly ending?: string
}

export interface FuzzFault {
  readonly file: string
  readonly mutation: number
  readonly what: string
}

export interface FuzzReport {
  readonly tried: number
  readonly read: number
  readonly refused: number
  readonly slowestMs: number
  readonly peakMB: number
  readonly faults: readonly FuzzFault[]
}

const secondsPerPhoto = 10
const megabytesPerPhoto = 950
/** A fresh child now and then, so that a leak shows as one and the peak belongs to few photos. */
const photosPerChild = 200

interface Answer {
  readonly ok: boolean
  readonly peakMB: number
}

/** The child's answer, or how it failed to give one. */
function ask(child: ChildProcess, path: string): Promise<Answer | string> {
  return new Promise((resolve) => {
    const settle = (answer: Answer | string) => {
      clearTimeout(timer)
      child.removeAllListeners('message')
      child.removeAllListeners('exit')
      resolve(answer)
    }
    const timer = setTimeout(() => settle(`took more than ${secondsPerPhoto} s`), secondsPerPhoto * 1000)
    child.once('message', (answer) => settle(answer as Answer))
    child.once('exit', (code, signal) => settle(`ended the process (${signal ?? code})`))
    child.send(path)
  })
}

function start(): ChildProcess {
  return fork(join(import.meta.dirname, 'read-child.ts'), { stdio: 'ignore' })
}

/** Reads mutated corpus files in a child process and reports crashes, hangs and excessive memory. */
export async function fuzzCorpus(options: FuzzOptions): Promise<FuzzReport> {
  const folder = mkdtempSync(join(tmpdir(), 'kartoteka-fuzz-'))
  const ending = options.ending?.toLowerCase() ?? ''
  const files = corpusFiles().filter((file) => file.toLowerCase().endsWith(ending))
  const random = randomFrom(options.seed)
  const end = Date.now() + options.seconds * 1000
  const faults: FuzzFault[] = []
  const counts = { tried: 0, read: 0, refused: 0, slowestMs: 0, peakMB: 0 }
  let child = start()
  try {
    for (let mutation = 0; mutation < options.count && Date.now() < end; mutation++) {
      if (mutation % photosPerChild === photosPerChild - 1) {
        child.kill()
        child = start()
      }
      const file = files[Math.floor(random() * files.length)] ?? ''
      const other = files[Math.floor(random() * files.length)] ?? ''
      const path = join(folder, 'mutated.jpg')
      writeFileSync(path, mutate(readFileSync(file), readFileSync(other), random))
      const began = performance.now()
      const answer = await ask(child, path)
      counts.tried++
      counts.slowestMs = Math.max(counts.slowestMs, Math.round(performance.now() - began))
      if (typeof answer === 'string') {
        faults.push({ file, mutation, what: answer })
        child.kill('SIGKILL')
        child = start()
        continue
      }
      if (answer.ok) counts.read++
      else counts.refused++
      if (answer.peakMB > megabytesPerPhoto) {
        faults.push({ file, mutation, what: `took ${answer.peakMB} MB` })
        child.kill()
        child = start()
      }
      counts.peakMB = Math.max(counts.peakMB, answer.peakMB)
    }
  } finally {
    child.kill()
    rmSync(folder, { recursive: true, force: true })
  }
  return { ...counts, faults }
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '10000' },
      seed: { type: 'string', default: '1' },
      seconds: { type: 'string', default: '3600' },
      ending: { type: 'string', default: '' },
    },
  })
  const report = await fuzzCorpus({
    count: Number(values.count),
    seed: Number(values.seed),
    seconds: Number(values.seconds),
    ending: values.ending,
  })
  console.log(JSON.stringify(report, null, 2))
  process.exitCode = report.faults.length > 0 ? 1 : 0
}
