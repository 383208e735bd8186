import { statfs } from 'node:fs/promises'
import { listModels } from '../../core/classify/model-files.ts'
import type { DoctorReport } from '../../core/contract/states.ts'
import { toFailure } from '../../core/contract/failure.ts'
import { thisMachine, workersFor } from '../../core/indexing/worker-count.ts'
import { goodBackups } from '../../core/library/upkeep/backups.ts'
import { checkInBackground } from '../../core/library/upkeep/check.ts'
import { libraryFile } from '../../core/library/upkeep/library-files.ts'
import { queueCounts } from '../../core/library/files/queue.ts'
import { spaceNeeded } from '../../core/library/upkeep/space.ts'
import type { Context } from '../context.ts'
import { readSettings } from '../settings-store.ts'
import { version } from '../version.ts'

type Check = DoctorReport['checks'][number]

/** Everything that could be wrong, looked at once; takes some seconds at a million photos, on another thread. */
export async function examine(context: Context): Promise<DoctorReport> {
  const checks = [programme(), await database(context), backups(context), await space(context)]
  checks.push(...(await model(context)), queue(context))
  return { ok: checks.every(({ ok }) => ok), checks }
}

function programme(): Check {
  const { node, modules } = process.versions
  return {
    name: 'program',
    ok: true,
    detail: `Kartoteka ${version()}, Node ${node} (ABI ${modules}), ${process.platform} ${process.arch}`,
  }
}

/** The thread that reads the whole database. */
export const checkThread = new URL('../../core/library/upkeep/check-thread.ts', import.meta.url)

async function database({ library }: Context): Promise<Check> {
  const file = libraryFile(library.folder)
  const faults = await checkInBackground(file, checkThread).catch((error: unknown) => [
    toFailure(error).message,
  ])
  return { name: 'library', ok: faults.length === 0, detail: faults[0] ?? `${file}: no faults found` }
}

function backups({ library }: Context): Check {
  const [newest] = goodBackups(library.folder)
  return {
    name: 'backups',
    ok: true,
    detail: newest ? `newest of ${newest.madeAt}, ${newest.photos ?? 0} photos` : 'none yet',
  }
}

async function space({ library }: Context): Promise<Check> {
  const { bavail, bsize } = await statfs(library.folder)
  const free = bavail * bsize
  const needed = spaceNeeded(library)
  return {
    name: 'disk space',
    ok: free >= needed,
    detail: `${megabytes(free)} free, ${megabytes(needed)} needed`,
  }
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`

async function model(context: Context): Promise<Check[]> {
  const files = await context.model.files()
  if (!files.ok) return [{ name: 'model', ok: false, detail: files.error.message }]
  const found: Check = {
    name: 'model',
    ok: true,
    detail: listModels(files.value)
      .map(({ model: { path, identity }, runsOn }) => {
        return `${path} (${identity.precision} for ${runsOn})`
      })
      .join(', '),
  }
  const chosen = await context.model.choose()
  if (!chosen.ok) return [found, { name: 'providers', ok: false, detail: chosen.error.message }]
  const { choice, trials } = chosen.value
  const tried = trials.map(({ provider, precision, outcome, reason, milliseconds }) =>
    [provider, precision, outcome, milliseconds === null ? reason : `${milliseconds.toFixed(1)} ms`].join(
      ' ',
    ),
  )
  const workers = workersFor(readSettings(context.library).effort, thisMachine(), choice.provider !== 'cpu')
  return [
    found,
    { name: 'providers', ok: true, detail: `${choice.provider} is used; tried: ${tried.join('; ')}` },
    { name: 'workers', ok: true, detail: String(workers) },
  ]
}

function queue({ library }: Context): Check {
  const { pending, running, failed, offline } = queueCounts(library)
  return {
    name: 'queue',
    ok: true,
    detail: `${pending} waiting, ${running} in work, ${failed} with a problem, ${offline} on disks that are away`,
  }
}
