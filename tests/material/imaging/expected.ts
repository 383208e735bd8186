import { readFileSync } from 'node:fs'
import type { PhotoReading } from '../../../electron/core/imaging/photo-reading.ts'
import { swapsSides } from '../../../electron/core/imaging/decode/orient.ts'
import { sharedPath } from '../shared.ts'

/** One line of EXPECTED.tsv: what exiftool and djpeg say of a file. */
export interface Expected {
  readonly file: string
  readonly format: string
  readonly width: string
  readonly height: string
  readonly orientation: string
  readonly date: string
  readonly gps: string
  readonly camera: string
  readonly jpegDecode: string
}

export interface Disagreement {
  readonly file: string
  readonly field: 'size' | 'orientation' | 'time' | 'offset' | 'position' | 'camera'
  readonly ours: string
  readonly theirs: string
}

export const corpus = (file: string) => sharedPath('photos', 'corpus', file)

export function readExpected(): Expected[] {
  return readFileSync(corpus('EXPECTED.tsv'), 'utf8')
    .split('\n')
    .slice(1)
    .filter((line) => line !== '')
    .map((line) => {
      const [
        file = '',
        format = '',
        width = '',
        height = '',
        orientation = '',
        date = '',
        gps = '',
        camera = '',
        jpegDecode = '',
      ] = line.split('\t')
      return { file, format, width, height, orientation, date, gps, camera, jpegDecode }
    })
}

/** Where a reading differs from exiftool, and how many of the six facts both state. */
export function compare(
  expected: Expected,
  reading: PhotoReading,
): { compared: number; disagreements: Disagreement[] } {
  const disagreements: Disagreement[] = []
  let compared = 0
  const check = (field: Disagreement['field'], ours: string, theirs: string, same: boolean) => {
    compared++
    if (!same) disagreements.push({ file: expected.file, field, ours, theirs })
  }
  const metadata = reading.facts.content

  if (expected.width !== '' && expected.height !== '') {
    // exiftool gives the size as stored; ours is upright, so it is laid down again by the orientation we found.
    const [width, height] = swapsSides(reading.orientation)
      ? [reading.height, reading.width]
      : [reading.width, reading.height]
    const [ours, theirs] = [`${width}x${height}`, `${expected.width}x${expected.height}`]
    check('size', ours, theirs, ours === theirs)
  }
  // exiftool prints what is written; 0 is no orientation, so it means "as stored".
  const orientation = Number(expected.orientation || '1') || 1
  check('orientation', String(reading.orientation), String(orientation), reading.orientation === orientation)

  const time = metadata.takenAt ?? ''
  const offset = metadata.takenOffset ?? ''
  const theirs = expectedTime(expected.date)
  if (time !== '' || theirs.time !== '') check('time', time, theirs.time, time === theirs.time)
  if (offset !== '' || theirs.offset !== '') check('offset', offset, theirs.offset, offset === theirs.offset)

  const { position } = metadata
  // 0,0 and empty values are printed by exiftool as they are written; they are no position.
  if (position || !/^(?:|,|0,0)$/.test(expected.gps)) {
    const [latitude, longitude] = expected.gps
      .split(',')
      .map((part) => (part === '' ? Number.NaN : Number(part)))
    const same =
      position !== null &&
      Math.abs(position.latitude - (latitude ?? Number.NaN)) < 1e-4 &&
      Math.abs(position.longitude - (longitude ?? Number.NaN)) < 1e-4
    check('position', position ? `${position.latitude},${position.longitude}` : '', expected.gps, same)
  }
  const camera = metadata.camera ?? ''
  if (camera !== '' || expected.camera !== '') {
    // exiftool's maker and model stand side by side; ours names the maker once.
    const same = camera !== '' && plain(expected.camera).endsWith(plain(camera))
    check('camera', camera, expected.camera, same)
  }
  return { compared, disagreements }
}

function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

/** `Create 2023:12:05 14:39:21.25+01:00` or `2022:08:22 20:30:46 offset +02:00`. */
function expectedTime(date: string): { time: string; offset: string } {
  const match =
    /(\d{4}):(\d{2}):(\d{2})(?:[ T](\d{2}:\d{2})(:\d{2})?(?:\.\d+)?)?\s*(?:offset )?([+-]\d{2}:\d{2}|Z)?$/.exec(
      date,
    )
  if (!match || match[1] === '0000') return { time: '', offset: '' }
  const [, year, month, day, minutes, seconds, offset] = match
  return {
    time: `${year}-${month}-${day}T${minutes ?? '00:00'}${seconds ?? ':00'}`,
    offset: offset === 'Z' ? '+00:00' : (offset ?? ''),
  }
}
