import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDegrees } from '../../../electron/core/imaging/metadata/xmp-numbers.ts'
import type { ExportedPhoto } from '../../../electron/core/metadata-out/exported-photo.ts'
import { sidecarValues, type Extent } from '../../../electron/core/metadata-out/sidecar-values.ts'
import { barePhoto } from '../../fixtures/exported-photos.ts'

function valuesOf(photo: Partial<ExportedPhoto>, extent: Extent = 'all') {
  const { simple, lists } = sidecarValues({ ...barePhoto, ...photo }, extent)
  return {
    ...Object.fromEntries([...simple].map(([name, { value }]) => [name, value])),
    ...Object.fromEntries(lists),
  }
}

const network = (...path: readonly string[]) => ({
  name: path.at(-1) ?? '',
  path,
  isOwn: false,
  from: 'network' as const,
})

describe('what a sidecar says', () => {
  it.each([
    ['year', '1965-01-01T00:00:00', null, '1965'],
    ['month', '1965-07-01T00:00:00', null, '1965-07'],
    ['day', '1965-07-14T00:00:00', '+02:00', '1965-07-14'],
    ['second', '1965-07-14T18:03:22', null, '1965-07-14T18:03:22'],
    ['second', '1965-07-14T18:03:22', '+02:00', '1965-07-14T18:03:22+02:00'],
  ] as const)('a date as far as it is known: %s', (precision, at, offset, written) => {
    expect(valuesOf({ taken: { at, precision, offset, from: 'exif' } })).toEqual({
      'exif:DateTimeOriginal': written,
      'photoshop:DateCreated': written,
    })
  })

  it('no date that only the file system tells', () => {
    for (const from of ['modified', 'file-time'] as const)
      expect(
        valuesOf({ taken: { at: '2019-07-14T18:03:22', precision: 'second', offset: null, from } }),
      ).toEqual({})
  })

  it('a position in degrees and minutes, and what lies there', () => {
    expect(
      valuesOf({
        position: { latitude: 68.97, longitude: -33.074999999999996 },
        place: { town: 'Murmansk', region: null, country: 'Russia' },
      }),
    ).toEqual({
      'exif:GPSLatitude': '68,58.20000000N',
      'exif:GPSLongitude': '33,4.50000000W',
      'photoshop:City': 'Murmansk',
      'photoshop:Country': 'Russia',
    })
    fc.assert(
      fc.property(fc.double({ min: -180, max: 180, noNaN: true }), (longitude) => {
        const written = valuesOf({ position: { latitude: 0, longitude } })['exif:GPSLongitude']
        expect(written).toMatch(/^\d{1,3},\d{1,2}\.\d{8}[EW]$/)
        expect(parseDegrees(String(written))).toBeCloseTo(longitude, 9)
        expect(Number(/,(\d+)/.exec(String(written))?.[1])).toBeLessThan(60)
      }),
    )
  })

  it('labels as words, and as trees without what is above others; albums as trees', () => {
    expect(
      valuesOf({
        labels: [
          network('animal'),
          network('animal', 'dog'),
          network('animal', 'dog', 'beagle'),
          { name: 'a|b/c', path: ['a|b/c'], isOwn: true, from: 'person' },
        ],
        albums: ['Summer'],
      }),
    ).toEqual({
      'dc:subject': ['animal', 'dog', 'beagle', 'a|b/c'],
      'lr:hierarchicalSubject': ['animal|dog|beagle', 'a¦b/c', 'Albums|Summer'],
      'digiKam:TagsList': ['animal/dog/beagle', 'a|b∕c', 'Albums/Summer'],
      'kartoteka:Albums': ['Summer'],
    })
  })

  it('how it is turned only where the person turned it', () => {
    expect(valuesOf({ orientation: 6 })).toEqual({})
    expect(valuesOf({ orientation: 6, decided: new Set(['turn']) })).toEqual({ 'tiff:Orientation': '6' })
  })

  it('nothing that XML cannot hold, and no blanks around', () => {
    expect(valuesOf({ title: ' a\u0000b\ud800c\ufffe\r\nd ', note: '\u0007 ' })).toEqual({
      'dc:title': 'abc\nd',
    })
  })

  it('beside the photo only what the person said', () => {
    const photo = {
      rating: 3,
      title: 'Sea',
      labels: [
        { name: 'dog', path: ['dog'], isOwn: false, from: 'network' as const },
        { name: 'garden', path: ['garden'], isOwn: true, from: 'person' as const },
      ],
    }
    const words = {
      'dc:subject': ['garden'],
      'lr:hierarchicalSubject': ['garden'],
      'digiKam:TagsList': ['garden'],
    }
    expect(valuesOf(photo, 'decisions')).toEqual(words)
    expect(valuesOf({ ...photo, decided: new Set(['title']) }, 'decisions')).toEqual({
      ...words,
      'dc:title': 'Sea',
    })
  })
})
