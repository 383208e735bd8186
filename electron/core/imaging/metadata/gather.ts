import type { DateSource } from '../../contract/dates.ts'
import type { PhotoMetadata } from '../photo-reading.ts'
import { noFacts, refinedBy } from './facts.ts'
import type { Facts, WallTime } from './facts.ts'
import type { Found } from './found.ts'
import { withLikelyOffset } from './offset.ts'
import type { CameraClock } from './offset.ts'

/** A date and what tells it. */
interface Dated {
  readonly time: WallTime
  readonly from: DateSource
}

/**
 * One answer from all that a file's own metadata say. Dates: the original one by XMP, EXIF, IPTC, then the digitised one
 * by the same, then that of the container, then the last change. What the camera tells of itself: EXIF, its own word,
 * then XMP. Everything else by XMP, EXIF, IPTC; keywords of all.
 */
export function contentMetadata({
  xmp,
  exif,
  iptc,
  created,
  modified,
}: Omit<Found, 'exif'> & { readonly exif: (Facts & CameraClock) | null }): PhotoMetadata {
  const sources = [
    { from: 'xmp' as const, facts: xmp },
    { from: 'exif' as const, facts: exif },
    { from: 'iptc' as const, facts: iptc },
  ].map(({ from, facts }) => ({ from, facts: facts ?? noFacts }))
  const dates = (pick: (facts: Facts) => WallTime | null): (Dated | null)[] =>
    sources.map(({ from, facts }) => dated(pick(facts), from))
  const changes = [...sources.map(({ facts }) => facts.modified), modified]
  const originals = dates((facts) => facts.original)
  const digitised = dates((facts) => facts.digitised)
  const ofShot = shot(best(originals), best(digitised))
  const told = [...originals, ...digitised].flatMap((date) => date?.time ?? [])
  return {
    ...takenTime(
      (ofShot && { ...ofShot, time: withLikelyOffset(ofShot.time, exif, told) }) ??
        dated(created, 'container') ??
        best(changes.map((time) => dated(time, 'modified'))),
    ),
    ...otherMetadata(
      sources.map(({ facts }) => facts),
      [exif, xmp].filter((facts) => facts !== null),
    ),
  }
}

/** The same of a sidecar alone. Its dates are the person's word, be they called original or digitised. */
export function sidecarMetadata(facts: Facts): PhotoMetadata {
  return {
    ...takenTime(
      shot(dated(facts.original, 'sidecar'), dated(facts.digitised, 'sidecar')) ??
        dated(facts.modified, 'modified'),
    ),
    ...otherMetadata([facts], [facts]),
  }
}

function dated(time: WallTime | null, from: DateSource): Dated | null {
  return time && { time, from }
}

/** The original date before the digitised one, whose clock is that of a bare day only where it was that very day. */
function shot(original: Dated | null, digitised: Dated | null): Dated | null {
  return original?.time.precision === 'day' ? best([original, digitised]) : (original ?? digitised)
}

/** The first date, told better by a later one that agrees with it. */
function best(dates: readonly (Dated | null)[]): Dated | null {
  const [first, ...others] = dates.filter((date) => date !== null)
  if (first === undefined) return null
  return others.reduce((told, other) => {
    const time = refinedBy(told.time, other.time)
    const sameClock = time.local === told.time.local && time.precision === told.time.precision
    return { time, from: sameClock ? told.from : other.from }
  }, first)
}

export type TakenTime = Pick<PhotoMetadata, 'takenAt' | 'takenPrecision' | 'takenOffset' | 'takenFrom'>

function takenTime(date: Dated | null): TakenTime {
  return {
    takenAt: date?.time.local ?? null,
    takenPrecision: date?.time.precision ?? null,
    takenOffset: date?.time.offset ?? null,
    takenFrom: date?.from ?? null,
  }
}

/** All but the date, which every source has in the same form. */
type OtherMetadata = Omit<PhotoMetadata, keyof TakenTime>

/**
 * What several sources say, the one to be believed first before the others; keywords of all.
 * @param camera the sources in the order in which they are believed of camera, lens and exposure
 */
export function otherMetadata(
  sources: readonly OtherMetadata[],
  camera: readonly OtherMetadata[],
): OtherMetadata {
  return {
    position: first(sources, (facts) => facts.position),
    camera: first(camera, (facts) => facts.camera),
    lens: first(camera, (facts) => facts.lens),
    exposure: {
      time: first(camera, (facts) => facts.exposure.time),
      fNumber: first(camera, (facts) => facts.exposure.fNumber),
      iso: first(camera, (facts) => facts.exposure.iso),
      focalLength: first(camera, (facts) => facts.exposure.focalLength),
    },
    keywords: [...new Set(sources.flatMap((facts) => facts.keywords))],
    keywordPaths: distinctPaths(sources.flatMap((facts) => facts.keywordPaths)),
    rating: first(sources, (facts) => facts.rating),
  }
}

/** What the first source that has it says. */
function first<Value>(
  sources: readonly OtherMetadata[],
  pick: (facts: OtherMetadata) => Value | null,
): Value | null {
  for (const facts of sources) {
    const value = pick(facts)
    if (value !== null) return value
  }
  return null
}

/** Paths without repetitions. */
function distinctPaths(paths: readonly (readonly string[])[]): (readonly string[])[] {
  return [...new Map(paths.map((path) => [JSON.stringify(path), path])).values()]
}
