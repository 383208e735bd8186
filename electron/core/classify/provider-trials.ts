import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import envPaths from 'env-paths'
import * as v from 'valibot'
import { providerNames } from './providers.ts'

/**
 * What came of trying a model with a provider. `unavailable`: it could not be opened or run. `crashed`: it took
 * the process down. `wrong`: it computes something else than it should. `lost`: worked once and failed later.
 */
const outcomes = ['works', 'unavailable', 'crashed', 'wrong', 'lost'] as const

const trialSchema = v.object({
  provider: v.picklist(providerNames),
  precision: v.picklist(['fp32', 'int8']),
  outcome: v.picklist(outcomes),
  /** A sentence for people. */
  reason: v.string(),
  /** The fastest of a few photos; `null` when it did not come to that. */
  milliseconds: v.nullable(v.number()),
})
export type ProviderTrial = v.InferOutput<typeof trialSchema>
export type Candidate = Pick<ProviderTrial, 'provider' | 'precision'>

const recordSchema = v.object({ circumstances: v.string(), trials: v.array(trialSchema) })
const markerSchema = v.object({
  ...v.pick(trialSchema, ['provider', 'precision']).entries,
  pid: v.number(),
})

const recordName = 'providers.json'
const markerName = 'provider-being-tried.json'

/**
 * Where what belongs to this machine is kept, whatever the library: the trials of providers, and in a checkout the compiled
 * code of the command line.
 */
export const machineFolder = (): string => envPaths('Kartoteka', { suffix: '' }).cache

/**
 * The trials of earlier starts. They hold as long as the circumstances (versions, hardware) are the same.
 * @returns `[]` when there are none, or none that hold.
 */
export function rememberedTrials(folder: string, circumstances: string): readonly ProviderTrial[] {
  const record = v.safeParse(recordSchema, readJson(join(folder, recordName)))
  return record.success && record.output.circumstances === circumstances ? record.output.trials : []
}

export function rememberTrials(
  folder: string,
  circumstances: string,
  trials: readonly ProviderTrial[],
): void {
  writeJson(folder, recordName, { circumstances, trials })
}

/** Everything is tried again at the next start, say after a driver was updated. */
export function forgetTrials(folder: string): void {
  rmSync(join(folder, recordName), { force: true })
  rmSync(join(folder, markerName), { force: true })
}

/** Notes on disk what is about to be tried: if it crashes the process, the next one knows. */
export function markTrial(folder: string, { provider, precision }: Candidate): void {
  writeJson(folder, markerName, { provider, precision, pid: process.pid })
}

export function unmarkTrial(folder: string): void {
  rmSync(join(folder, markerName), { force: true })
}

/** What was being tried when an earlier process died; `null` when nothing was, or when that process lives. */
export function crashedTrial(folder: string): Candidate | null {
  const marker = v.safeParse(markerSchema, readJson(join(folder, markerName)))
  if (!marker.success || isAlive(marker.output.pid)) return null
  return { provider: marker.output.provider, precision: marker.output.precision }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}

/** Renamed into place, and on the disk before this returns: what comes next may take the machine down. */
function writeJson(folder: string, name: string, value: unknown): void {
  mkdirSync(folder, { recursive: true })
  const temporary = join(folder, `${name}.${process.pid}.part`)
  const file = openSync(temporary, 'w')
  try {
    writeSync(file, `${JSON.stringify(value, null, 2)}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(temporary, join(folder, name))
}
