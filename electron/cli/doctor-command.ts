import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { runtimeVersion } from '../core/classify/choice.ts'
import { chooseModel } from '../core/classify/choose-model.ts'
import type { ModelIdentity } from '../core/classify/classification.ts'
import { findModels, listModels } from '../core/classify/model-files.ts'
import { machineFolder } from '../core/classify/provider-trials.ts'
import { KartotekaError, toFailure } from '../core/contract/failure.ts'
import { thisMachine, workersFor } from '../core/indexing/worker-count.ts'
import { quickCheck } from '../core/library/upkeep/check.ts'
import { libraryFile } from '../core/library/upkeep/library-files.ts'
import { closeLibrary, openLibrary } from '../core/library/upkeep/open.ts'
import { faultOfPlace } from '../core/library/upkeep/place.ts'
import { queueCounts, type QueueCounts } from '../core/library/files/queue.ts'
import { version } from '../service/version.ts'
import { libraryFolder, type CommonOptions } from './library-option.ts'
import { print, printJson } from './output.ts'

interface ModelRow {
  readonly name: string
  readonly precision: string
  readonly file: string
  readonly sha256: string
}

/** What `kartoteka doctor --json` prints. */
export interface DoctorDocument {
  readonly ok: boolean
  readonly versions: Readonly<Record<string, string>>
  /** The one that is used. */
  readonly model: ModelRow | null
  /** Every model file that is there. */
  readonly models: readonly (ModelRow & { readonly runsOn: string })[]
  /** Everything that could be run here; the one that is used has `used`. */
  readonly providers: readonly {
    readonly provider: string
    readonly precision: string
    readonly outcome: string
    readonly reason: string
    readonly milliseconds: number | null
    readonly used: boolean
  }[]
  readonly workers: number
  readonly cores: { readonly physical: number; readonly threads: number }
  readonly library: {
    readonly file: string
    readonly exists: boolean
    /** Faults found by a full check; none for a good one. */
    readonly faults: readonly string[]
    readonly queue: QueueCounts | null
  }
  /** Sentences about what is wrong and what to do. */
  readonly problems: readonly string[]
}

/**
 * `kartoteka doctor`: looks at everything that could be wrong, and changes nothing.
 * @throws KartotekaError that names what is wrong, after the report
 */
export async function doctorCommand(options: CommonOptions): Promise<void> {
  const document = await examine(libraryFolder(options))
  await (options.json === true ? printJson(document) : print(report(document)))
  if (!document.ok) throw new KartotekaError('internal', document.problems.join('\n'))
}

async function examine(folder: string): Promise<DoctorDocument> {
  const problems: string[] = []
  const machine = thisMachine()
  let workers = workersFor('full', machine)
  let model: DoctorDocument['model'] = null
  let listed: DoctorDocument['models'] = []
  let providers: DoctorDocument['providers'] = []

  const models = await findModels()
  if (models.ok) {
    listed = listModels(models.value).map(({ model: { identity, path }, runsOn }) => {
      return { ...rowOf(identity, path), runsOn }
    })
    const { choice, maxWorkers, trials } = await chooseModel({
      models: models.value,
      folder: machineFolder(),
      cpuWorkers: workers,
    })
    workers = Math.min(workers, maxWorkers ?? workers)
    const { identity, path } = choice.model
    model = rowOf(identity, path)
    providers = trials.map((trial) => ({
      ...trial,
      used: trial.provider === choice.provider && trial.precision === identity.precision,
    }))
  } else problems.push(models.error.message)

  const library = examineLibrary(folder)
  problems.push(...library.faults)
  return {
    ok: problems.length === 0,
    versions: {
      kartoteka: version(),
      node: process.versions.node,
      onnxruntime: runtimeVersion(),
      platform: `${process.platform} ${process.arch}`,
    },
    model,
    models: listed,
    providers,
    workers,
    cores: { physical: machine.physicalCores, threads: availableParallelism() },
    library,
    problems,
  }
}

function examineLibrary(folder: string): DoctorDocument['library'] {
  const file = libraryFile(folder)
  const exists = existsSync(file)
  const fault = faultOfPlace(folder, exists ? 'read' : 'write')
  if (!exists || fault !== null) return { file, exists, faults: fault === null ? [] : [fault], queue: null }
  try {
    const library = openLibrary(folder, { mode: 'read' })
    try {
      return {
        file,
        exists: true,
        faults: quickCheck(file),
        queue: queueCounts(library),
      }
    } finally {
      closeLibrary(library)
    }
  } catch (error) {
    return { file, exists: true, faults: [toFailure(error).message], queue: null }
  }
}

/** The hash was checked when the file was found. */
function rowOf({ name, precision, sha256 }: ModelIdentity, file: string): ModelRow {
  return { name, precision, file, sha256 }
}

/** Without the problems: they are the reason for the exit status, and on stderr like every such reason. */
function report({ ok, versions, model, models, providers, workers, library }: DoctorDocument): string {
  const { queue } = library
  const lines: [string, string][] = [
    ...Object.entries(versions),
    ['model', model === null ? 'none' : `${model.name} ${model.precision}`],
    ...models.flatMap(({ precision, runsOn, file, sha256 }): [string, string][] => [
      ['model file', `${file} (${precision} for ${runsOn})`],
      ['', `SHA-256 ${sha256}`],
    ]),
    ...providers.map(({ provider, precision, outcome, reason, milliseconds, used }): [string, string] => [
      used ? 'used' : 'tried',
      `${provider} ${precision}: ${milliseconds === null ? `${outcome}. ${reason}` : `${milliseconds.toFixed(1)} ms a photo`}`,
    ]),
    ['workers', String(workers)],
    [
      'library',
      library.exists ? library.file : `none${library.faults.length === 0 ? ' yet' : ''} at ${library.file}`,
    ],
  ]
  if (queue !== null) {
    lines.push([
      'queue',
      `${queue.pending} waiting, ${queue.running} in work, ${queue.failed} with problems, ${queue.offline} on disks that are away`,
    ])
  }
  if (ok) lines.push(['', 'All is well.'])
  return lines.map(([name, value]) => `${name.padEnd(13)}${value}`.trimEnd()).join('\n')
}
