import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { exiftoolPath } from 'exiftool-vendored'
import { knownPart } from '../../../electron/core/contract/dates.ts'
import type { ExportedPhoto } from '../../../electron/core/metadata-out/exported-photo.ts'

/** Tags by group and name, as in `XMP-dc:Title`. */
type Tags = Readonly<Record<string, unknown>>

/** Runs exiftool, once for any number of files: what it prints. */
export async function exiftool(...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(await exiftoolPath(), [...args], { maxBuffer: 2 ** 26 })
  return stdout
}

/** What exiftool reads in the sidecars of a folder and below, by path. */
export async function readSidecars(folder: string): Promise<ReadonlyMap<string, Tags>> {
  const stdout = await exiftool('-json', '-G1', '-n', '-XMP:all', '-ext', 'xmp', '-r', folder)
  const all = JSON.parse(stdout) as readonly (Tags & { readonly SourceFile: string })[]
  return new Map(all.map((tags) => [tags.SourceFile, tags]))
}

const listed = (value: unknown): string[] => (value === undefined ? [] : [value].flat().map(String))
const told = (value: unknown): string | null => (value === undefined ? null : String(value))
const clean = (text: string | null | undefined): string | null => (text ?? '').trim() || null
const distinct = (texts: readonly string[]): string[] => [
  ...new Set(texts.map((text) => text.trim()).filter((text) => text !== '')),
]

/** To a centimetre, without a zero below zero. */
const rounded = (degrees: number): string => degrees.toFixed(7).replace(/^-(0\.0+)$/, '$1')

/** What exiftool should say of a photo, in the terms of the library. */
export function expectedOf(photo: ExportedPhoto): Tags {
  const { taken, position, place, decided } = photo
  const offset = taken?.precision === 'second' ? (taken.offset ?? '') : ''
  const date = taken && knownPart(taken.at, taken.precision) + offset
  return {
    rating: photo.rating,
    title: clean(photo.title),
    note: clean(photo.note),
    words: distinct(photo.labels.map(({ name }) => name)),
    albums: distinct(photo.albums),
    favourite: photo.favourite,
    original: date,
    created: date,
    latitude: position && rounded(position.latitude),
    longitude: position && rounded(position.longitude),
    town: position && clean(place?.town),
    region: position && clean(place?.region),
    country: position && clean(place?.country),
    orientation: decided.has('turn') ? photo.orientation : null,
  }
}

/** The same of what it says. */
export function asRead(tags: Tags): Tags {
  return {
    rating: tags['XMP-xmp:Rating'] ?? null,
    title: told(tags['XMP-dc:Title']),
    note: told(tags['XMP-dc:Description']),
    words: listed(tags['XMP-dc:Subject']),
    albums: listed(tags['XMP-kartoteka:Albums']),
    favourite: told(tags['XMP-kartoteka:Favourite'])?.toLowerCase() === 'true',
    original: dateRead(tags['XMP-exif:DateTimeOriginal']),
    created: dateRead(tags['XMP-photoshop:DateCreated']),
    latitude: degreesRead(tags['XMP-exif:GPSLatitude']),
    longitude: degreesRead(tags['XMP-exif:GPSLongitude']),
    town: told(tags['XMP-photoshop:City']),
    region: told(tags['XMP-photoshop:State']),
    country: told(tags['XMP-photoshop:Country']),
    orientation: tags['XMP-tiff:Orientation'] ?? null,
  }
}

/** `1965:07:14 18:03:22+02:00` */
function dateRead(value: unknown): string | null {
  const [day = '', clock] = (told(value) ?? '').split(' ')
  return day === '' ? null : day.replaceAll(':', '-') + (clock === undefined ? '' : `T${clock}`)
}

/** Very small numbers come as text. */
function degreesRead(value: unknown): string | null {
  return value === undefined ? null : rounded(Number(value))
}
