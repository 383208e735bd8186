import type { PhotoMetadata } from '../photo-reading.ts'
import { noFacts } from './facts.ts'
import type { Facts, WallTime } from './facts.ts'
import { timeFromName } from './file-name-time.ts'
import type { Found } from './found.ts'

/**
 * One answer from all that was found. Time: the shot by EXIF, then by XMP (embedded, IPTC, sidecar, container),
 * then the last change by the same, then the file's name, then the file's own time in the zone of this computer. What people write (keywords, stars) comes from
 * the sidecar first, for that is where they edit it.
 */
export function gatherMetadata(
  found: Found,
  sidecar: Facts | null,
  name: string,
  modifiedAt: number,
): PhotoMetadata {
  const exif: Facts = found.exif ?? noFacts
  const others = [found.iptc, found.xmp, sidecar].filter((facts) => facts !== null)
  const all = [exif, ...others]
  const first = <Value>(pick: (facts: Facts) => Value | null): Value | null => {
    for (const facts of all) {
      const value = pick(facts)
      if (value !== null) return value
    }
    return null
  }
  return {
    ...takenTime(found, others, name, modifiedAt),
    position: first((facts) => facts.position),
    camera: first((facts) => facts.camera),
    lens: first((facts) => facts.lens),
    exposure: {
      time: first((facts) => facts.exposure.time),
      fNumber: first((facts) => facts.exposure.fNumber),
      iso: first((facts) => facts.exposure.iso),
      focalLength: first((facts) => facts.exposure.focalLength),
    },
    keywords: [...new Set([...(sidecar?.keywords ?? []), ...all.flatMap((facts) => facts.keywords)])],
    rating: sidecar?.rating ?? found.xmp?.rating ?? exif.rating,
  }
}

type TakenTime = Pick<PhotoMetadata, 'takenAt' | 'takenOffset' | 'takenFrom'>

function takenTime(found: Found, others: readonly Facts[], name: string, modifiedAt: number): TakenTime {
  const told = (time: WallTime, takenFrom: TakenTime['takenFrom']): TakenTime => ({
    takenAt: time.local,
    takenOffset: time.offset,
    takenFrom,
  })
  const exif = found.exif
  if (exif?.taken) return told(exif.taken, 'exif')
  const written = others.find((facts) => facts.taken)?.taken ?? found.created
  if (written) return told(written, 'xmp')
  if (exif?.changed) return told(exif.changed, 'exif')
  const changed = others.find((facts) => facts.changed)?.changed ?? found.changed
  if (changed) return told(changed, 'xmp')
  const named = timeFromName(name)
  if (named) return told(named, 'file-name')
  const fromFile = fileTime(modifiedAt)
  return fromFile ? told(fromFile, 'file-time') : { takenAt: null, takenOffset: null, takenFrom: null }
}

/** Wall time of this computer; times before 1980 (FAT's beginning) are what copying tools leave behind. */
function fileTime(modifiedAt: number): WallTime | null {
  const date = new Date(modifiedAt)
  if (Number.isNaN(date.getTime()) || date.getFullYear() < 1980) return null
  const local = new Date(modifiedAt - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19)
  return { local, offset: null }
}
