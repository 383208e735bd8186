import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as wait } from 'node:timers/promises'
import { median } from '../../electron/bench/measure.ts'
import { inScratch } from '../../electron/bench/scratch.ts'
import { makePhotos } from '../../electron/bench/synthetic-photos.ts'
import { distinctPhotos } from './distinct-photos.ts'

/**
 * `node tests/bench/service-memory.ts [FIRST LAST]`: has `kartoteka index` take in so many small photos (20,000), each
 * of its own content, and prints what memory the service keeps resident about the first of them (1,000) and about the
 * last. Linux only.
 */
const [first = 1000, last = 20_000] = process.argv.slice(2).map(Number)
const milliseconds = 250

await inScratch(async (scratch) => {
  const sources = join(scratch, 'sources')
  await makePhotos(sources, 40, { width: 500, height: 375 })
  const photos = join(scratch, 'photos')
  distinctPhotos(
    photos,
    readdirSync(sources).map((name) => join(sources, name)),
    last,
  )
  const library = join(scratch, 'library')
  const entry = resolve(import.meta.dirname, '../../electron/cli/kartoteka.mjs')
  const child = spawn(process.execPath, [entry, 'index', photos, '--library', library, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, XDG_CONFIG_HOME: join(scratch, 'settings') },
  })
  child.stdout.resume()
  const ended = once(child, 'exit')
  const samples: { readonly done: number; readonly megabytes: number; readonly peak: number }[] = []
  for (;;) {
    const over = await Promise.race([ended.then(() => true), wait(milliseconds, false)])
    if (over) break
    const done = photosIn(library)
    const service = serviceBelow(child.pid ?? 0)
    if (done === null || service === null) continue
    const sizes = memoryOf(service)
    if (sizes) samples.push({ done, ...sizes })
  }
  const about = (from: number, to: number): number =>
    median(samples.filter(({ done }) => done >= from && done < to).map(({ megabytes }) => megabytes))
  const [early, late] = [about(first, 1.5 * first), about(last - 0.5 * first, last)]
  const peak = Math.max(...samples.map((sample) => sample.peak))
  console.log(
    `Resident memory of the service: ${early.toFixed(0)} MB after ${first} photos, ${late.toFixed(0)} MB after ${last}, ` +
      `${(late / early).toFixed(3)} times; at most ${peak.toFixed(0)} MB`,
  )
})

/** How many photos the library holds; `null` while it is being made. */
function photosIn(library: string): number | null {
  try {
    const database = new DatabaseSync(join(library, 'library.sqlite'), { readOnly: true })
    try {
      const row = database.prepare("SELECT count(*) AS done FROM file WHERE state = 'done'").get()
      return Number(row?.['done'])
    } finally {
      database.close()
    }
  } catch {
    return null
  }
}

/** The process among those that `parent` started, at any depth, that holds the most memory. */
function serviceBelow(parent: number): number | null {
  const below = readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && isBelow(pid, parent))
  const sizes = below.map((pid) => ({ pid, megabytes: memoryOf(pid)?.megabytes ?? 0 }))
  return sizes.toSorted((one, other) => other.megabytes - one.megabytes)[0]?.pid ?? null
}

function isBelow(pid: number, parent: number): boolean {
  const above = Number(statusOf(pid, 'PPid'))
  return above === parent || (above > 1 && isBelow(above, parent))
}

function memoryOf(pid: number): { megabytes: number; peak: number } | null {
  const [now, peak] = [statusOf(pid, 'VmRSS'), statusOf(pid, 'VmHWM')]
  return now === null || peak === null
    ? null
    : { megabytes: (Number(now) * 1024) / 1e6, peak: (Number(peak) * 1024) / 1e6 }
}

/** A number of a process's status; `null` where it has none or is no more. */
function statusOf(pid: number, name: string): string | null {
  try {
    return (
      new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? null
    )
  } catch {
    return null
  }
}
