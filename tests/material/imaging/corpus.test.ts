import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { standardLimits } from '../../../electron/core/imaging/limits.ts'
import type { PhotoReading, ReadOutcome } from '../../../electron/core/imaging/photo-reading.ts'
import { readPhoto } from '../../../electron/core/imaging/read-photo.ts'
import { compare, corpus, readExpected } from './expected.ts'
import type { Disagreement, Expected } from './expected.ts'

interface Row {
  readonly expected: Expected
  readonly outcome: ReadOutcome
}

/** HEIC and AVIF files of the corpus that are cut off, or broken on purpose: nobody can decode them. */
const notWhole = new Set([
  'imagemeta/isobmff/samples/1.sample',
  'imagemeta/isobmff/samples/2.sample',
  'imagemeta/isobmff/samples/3.sample',
  'imagemeta/isobmff/samples/4.sample',
  'imagemeta/isobmff/samples/5.sample',
  'imagemeta/isobmff/samples/6.sample',
  'imagemeta/isobmff/samples/avif.sample',
  'imagemeta/isobmff/samples/iPhone11.sample',
  'imagemeta/isobmff/samples/iPhone12.sample',
  'imagemeta/testImages/Heic.exif',
  'nom-exif/invalid-gps',
  'nom-exif/oom_large_box.heic',
  // One tile is used by colour and alpha alike, which the format forbids.
  'libavif/color_grid_alpha_grid_tile_shared_in_dimg.avif',
])

/**
 * Why we may disagree: the file breaks its format's rules; exiftool, or the table made of it, is wrong or tells less; we
 * trust another source first; only a maker's own notes tell.
 */
const kinds = new Set(['file', 'exiftool', 'precedence', 'maker notes'])

const key = (parts: readonly (string | undefined)[]) => parts.slice(0, 4).join(' | ')

const rows: Row[] = []
const readings = (): { expected: Expected; reading: PhotoReading }[] =>
  rows.flatMap(({ expected, outcome }) => (outcome.ok ? [{ expected, reading: outcome.reading }] : []))

beforeAll(async () => {
  for (const expected of readExpected()) {
    const outcome = await readPhoto(corpus(expected.file), standardLimits)
    rows.push({ expected, outcome })
  }
}, 180_000)

describe('860 files of ten public collections', () => {
  it('answers for every one', () => {
    expect(rows.length).toBeGreaterThan(850)
  })

  it('gives every problem a sentence of its own and every photo pixels of the promised size', () => {
    const reasons = rows.flatMap(({ outcome }) => (outcome.ok ? [] : [outcome.problem.reason]))
    expect(reasons.filter((reason) => !/^[A-Z].{10,}\.$/.test(reason))).toEqual([])
    const wrong = readings().filter(
      ({ reading }) =>
        reading.modelInput.length !== 224 * 224 * 3 ||
        reading.thumbnail.length < 100 ||
        !/^[0-9a-f]{32}$/.test(reading.contentHash),
    )
    expect(wrong.map(({ expected }) => expected.file)).toEqual([])
  })

  it('reads every JPEG that djpeg decodes cleanly', () => {
    const unread = rows.filter(({ expected, outcome }) => expected.jpegDecode === 'ok' && !outcome.ok)
    expect(unread.map(({ expected }) => expected.file)).toEqual([])
  })

  it('reads every whole HEIC and AVIF', () => {
    const unread = rows.filter(
      ({ expected, outcome }) =>
        /^(?:HEIC|HEIF|AVIF)$/.test(expected.format) && !outcome.ok && !notWhole.has(expected.file),
    )
    expect(unread.map(({ expected }) => expected.file)).toEqual([])
  })

  it('agrees with exiftool, and every disagreement is listed with its reason', () => {
    const listed = readFileSync(join(import.meta.dirname, 'disagreements.tsv'), 'utf8')
      .split('\n')
      .slice(1)
      .filter((line) => line !== '')
      .map((line) => line.split('\t'))
    const found = readings().flatMap(({ expected, reading }) => compare(expected, reading).disagreements)
    expect(found.map(({ file, field, ours, theirs }) => key([file, field, ours, theirs])).sort()).toEqual(
      listed.map(key).sort(),
    )
    const unexplained = listed.filter(([, , , , kind = '', why = '']) => !kinds.has(kind) || why.length < 8)
    expect(unexplained).toEqual([])
  })

  it.each(['size', 'orientation', 'time', 'offset', 'position', 'camera'] as const)(
    'contradicts it on %s in at most 1 of 100 files',
    (field) => {
      const different = (all: readonly Disagreement[]) =>
        all.some((one) => one.field === field && one.ours !== '' && one.theirs !== '')
      const files = readings()
      const agreeing = files.filter(
        ({ expected, reading }) => !different(compare(expected, reading).disagreements),
      )
      expect(files.length).toBeGreaterThan(500)
      expect(agreeing.length / files.length).toBeGreaterThanOrEqual(0.99)
    },
  )

  it('marks pictures that lost data, and no others', () => {
    const unmarked = readings().filter(
      ({ expected, reading }) =>
        /bad Huffman code|premature end of data segment/.test(expected.jpegDecode) &&
        reading.damaged === null,
    )
    expect(unmarked.map(({ expected }) => expected.file)).toEqual([])
    const marked = readings().filter(
      ({ expected, reading }) => expected.jpegDecode === 'ok' && reading.damaged,
    )
    expect(marked.map(({ expected }) => expected.file)).toEqual([])
  })
})
