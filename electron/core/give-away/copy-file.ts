import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { copyFile, link, open, rename, rm, stat, unlink, utimes, writeFile } from 'node:fs/promises'
import type { Failure } from '../contract/failure.ts'
import { DecodeProblem } from '../imaging/decode/decoded.ts'
import type { DecodingMemory } from '../imaging/decode/memory-account.ts'
import { standardLimits } from '../imaging/limits.ts'
import { contentHashOfFile, openPhoto } from '../imaging/open-photo.ts'
import { renderCopy, type CopyRequest } from '../imaging/render-copy.ts'
import { childOf, osFromText } from '../paths/os-path.ts'
import { systemReason } from '../paths/system-reason.ts'
import { changeOf, isUnchanged, type IndexedFile } from './sources.ts'

/** One file to make. */
export interface CopyTask {
  /** A sidecar is copied as it is now: `size` and `mtime` are `null`. */
  readonly from: IndexedFile | { readonly path: string; readonly size: null; readonly mtime: null }
  /** In text form. */
  readonly folder: string
  readonly name: string
  /** `null`: the file as it is. */
  readonly jpeg: CopyRequest | null
}

export type CopyOutcome =
  | { readonly kind: 'copied' }
  /** A file of that name is there. */
  | { readonly kind: 'taken' }
  /** This one cannot be had, or not be put there; a sentence that names it. */
  | { readonly kind: 'left-out'; readonly reason: string }
  /** Nothing can be put there any more. */
  | { readonly kind: 'failed'; readonly failure: Failure }

/**
 * Copies one photo or sidecar into a folder, or makes a JPEG of it there. It is written under a hidden name first and then
 * given its own, so that nothing is ever half there, and never in the place of another file. The time of the last change
 * is that of the original. Never throws.
 */
export async function copyInto(task: CopyTask, memory: DecodingMemory): Promise<CopyOutcome> {
  const temporary = childOf(task.folder, `.kartoteka-${randomUUID()}.part`)
  try {
    const outcome =
      task.jpeg === null
        ? await putOriginal(task, temporary)
        : await putJpeg(task, task.jpeg, temporary, memory)
    return outcome ?? (await giveName(temporary, task))
  } catch (thrown) {
    return explained(thrown, task)
  } finally {
    await rm(osFromText(temporary), { force: true }).catch(() => {})
  }
}

/** @returns `null` when it is written */
async function putOriginal(task: CopyTask, temporary: string): Promise<CopyOutcome | null> {
  const from = osFromText(task.from.path)
  const before = await attempt(stat(from))
  if (!before.ok) return unreadable(task, before.error)
  if (isChanged(task, before.value)) return changed(task)
  if (task.from.size !== null) {
    const held = await attempt(holdsItsContent(task.from))
    if (!held.ok) return unreadable(task, held.error)
    if (!held.value) return changed(task)
  }
  // What is wrong with the folder is known before the original has to do with it.
  await (await open(osFromText(temporary), 'wx')).close()
  const copied = await attempt(copyFile(from, osFromText(temporary), constants.COPYFILE_FICLONE))
  if (!copied.ok) {
    const readable = await attempt(readOneByte(task.from.path))
    if (!readable.ok) return unreadable(task, readable.error)
    throw copied.error
  }
  const after = await attempt(stat(from))
  if (!after.ok) return unreadable(task, after.error)
  if (after.value.size !== before.value.size || after.value.mtimeMs !== before.value.mtimeMs)
    return changed(task)
  await keepTime(temporary, before.value.mtimeMs)
  return null
}

/** Whether a file holds what it has to; it is read only where its size and time do not tell. Rejects where it cannot be. */
export async function holdsItsContent({ path, content }: IndexedFile): Promise<boolean> {
  return content === undefined || (await contentHashOfFile(path)) === content
}

/** Fails where a disk is broken or gone. */
async function readOneByte(path: string): Promise<void> {
  const file = await open(osFromText(path), 'r')
  try {
    await file.read(Buffer.alloc(1), 0, 1, 0)
  } finally {
    await file.close()
  }
}

async function putJpeg(
  task: CopyTask,
  request: CopyRequest,
  temporary: string,
  memory: DecodingMemory,
): Promise<CopyOutcome | null> {
  const rendered = await renderFile(task.from, request, memory)
  if (!rendered.ok) return { kind: 'left-out', reason: rendered.reason }
  await writeFile(osFromText(temporary), rendered.jpeg, { flag: 'wx' })
  await keepTime(temporary, rendered.modifiedAt)
  return null
}

/** A photo as JPEG, and when its file was changed last (Unix time, milliseconds); or why there is none. */
export type Rendered =
  | { readonly ok: true; readonly jpeg: Uint8Array; readonly modifiedAt: number }
  | { readonly ok: false; readonly reason: string }

/** A photo as JPEG, if its file still is the one that was indexed. Never throws. */
export async function renderFile(
  from: CopyTask['from'],
  request: CopyRequest,
  memory: DecodingMemory,
): Promise<Rendered> {
  const opened = await openPhoto(from.path, standardLimits)
  if (!opened.ok) return { ok: false, reason: `${from.path}: ${opened.problem.reason}` }
  const { bytes, modifiedAt, contentHash } = opened.file
  const isOther = from.size !== null && from.content !== undefined && from.content !== contentHash
  if (isOther || isChanged({ from }, { size: bytes.length, mtimeMs: modifiedAt }))
    return { ok: false, reason: changeOf(from.path) }
  try {
    return { ok: true, jpeg: await renderCopy(opened.file, request, standardLimits, memory), modifiedAt }
  } catch (thrown) {
    const reason =
      thrown instanceof DecodeProblem ? thrown.message : `It could not be read: ${String(thrown)}.`
    return { ok: false, reason: `${from.path}: ${reason}` }
  }
}

/** Milliseconds since 1970. Some network drives keep no times. */
async function keepTime(path: string, modifiedAt: number): Promise<void> {
  await utimes(osFromText(path), new Date(), modifiedAt / 1000).catch(() => {})
}

/** By a link, which fails where the name is taken. Where there are no links an empty file holds the name meanwhile. */
async function giveName(temporary: string, { folder, name }: CopyTask): Promise<CopyOutcome> {
  const [from, to] = [osFromText(temporary), osFromText(childOf(folder, name))]
  const linked = await attempt(link(from, to))
  if (linked.ok) return { kind: 'copied' }
  if (codeOf(linked.error) === 'EEXIST') return { kind: 'taken' }
  const held = await attempt(open(to, 'wx'))
  if (!held.ok) {
    if (codeOf(held.error) === 'EEXIST') return { kind: 'taken' }
    throw held.error
  }
  await held.value.close()
  const named = await attempt(rename(from, to))
  if (named.ok) return { kind: 'copied' }
  await unlink(to).catch(() => {})
  throw named.error
}

/** Sidecars are copied as they are. */
function isChanged(
  { from }: Pick<CopyTask, 'from'>,
  now: { readonly size: number; readonly mtimeMs: number },
): boolean {
  return from.size !== null && !isUnchanged(now, from)
}

const changed = ({ from }: CopyTask): CopyOutcome => ({ kind: 'left-out', reason: changeOf(from.path) })

function unreadable({ from }: CopyTask, error: unknown): CopyOutcome {
  const code = codeOf(error)
  const reason =
    code === 'ENOENT' || code === 'ENOTDIR'
      ? `${from.path} is no longer there.`
      : code === 'EACCES' || code === 'EPERM'
        ? `You do not have permission to read ${from.path}.`
        : `${from.path} could not be read: ${systemReason(error)}.`
  return { kind: 'left-out', reason }
}

/** What went wrong with the folder of the copies, or with the name. */
async function explained(thrown: unknown, { from, folder, name }: CopyTask): Promise<CopyOutcome> {
  const code = codeOf(thrown)
  switch (code) {
    case 'ENAMETOOLONG':
      return { kind: 'left-out', reason: `${from.path}: the name ${name} is too long for ${folder}.` }
    case 'EFBIG':
      return { kind: 'left-out', reason: `${from.path} is larger than a file in ${folder} may be.` }
    case 'EINVAL':
    case 'EILSEQ':
      return { kind: 'left-out', reason: `${from.path}: no file in ${folder} can be called ${name}.` }
  }
  const failure = failureOf(code, folder)
  if (failure !== null) return { kind: 'failed', failure }
  // A disk that is pulled out reports anything.
  const there = await attempt(stat(osFromText(folder)))
  if (!there.ok) return { kind: 'failed', failure: goneFailure(folder) }
  return {
    kind: 'left-out',
    reason: `${from.path} could not be copied to ${folder}: ${systemReason(thrown)}.`,
  }
}

/** What keeps every copy out of a folder; `null` for what may be about one file alone. */
export function failureOf(code: string, folder: string): Failure | null {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return {
        code: 'disk-full',
        message: `There is no room left for copies in ${folder}. Make some, or choose another folder.`,
      }
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return {
        code: 'folder-unwritable',
        message: `You may not write into ${folder}. Choose another folder.`,
      }
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ENODEV':
    case 'ENXIO':
    case 'ESTALE':
      return goneFailure(folder)
    default:
      return null
  }
}

const goneFailure = (folder: string): Failure => ({
  code: 'folder-missing',
  message: `The folder ${folder} is not there any more. Connect its disk, or choose another folder.`,
})

type Attempt<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: unknown }

async function attempt<Value>(work: Promise<Value>): Promise<Attempt<Value>> {
  try {
    return { ok: true, value: await work }
  } catch (error) {
    return { ok: false, error }
  }
}

/** Such as `ENOSPC`; of anything else what it says. */
export function codeOf(thrown: unknown): string {
  if (thrown instanceof Error && 'code' in thrown) return String(thrown.code)
  return thrown instanceof Error ? thrown.message : String(thrown)
}
