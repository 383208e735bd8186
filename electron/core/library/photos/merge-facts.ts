import type { DateSource } from '../../contract/dates.ts'
import type { ShownDate } from '../../contract/dating.ts'
import { refinedBy } from '../../imaging/metadata/facts.ts'
import type { WallTime } from '../../imaging/metadata/facts.ts'
import { timeFromName } from '../../imaging/metadata/file-name-time.ts'
import { dateFromFolders } from '../../imaging/metadata/folder-date.ts'
import { otherMetadata } from '../../imaging/metadata/gather.ts'
import type { TakenTime } from '../../imaging/metadata/gather.ts'
import type { PhotoMetadata } from '../../imaging/photo-reading.ts'
import { childOf } from '../../paths/os-path.ts'
import type { SaidFacts } from './said-facts.ts'

/** A file that holds the photo, as far as it tells something of it. */
export interface TellingFile {
  readonly name: string
  /** Absolute path of its folder, in text form. */
  readonly folder: string
  /** Unix time, milliseconds. */
  readonly mtime: number
  /** What the sidecar beside it says. */
  readonly sidecar: PhotoMetadata | null
}

/**
 * What is shown of a photo: what the person said; else for dates the sidecars' word, then that of the content, of the name of the file, of the
 * folder; only then the last change, and the file's own time in the zone of this computer. Everything else: sidecars,
 * then the content; keywords of all.
 * @param files the one that speaks for the photo first; at least one
 */
export function mergeFacts(
  content: PhotoMetadata,
  files: readonly TellingFile[],
  said: SaidFacts = {},
): PhotoMetadata {
  const sidecars = files.flatMap(({ sidecar }) => sidecar ?? [])
  const all = [...sidecars, content]
  const others = otherMetadata(all, all)
  return {
    ...(said.taken === undefined ? takenTime(all, files) : nothing),
    ...others,
    ...spokenFacts(said, mergedFields),
  }
}

/** What files say as well, so that both are to be merged. */
export const mergedFields = ['rating', 'taken', 'position'] as const
export type MergedField = (typeof mergedFields)[number]

/** What a person says of some fields, as it is shown; nothing of those of which nothing is said. */
export function spokenFacts(said: SaidFacts, fields: readonly MergedField[]): Partial<PhotoMetadata> {
  const spoken = new Set(fields.filter((field) => said[field] !== undefined))
  const { taken: date, position = null, rating = null } = said
  return {
    ...(date !== undefined && spoken.has('taken') ? taken({ ...date, local: date.at }, 'person') : {}),
    ...(spoken.has('position') ? { position: position === 'none' ? null : position } : {}),
    ...(spoken.has('rating') ? { rating } : {}),
  }
}

/** Dates that names, changes and the file system tell: another file of the same content may tell another one. */
export const borrowedDates: ReadonlySet<DateSource | null> = new Set([
  'file-name',
  'folder-name',
  'modified',
  'file-time',
  null,
])

function takenTime(all: readonly PhotoMetadata[], files: readonly TellingFile[]): TakenTime {
  const [told, ...others] = all.filter(({ takenFrom }) => !borrowedDates.has(takenFrom)).map(dateOf)
  if (told !== undefined) return others.reduce(toldBetter, told)
  for (const { name } of files) {
    const named = timeFromName(name)
    if (named) return taken(named, 'file-name')
  }
  for (const folder of new Set(files.map((file) => file.folder))) {
    const named = dateFromFolders(childOf(folder, 'any'))
    if (named) return taken(named, 'folder-name')
  }
  const changed = all.find(({ takenFrom }) => takenFrom === 'modified')
  if (changed !== undefined) return dateOf(changed)
  const fromFile = files[0] && fileTime(files[0].mtime)
  return fromFile ? taken(fromFile, 'file-time') : nothing
}

const nothing: TakenTime = { takenAt: null, takenPrecision: null, takenOffset: null, takenFrom: null }

function dateOf({ takenAt, takenPrecision, takenOffset, takenFrom }: PhotoMetadata): TakenTime {
  return { takenAt, takenPrecision, takenOffset, takenFrom }
}

/** A sidecar's date where the content agrees and says more. */
function toldBetter(date: TakenTime, other: TakenTime): TakenTime {
  const [first, second] = [wallTimeOf(date), wallTimeOf(other)]
  return first && second ? taken(refinedBy(first, second), date.takenFrom) : date
}

/** The date among facts, with where it comes from; `null` for none. */
export function dateOfFacts({ takenAt, takenPrecision, takenOffset, takenFrom }: PhotoMetadata): ShownDate {
  return takenAt === null || takenPrecision === null
    ? null
    : { at: takenAt, precision: takenPrecision, offset: takenOffset, from: takenFrom }
}

function wallTimeOf({ takenAt, takenPrecision, takenOffset }: TakenTime): WallTime | null {
  return takenAt === null || takenPrecision === null
    ? null
    : { local: takenAt, precision: takenPrecision, offset: takenOffset }
}

function taken(time: WallTime, from: DateSource | null): TakenTime {
  return {
    takenAt: time.local,
    takenPrecision: time.precision,
    takenOffset: time.offset,
    takenFrom: from,
  }
}

/** Wall time of this computer; times before 1980 (FAT's beginning) are what copying tools leave behind. */
function fileTime(modifiedAt: number): WallTime | null {
  const date = new Date(modifiedAt)
  if (Number.isNaN(date.getTime()) || date.getFullYear() < 1980) return null
  const local = new Date(modifiedAt - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19)
  return { local, offset: null, precision: 'second' }
}
