import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvHead, csvLine } from '../../../electron/core/metadata-out/csv.ts'
import type { ExportedPhoto } from '../../../electron/core/metadata-out/exported-photo.ts'
import { anyPhoto, barePhoto } from '../../fixtures/exported-photos.ts'

/** Records of a table after RFC 4180. */
function parse(table: string): string[][] {
  const records: string[][] = [[]]
  for (const [, quoted, plain = '', end] of table.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    records.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain)
    if (end === '\r\n') records.push([])
    else if (end === '') break
  }
  return records.slice(0, -1)
}

const guarded = (text: string) => (/^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text)

const rowOf = (photo: Partial<ExportedPhoto>): Readonly<Record<string, string>> => {
  const [head = [], row = []] = parse(csvHead.slice(1) + csvLine({ ...barePhoto, ...photo }))
  return Object.fromEntries(head.map((name, at) => [name, row[at] ?? '']))
}

describe('a photo as a line of CSV', () => {
  it('has a cell for everything the library says', () => {
    expect(csvHead.startsWith('\ufeffpath,')).toBe(true)
    expect(
      rowOf({
        paths: ['/photos/a, "b".jpg', '/copies/b.jpg'],
        labels: [
          { name: 'dog', path: ['animal', 'dog'], isOwn: false, from: 'network' },
          { name: 'garden', path: ['garden'], isOwn: true, from: 'person' },
        ],
        albums: ['Summer', 'a|b\\c'],
        rating: -1,
        favourite: true,
        title: 'Лето',
        note: 'two\nlines',
        taken: { at: '2019-07-14T18:03:22', precision: 'second', offset: '+02:00', from: 'exif' },
        position: { latitude: -33.5, longitude: 18 },
        place: { town: 'Cape Town', region: null, country: 'South Africa' },
      }),
    ).toEqual({
      path: '/photos/a, "b".jpg',
      otherPaths: '/copies/b.jpg',
      contentHash: '0'.repeat(32),
      labels: 'dog',
      ownLabels: 'garden',
      albums: String.raw`Summer | a\|b\\c`,
      rating: '-1',
      favourite: 'yes',
      hidden: '',
      title: 'Лето',
      note: 'two\nlines',
      taken: '2019-07-14T18:03:22+02:00',
      takenFrom: 'exif',
      latitude: '-33.5',
      longitude: '18',
      town: 'Cape Town',
      region: '',
      country: 'South Africa',
    })
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1'])('runs nothing: %j', (text) => {
    expect(rowOf({ title: text, albums: [text] })).toMatchObject({ title: `'${text}`, albums: `'${text}` })
  })

  it('can be read back, whatever stands in it', () => {
    fc.assert(
      fc.property(anyPhoto, (photo) => {
        const { title, note, albums } = rowOf(photo)
        expect(title).toBe(guarded(photo.title ?? ''))
        expect(note).toBe(guarded(photo.note ?? ''))
        const values = albums?.replace(/^'(?=[=+\-@\t\r\n])/, '').match(/(?:\\.|[^\\|])+/gs) ?? []
        const names = values.map((value) => value.replaceAll(/\\(.)/gs, '$1').trim())
        expect(names.filter(Boolean)).toEqual(photo.albums.map((name) => name.trim()).filter(Boolean))
      }),
    )
  })
})
