import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ExifTool } from 'exiftool-vendored'
import * as fc from 'fast-check'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { knownPart } from '../../../electron/core/contract/dates.ts'
import { readXmp } from '../../../electron/core/imaging/metadata/xmp.ts'
import type { ExportedPhoto } from '../../../electron/core/metadata-out/exported-photo.ts'
import { foreignPart, mergeSidecar } from '../../../electron/core/metadata-out/merge-sidecar.ts'
import { sidecarValues } from '../../../electron/core/metadata-out/sidecar-values.ts'
import { anyPhoto, barePhoto } from '../../fixtures/exported-photos.ts'
import { digikamSidecar, foreignSidecars, lightroomSidecar } from '../../fixtures/foreign-sidecars.ts'
import { tempFolder } from '../../fixtures/temp-library.ts'

/** One process for all files. */
const exiftool = new ExifTool({ maxProcs: 1, maxTasksPerProcess: 10_000 })
afterAll(() => exiftool.end())

let folder = ''
beforeEach(() => {
  folder = tempFolder()
})

type Read = Readonly<Record<string, unknown>>

async function read(name: string, text: string): Promise<Read> {
  const path = join(folder, name)
  writeFileSync(path, text)
  const tags: unknown = await exiftool.readRaw(path, { readArgs: ['-G1', '-n', '-XMP:all'] })
  return tags as Read
}

const listed = (value: unknown): string[] => (value === undefined ? [] : [value].flat().map(String))
const told = (value: unknown): string | null => (value === undefined ? null : String(value))
const clean = (text: string | null | undefined): string | null => (text ?? '').trim() || null

/** To a centimetre, without a zero below zero. */
const rounded = (degrees: number): string => degrees.toFixed(7).replace(/^-(0\.0+)$/, '$1')

/** What exiftool should say of a photo, in the terms of the library. */
function expected(photo: ExportedPhoto): Read {
  const { taken, position, place, decided } = photo
  const date =
    taken && knownPart(taken.at, taken.precision) + ((taken.precision === 'second' && taken.offset) || '')
  return {
    rating: photo.rating,
    title: clean(photo.title),
    note: clean(photo.note),
    words: [...new Set(photo.labels.map(({ name }) => name.trim()))].filter((name) => name !== ''),
    albums: [...new Set(photo.albums.map((name) => name.trim()))].filter((name) => name !== ''),
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

/** Very small numbers come as text. */
const degrees = (value: unknown): string | null => (value === undefined ? null : rounded(Number(value)))

function asRead(tags: Read): Read {
  const date = (value: unknown): string | null =>
    told(value)
      ?.replace(/^(\d{4}):(\d\d)(?::(\d\d))?/, (_, ...parts) => parts.slice(0, 3).filter(Boolean).join('-'))
      .replace(' ', 'T') ?? null
  return {
    rating: tags['XMP-xmp:Rating'] ?? null,
    title: told(tags['XMP-dc:Title']),
    note: told(tags['XMP-dc:Description']),
    words: listed(tags['XMP-dc:Subject']),
    albums: listed(tags['XMP-kartoteka:Albums']),
    favourite: told(tags['XMP-kartoteka:Favourite'])?.toLowerCase() === 'true',
    original: date(tags['XMP-exif:DateTimeOriginal']),
    created: date(tags['XMP-photoshop:DateCreated']),
    latitude: degrees(tags['XMP-exif:GPSLatitude']),
    longitude: degrees(tags['XMP-exif:GPSLongitude']),
    town: told(tags['XMP-photoshop:City']),
    region: told(tags['XMP-photoshop:State']),
    country: told(tags['XMP-photoshop:Country']),
    orientation: tags['XMP-tiff:Orientation'] ?? null,
  }
}

it('exiftool reads every field of 200 photos as the library has them', async () => {
  const photos = fc.sample(anyPhoto, { numRuns: 200, seed: 19 })
  for (const [index, photo] of photos.entries()) {
    const text = mergeSidecar(null, sidecarValues(photo, 'all'))
    if (text === null) continue
    expect(asRead(await read(`${index}.xmp`, text)), `photo ${index}`).toEqual(expected(photo))
  }
})

it('in sidecars of other programs it reads theirs and ours', async () => {
  const photo: ExportedPhoto = {
    ...barePhoto,
    rating: 5,
    title: 'Ours & "new"',
    labels: [{ name: 'garden', path: ['garden'], from: 'person' }],
    decided: new Set(['rating', 'title']),
  }
  const digikam = await read('digikam.xmp', mergeSidecar(digikamSidecar, sidecarValues(photo, 'all')) ?? '')
  expect(digikam).toMatchObject({
    'XMP-xmp:Rating': 5,
    'XMP-dc:Title': 'Ours & "new"',
    'XMP-dc:Title-ru': 'Гавань',
    'XMP-dc:Subject': ['Sea', 'Аня', 'garden'],
    'XMP-digiKam:TagsList': ['Places/Sea', 'People/Аня', 'garden'],
    'XMP-digiKam:ColorLabel': 3,
  })
  const lightroom = await read(
    'lightroom.xmp',
    mergeSidecar(lightroomSidecar, sidecarValues(photo, 'all')) ?? '',
  )
  expect(lightroom).toMatchObject({
    'XMP-xmp:Rating': 5,
    'XMP-dc:Title': 'Ours & "new"',
    'XMP-dc:Subject': ['harbour', 'garden'],
    'XMP-crs:WhiteBalance': 'As Shot',
    'XMP-crs:ToneCurvePV2012': ['0, 0', '255, 255'],
  })
})

it.each(Object.entries(foreignSidecars))(
  'what exiftool laid out anew is still told from ours: %s',
  async (name, foreign) => {
    const [photo = barePhoto] = fc.sample(anyPhoto, { numRuns: 1, seed: 5 })
    const path = join(folder, `anew-${name}.xmp`)
    writeFileSync(path, mergeSidecar(foreign, sidecarValues(photo, 'all')) ?? '')
    await exiftool.write(path, { Headline: 'anew' }, { writeArgs: ['-overwrite_original'] })
    const anew = readFileSync(path, 'utf8')
    expect(anew).toContain('anew')
    expect(readXmp(Buffer.from(anew))).toEqual(readXmp(Buffer.from(foreign)))
    expect(foreignPart(anew)).not.toContain('kartoteka')
  },
)
