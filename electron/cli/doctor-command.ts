import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { pipeline } from 'node:stream/promises'
import { chooseModel } from '../core/classify/choose-model.ts'
import { findModels } from '../core/classify/model-files.ts'
import { runtimeVersion } from '../core/classify/native-session.ts'
import { toFailure } from '../core/contract/failure.ts'
import { thisMachine, workersFor } from '../core/indexing/effort.ts'
import { quickCheck } from '../core/library/check.ts'
import { libraryFile } from '../core/library/files.ts'
import { closeLibrary, openLibrary } from '../core/library/open.ts'
import { queueCounts, type QueueCounts } from '../core/library/queue.ts'
import { version } from '../service/version.ts'
import { libraryFolder, type CommonOptions } from './library-option.ts'
import { print, printJson } from './output.ts'
import { verdictFolder } from './run-index.ts'

/** What `kartoteka doctor --json` prints. */
export interface DoctorDocument {
  readonly ok: boolean
  readonly versions: Readonly<Record<string, string>>
  readonly model: {
    readonly name: string
    readonly precision: string
    readonly file: string
    readonly sha256: string
  } | null
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

/** `kartoteka doctor`: looks at everything that could be wrong, and changes nothing. */
export async function doctorCommand(options: CommonOptions): Promise<void> {
  const document = await examine(libraryFolder(options))
  await (options.json === true ? printJson(document) : print(report(document)))
}

async function examine(folder: string): Promise<DoctorDocument> {
  const problems: string[] = []
  const machine = thisMachine()
  let workers = workersFor('full', machine)
  let model: DoctorDocument['model'] = null
  let providers: DoctorDocument['providers'] = []

  const models = await findModels()
  if (models.ok) {
    const { choice, maxWorkers, verdicts } = await chooseModel({
      models: models.value,
      folder: verdictFolder(),
      cpuWorkers: workers,
    })
    workers = Math.min(workers, maxWorkers ?? workers)
    const { identity, path } = choice.model
    model = { name: identity.name, precision: identity.precision, file: path, sha256: await sha256(path) }
    providers = verdicts.map((verdict) => ({
      ...verdict,
      used: verdict.provider === choice.provider && verdict.precision === identity.precision,
    }))
  } else problems.push(models.error.message)

  const library = examineLibrary(folder)
  problems.push(...library.faults)
  return {
    ok: problems.length === 0,
    versions: {
      kartoteka: version(),
      node: process.versions.node,
      onnxruntime: runtimeVersion,
      platform: `${process.platform} ${process.arch}`,
    },
    model,
    providers,
    workers,
    cores: { physical: machine.physicalCores, threads: availableParallelism() },
    library,
    problems,
  }
}

function examineLibrary(folder: string): DoctorDocument['library'] {
  const file = libraryFile(folder)
  if (!existsSync(file)) return { file, exists: false, faults: [], queue: null }
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

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

function report({ ok, versions, model, providers, workers, library, problems }: DoctorDocument): string {
  const { queue } = library
  const lines: [string, string][] = [
    ...Object.entries(versions),
    ['model', model === null ? 'none' : `${model.name} ${model.precision}, ${model.file}`],
    ...(model === null ? [] : ([['', `SHA-256 ${model.sha256}`]] satisfies [string, string][])),
    ...providers.map(({ provider, precision, outcome, reason, milliseconds, used }): [string, string] => [
      used ? 'used' : 'tried',
      `${provider} ${precision}: ${milliseconds === null ? `${outcome}. ${reason}` : `${milliseconds.toFixed(1)} ms a photo`}`,
    ]),
    ['workers', String(workers)],
    ['library', library.exists ? library.file : `none yet at ${library.file}`],
  ]
  if (queue !== null) {
    lines.push([
      'queue',
      `${queue.pending} waiting, ${queue.running} in work, ${queue.failed} with problems, ${queue.offline} on disks that are away`,
    ])
  }
  lines.push(...problems.map((problem): [string, string] => ['PROBLEM', problem]), [
    '',
    ok ? 'All is well.' : '',
  ])
  return lines.map(([name, value]) => `${name.padEnd(13)}${value}`.trimEnd()).join('\n')
}
