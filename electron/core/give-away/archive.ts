import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { makeZip } from 'client-zip'
import type { CopyOptions, CopyReport } from '../contract/copies.ts'
import { osFromText } from '../paths/os-path.ts'
import { systemReason } from '../paths/system-reason.ts'
import { codeOf, holdsItsContent, type Rendered } from './copy-file.ts'
import { planNames } from './names.ts'
import { createReport, type Counted } from './report.ts'
import { jpegOf, wishFor } from './save-copies.ts'
import { changeOf, isUnchanged, type CopySource, type FoundSource, type IndexedFile } from './sources.ts'

export interface ArchiveDeps {
  readonly source: (photoId: number, sidecars: boolean) => Promise<FoundSource>
  readonly render: (task: {
    readonly from: IndexedFile
    readonly jpeg: NonNullable<ReturnType<typeof jpegOf>>
  }) => Promise<Rendered>
  /** When the last byte was asked for, or whoever asked went away. */
  readonly onEnd: (report: CopyReport) => void
}

interface Entry {
  readonly name: string
  readonly lastModified: Date
  readonly input: Uint8Array | AsyncIterable<Uint8Array>
}

/** Stands in the ZIP beside the copies when some could not be had. */
const reasonsName = 'Not copied.txt'

/**
 * A ZIP of copies, made as it is read: nothing is kept but the photo in work. Not compressed, as photos are; of any size
 * (ZIP64). By client-zip, which like this takes entries from a generator only as they are due, and is small enough to read;
 * yazl and archiver want streams pushed into them.
 */
export function copiesArchive(
  photoIds: readonly number[],
  options: CopyOptions,
  deps: ArchiveDeps,
): Readable {
  // Node's stream of the web is that of browsers, under another type.
  return Readable.fromWeb(makeZip(entries(photoIds, options, deps)) as Parameters<typeof Readable.fromWeb>[0])
}

async function* entries(
  photoIds: readonly number[],
  options: CopyOptions,
  { source, render, onEnd }: ArchiveDeps,
): AsyncGenerator<Entry> {
  const names = planNames([reasonsName])
  const report = createReport()
  let ended: CopyReport['ended'] = { how: 'stopped' }
  try {
    for (const [index, photoId] of photoIds.entries()) {
      const found = await source(photoId, options.as.kind === 'original' && options.as.sidecars)
      if (!found.ok) {
        report.leftOut(found.reason)
        continue
      }
      const content = await contentOf(found.source, options, render)
      if (!content.ok) {
        report.leftOut(content.reason)
        continue
      }
      const { from, input, modifiedAt } = content
      const wish = wishFor(found.source, from.path, options, index + 1, photoIds.length)
      const planned = names.next(wish, from.sidecars)
      yield { name: planned.name, lastModified: new Date(modifiedAt), input: input ?? bytesOf(from, report) }
      report.copied()
      for (const { path, name } of planned.companions) {
        const now = await stat(osFromText(path)).catch(() => null)
        if (now === null) report.note(`${path} is no longer there.`)
        else
          yield {
            name,
            lastModified: now.mtime,
            input: bytesOf({ path, size: now.size, mtime: now.mtimeMs }, report),
          }
      }
    }
    ended = { how: 'done' }
    const { reasons, leftOut } = report.end(ended)
    if (reasons.length > 0) {
      const more = leftOut > reasons.length ? [`… and ${leftOut - reasons.length} more.`] : []
      const text = [...reasons, ...more, ''].join('\r\n')
      yield { name: reasonsName, lastModified: new Date(), input: Buffer.from(text) }
    }
  } finally {
    onEnd(report.end(ended))
  }
}

type SourceFile = CopySource['files'][number]
type Content =
  | {
      readonly ok: true
      readonly from: SourceFile
      /** Unix time, milliseconds. */
      readonly modifiedAt: number
      /** `null`: the file as it is. */
      readonly input: Uint8Array | null
    }
  | { readonly ok: false; readonly reason: string }

/** Of the first of a photo's files that can be had. */
async function contentOf(
  source: CopySource,
  options: CopyOptions,
  render: ArchiveDeps['render'],
): Promise<Content> {
  const jpeg = jpegOf(source, options)
  let reason = ''
  for (const from of source.files) {
    const { path, size, mtime, content } = from
    if (jpeg !== null) {
      const rendered = await render({ from: { path, size, mtime, content }, jpeg })
      if (rendered.ok) return { ok: true, from, input: rendered.jpeg, modifiedAt: rendered.modifiedAt }
      reason = rendered.reason
      continue
    }
    const now = await stat(osFromText(path)).catch((error: unknown) => codeOf(error))
    if (typeof now === 'string') reason = `${path} could not be read (${now}).`
    else if (isUnchanged(now, from) && (await holdsItsContent(from).catch(() => false)))
      return { ok: true, from, input: null, modifiedAt: now.mtimeMs }
    else reason = changeOf(path)
  }
  return { ok: false, reason }
}

/** The bytes of a file. What was sent cannot be taken back: when it breaks off or changes meanwhile, that is noted. */
async function* bytesOf(file: IndexedFile, report: Counted): AsyncGenerator<Uint8Array> {
  const path = osFromText(file.path)
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) yield chunk as Buffer
    if (!isUnchanged(await stat(path), file)) report.note(`${file.path} changed while it was copied.`)
  } catch (error) {
    report.note(
      `${file.path} could be read only in part, because ${systemReason(error)}: its copy is broken.`,
    )
  }
}
