import { describe, expect, it } from 'vitest'
import { noFacts } from '../../../electron/core/imaging/metadata/facts.ts'
import type { Facts } from '../../../electron/core/imaging/metadata/facts.ts'
import { foundNothing } from '../../../electron/core/imaging/metadata/found.ts'
import { contentMetadata, sidecarMetadata } from '../../../electron/core/imaging/metadata/gather.ts'
import { parseWallTime } from '../../../electron/core/imaging/metadata/wall-time.ts'

interface Written {
  readonly original?: string
  readonly digitised?: string
  readonly modified?: string
}

const facts = (
  { original = '', digitised = '', modified = '' }: Written,
  others: Partial<Facts> = {},
): Facts => ({
  ...noFacts,
  original: parseWallTime(original),
  digitised: parseWallTime(digitised),
  modified: parseWallTime(modified),
  ...others,
})
const exifFacts = (written: Written, others: Partial<Facts> = {}) => ({
  ...facts(written, others),
  xmp: null,
  iptc: null,
})

interface Sources {
  readonly xmp?: Written
  readonly exif?: Written
  readonly iptc?: Written
  /** UTC by the receiver of positions. */
  readonly positionedAt?: string
  readonly created?: string
  readonly modified?: string
}

/** `2019-07-14T18:03:22+02:00 second exif` */
function taken({
  xmp = {},
  exif = {},
  iptc = {},
  positionedAt = '',
  created = '',
  modified = '',
}: Sources): string {
  const { takenAt, takenOffset, takenPrecision, takenFrom } = contentMetadata({
    xmp: facts(xmp),
    exif: { ...exifFacts(exif), positionedAt: parseWallTime(positionedAt) },
    iptc: facts(iptc),
    created: parseWallTime(created),
    modified: parseWallTime(modified),
  })
  return `${takenAt}${takenOffset ?? ''} ${takenPrecision} ${takenFrom}`
}

describe('when a photo was taken, by its content', () => {
  it.each<[string, Sources, string]>([
    [
      'the original date by XMP goes first',
      { xmp: { original: '1965' }, exif: { original: '2019:07:14 18:03:22' } },
      '1965-01-01T00:00:00 year xmp',
    ],
    [
      'then that by EXIF',
      { exif: { original: '2019:07:14 18:03:22' }, iptc: { original: '2001-01-01' } },
      '2019-07-14T18:03:22 second exif',
    ],
    [
      'then that by IPTC, before all digitised ones',
      {
        xmp: { digitised: '2020-01-01' },
        exif: { digitised: '2020:01:01 10:00:00' },
        iptc: { original: '1965-07-14' },
      },
      '1965-07-14T00:00:00 day iptc',
    ],
    [
      'then digitised ones in the same order',
      {
        xmp: { digitised: '2020-01-01T10:00' },
        exif: { digitised: '2021:01:01 10:00:00' },
        created: '2010-01-01',
      },
      '2020-01-01T10:00:00 second xmp',
    ],
    [
      'then that of the container',
      { xmp: { modified: '2020-01-01' }, created: '2010-01-01 10:00:00' },
      '2010-01-01T10:00:00 second container',
    ],
    [
      'then the last change',
      { exif: { modified: '2020:01:01 10:00:00' } },
      '2020-01-01T10:00:00 second modified',
    ],
    [
      'a bare day gets the clock of another source',
      { xmp: { original: '2019-07-14' }, exif: { original: '2019:07:14 18:03:22' } },
      '2019-07-14T18:03:22 second exif',
    ],
    [
      'a bare day gets the clock of the camera that digitised on that day',
      { exif: { digitised: '2019:07:14 18:03:22' }, iptc: { original: '2019-07-14' } },
      '2019-07-14T18:03:22 second exif',
    ],
    [
      'a bare year gets none of a scanner in that year',
      { exif: { digitised: '2019:07:14 18:03:22' }, iptc: { original: '2019' } },
      '2019-01-01T00:00:00 year iptc',
    ],
    [
      'another day keeps its own precision',
      { xmp: { original: '2019-07-13' }, exif: { original: '2019:07:14 18:03:22' } },
      '2019-07-13T00:00:00 day xmp',
    ],
    [
      'a time gets the offset that another source has for it',
      { xmp: { original: '2019-07-14T18:03:22' }, exif: { original: '2019:07:14 18:03:22+02:00' } },
      '2019-07-14T18:03:22+02:00 second xmp',
    ],
    [
      'a time in UTC is the camera’s local one, whose offset is their difference',
      { xmp: { original: '2019-07-14T16:03:22Z' }, exif: { original: '2019:07:14 18:03:22' } },
      '2019-07-14T18:03:22+02:00 second exif',
    ],
    [
      'on the other side of midnight and Greenwich, too',
      { xmp: { original: '2019-07-15T02:33:22.5Z' }, exif: { original: '2019:07:14 23:03:22' } },
      '2019-07-14T23:03:22-03:30 second exif',
    ],
    [
      'in UTC and with the offset of the camera it is one moment',
      { xmp: { original: '2019-07-14T16:03:22Z' }, exif: { original: '2019:07:14 18:03:22+02:00' } },
      '2019-07-14T18:03:22+02:00 second exif',
    ],
    [
      'a camera that says another offset told of another moment',
      { xmp: { original: '2019-07-14T16:03:22Z' }, exif: { original: '2019:07:14 18:03:22+03:00' } },
      '2019-07-14T16:03:22+00:00 second xmp',
    ],
    [
      'so did one whose difference is no zone’s',
      { xmp: { original: '2019-07-14T16:03:22Z' }, exif: { original: '2019:07:14 18:03:23' } },
      '2019-07-14T16:03:22+00:00 second xmp',
    ],
    [
      'or that of no place on earth',
      { xmp: { original: '2019-07-14T16:03:22Z' }, exif: { original: '2019:07:15 06:18:22' } },
      '2019-07-14T16:03:22+00:00 second xmp',
    ],
    ['nothing is nothing', {}, 'null null null'],
  ])('%s', (_, sources, wanted) => {
    expect(taken(sources)).toBe(wanted)
  })
})

describe('the offset of a date', () => {
  const clock = '2009:06:24 09:41:07'
  const exif = { original: clock }
  it.each<[string, Sources, string | null]>([
    [
      'that a program tells of the clock of a camera is believed',
      { xmp: { original: `${clock}+01:00` }, exif },
      '+01:00',
    ],
    [
      'is not where it tells two of one clock',
      { xmp: { original: `${clock}+01:00`, digitised: `${clock}+02:00` }, exif },
      null,
    ],
    [
      'nor where two programs do',
      { xmp: { original: `${clock}+01:00` }, iptc: { original: `${clock}+02:00` } },
      null,
    ],
    [
      'but is where the other one tells it of another clock',
      { xmp: { original: `${clock}+01:00`, digitised: '2010:06:24 09:41:07+02:00' }, exif },
      '+01:00',
    ],
    [
      'or tells Greenwich’s, which it fills in',
      { xmp: { original: `${clock}+01:00`, digitised: `${clock}Z` }, exif },
      '+01:00',
    ],
    ['is none where UTC has the very clock of the camera', { xmp: { original: `${clock}Z` }, exif }, null],
    ['is Greenwich’s where no camera tells a clock', { xmp: { original: `${clock}Z` } }, '+00:00'],
    [
      'is that of the camera, before what a program says of its clock',
      { xmp: { original: `${clock}+01:00` }, exif: { original: `${clock}-04:00` } },
      '-04:00',
    ],
    [
      'is none where the receiver of positions had the time of another zone',
      { xmp: { original: `${clock}+01:00` }, exif, positionedAt: '2009:06:24 13:40:26' },
      null,
    ],
    [
      'is believed where it had that of the same, be it Greenwich',
      { xmp: { original: `${clock}Z` }, exif, positionedAt: '2009:06:24 09:40:26' },
      '+00:00',
    ],
    [
      'is believed where it had that of none, as one that last saw the sky long before',
      { xmp: { original: `${clock}+01:00` }, exif, positionedAt: '2009:06:24 06:34:00' },
      '+01:00',
    ],
  ])('%s', (_, sources, offset) => {
    expect(taken(sources)).toMatch(`2009-06-24T09:41:07${offset ?? ''} `)
  })
})

describe('when a photo was taken, by its sidecar', () => {
  it.each<[Written, string | null, string | null]>([
    [{ original: '1965', digitised: '2019-07-14T18:03:22' }, '1965-01-01T00:00:00', 'sidecar'],
    [{ digitised: '2019-07-14T18:03:22', modified: '2020-01-01' }, '2019-07-14T18:03:22', 'sidecar'],
    [{ modified: '2020-01-01T10:00:00' }, '2020-01-01T10:00:00', 'modified'],
    [{}, null, null],
  ])('%j', (written, takenAt, takenFrom) => {
    expect(sidecarMetadata(facts(written))).toMatchObject({ takenAt, takenFrom })
  })
})

describe('everything else', () => {
  const exposure = { ...noFacts.exposure, iso: 400 }

  it('of the camera is EXIF’s word, then XMP’s', () => {
    const xmp = facts({}, { camera: 'DJI Test_Pro', lens: 'aux', exposure, rating: 3 })
    const exif = exifFacts({}, { camera: 'Hasselblad L1D-20c', rating: 1 })
    expect(contentMetadata({ ...foundNothing, xmp, exif })).toMatchObject({
      camera: 'Hasselblad L1D-20c',
      lens: 'aux',
      exposure,
      rating: 3,
    })
  })

  it('of words is what all say, once each', () => {
    const paths = [['Places', 'Russia']]
    const xmp = facts({}, { keywords: ['sea', 'Places', 'Russia'], keywordPaths: [...paths, ...paths] })
    const iptc = facts({}, { keywords: ['sea', 'sun'] })
    expect(contentMetadata({ ...foundNothing, xmp, iptc })).toMatchObject({
      keywords: ['sea', 'Places', 'Russia', 'sun'],
      keywordPaths: paths,
    })
  })
})
