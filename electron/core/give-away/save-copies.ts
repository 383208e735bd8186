import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import type { CopyOptions, CopyProgress, CopyReport } from '../contract/copies.ts'
import { longestJpegSide } from '../contract/copies.ts'
import type { Failure } from '../contract/failure.ts'
import type { CopyRequest } from '../imaging/render-copy.ts'
import { childOf } from '../paths/os-path.ts'
import type { CopyOutcome, CopyTask } from './copy-file.ts'
import type { CopyFolder } from './copy-folder.ts'
import { planNames, wishedName, type NamePlan } from './names.ts'
import { createReport } from './report.ts'
import { namedPhoto, type CopySource, type FoundSource } from './sources.ts'

export interface SavingDeps {
  readonly source: (photoId: number, sidecars: boolean) => FoundSource
  readonly copy: (task: CopyTask) => Promise<CopyOutcome>
  readonly onProgress: (progress: CopyProgress) => void
  /** Aborted: what is in work is finished, the rest is left. */
  readonly signal: AbortSignal
  /** Photos in work at the same time. */
  readonly atOnce: number
}

export interface Saved {
  readonly report: CopyReport
  /** Path of the first copy. */
  readonly first: string | null
}

/**
 * Copies photos into a folder, one after the other as they are given. What cannot be copied is left out and named; what
 * keeps all of them out ends it. Rejects only as `deps.copy` does.
 */
export async function saveCopies(
  photoIds: readonly number[],
  folder: CopyFolder,
  options: CopyOptions,
  deps: SavingDeps,
): Promise<Saved> {
  const names = planNames(folder.names)
  const report = createReport()
  let first: string | null = null
  /** What keeps all copies out of the folder. */
  const failures: Failure[] = []
  let next = 0

  const copyOne = async (photoId: number, number: number): Promise<void> => {
    const found = deps.source(photoId, options.as.kind === 'original' && options.as.sidecars)
    if (!found.ok) {
      report.leftOut(found.reason)
      return
    }
    const [{ path = null } = {}] = found.source.files
    deps.onProgress({ done: report.done(), total: photoIds.length, current: path })
    const saved = await saveOne(found.source, number, photoIds.length, folder.path, options, names, deps.copy)
    if (saved.kind === 'failed') failures.push(saved.failure)
    else if (saved.kind === 'left-out') report.leftOut(saved.reason)
    else {
      first ??= childOf(folder.path, saved.name)
      report.copied()
      for (const reason of saved.notes) report.note(reason)
    }
  }
  const lane = async (): Promise<void> => {
    while (failures.length === 0 && !deps.signal.aborted) {
      const photoId = photoIds[next]
      if (photoId === undefined) return
      next += 1
      await copyOne(photoId, next)
      await yieldToEventLoop()
    }
  }
  await Promise.all(Array.from({ length: deps.atOnce }, lane))
  return {
    report: report.end(endOf(failures[0], deps.signal.aborted && report.done() < photoIds.length)),
    first,
  }
}

function endOf(failure: Failure | undefined, isStopped: boolean): CopyReport['ended'] {
  if (failure !== undefined) return { how: 'failed', failure }
  return { how: isStopped ? 'stopped' : 'done' }
}

type SavedOne =
  | { readonly kind: 'copied'; readonly name: string; readonly notes: readonly string[] }
  | Exclude<CopyOutcome, { readonly kind: 'copied' | 'taken' }>

/** By the first of its files that can be had. */
async function saveOne(
  source: CopySource,
  number: number,
  total: number,
  folder: string,
  options: CopyOptions,
  names: NamePlan,
  copy: SavingDeps['copy'],
): Promise<SavedOne> {
  let last: SavedOne = { kind: 'left-out', reason: '' }
  for (const { sidecars, ...from } of source.files) {
    for (;;) {
      const planned = names.next(wishFor(source, from.path, options, number, total), sidecars)
      const outcome = await copy({ from, folder, name: planned.name, jpeg: jpegOf(source, options) })
      // Somebody else put a file there meanwhile: the next name is tried.
      if (outcome.kind === 'taken') continue
      if (outcome.kind === 'copied') {
        const notes = await copyAlong(planned.companions, folder, copy)
        return { kind: 'copied', name: planned.name, notes }
      }
      planned.giveBack()
      if (outcome.kind === 'failed') return outcome
      last = outcome
      break
    }
  }
  return last
}

/** @returns sentences about those that were left out */
async function copyAlong(
  companions: readonly { readonly path: string; readonly name: string }[],
  folder: string,
  copy: SavingDeps['copy'],
): Promise<string[]> {
  const notes: string[] = []
  for (const { path, name } of companions) {
    const outcome = await copy({ from: { path, size: null, mtime: null }, folder, name, jpeg: null })
    if (outcome.kind === 'left-out') notes.push(outcome.reason)
    else if (outcome.kind === 'failed') notes.push(`${path}: ${outcome.failure.message}`)
    else if (outcome.kind === 'taken') notes.push(`${path}: there is a file ${name} in ${folder} already.`)
  }
  return notes
}

/** How the copy of a photo is to be called. */
export function wishFor(
  { takenAt }: CopySource,
  path: string,
  options: CopyOptions,
  number: number,
  total: number,
): ReturnType<typeof wishedName> {
  const ending = options.as.kind === 'jpeg' ? '.jpg' : null
  return wishedName(namedPhoto(path, takenAt), options.names, ending, number, total)
}

/** How a photo is made into a JPEG; `null` where its file is copied. */
export function jpegOf({ orientation, turn, facts }: CopySource, { as }: CopyOptions): CopyRequest | null {
  if (as.kind === 'original') return null
  const { side, quality, metadata } = as
  return {
    side: side ?? longestJpegSide,
    quality,
    orientation,
    turn,
    facts: metadata === 'none' ? null : facts,
    place: metadata === 'all',
  }
}
