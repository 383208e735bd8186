import { noFacts } from './facts.ts'
import type { Facts, WallTime } from './facts.ts'
import { decodeStrings } from './iptc-text.ts'
import { parseWallTime } from './wall-time.ts'

/** Datasets of record 2 (IIM 4.2). */
const dataset = {
  keyword: 25,
  dateCreated: 55,
  timeCreated: 60,
  digitalCreationDate: 62,
  digitalCreationTime: 63,
} as const
/** Title, headline, city, region, country, caption: words that help to tell in which code page the keywords are. */
const otherText: ReadonlySet<number> = new Set([5, 90, 95, 101, 105, 120])
const recordsAtMost = 5000

/** IPTC-IIM records out of Photoshop's image resources (JPEG APP13), segments joined in order. */
export function iptcOfPhotoshop(resources: Buffer): Buffer | null {
  let at = 0
  while (at + 12 <= resources.length && resources.toString('latin1', at, at + 4) === '8BIM') {
    const id = resources.readUInt16BE(at + 4)
    const nameLength = resources[at + 6] as number
    const sizeAt = at + 6 + ((nameLength + 2) & ~1)
    if (sizeAt + 4 > resources.length) return null
    const size = resources.readUInt32BE(sizeAt)
    if (id === 0x0404) return resources.subarray(sizeAt + 4, sizeAt + 4 + size)
    at = sizeAt + 4 + size + (size & 1)
  }
  return null
}

/** What IPTC-IIM records (IIM 4.2) say. Never throws. */
export function readIptc(records: Buffer): Facts {
  const keywords: Buffer[] = []
  const others: Buffer[] = []
  const dates = new Map<number, string>()
  for (const { record, number, value } of datasets(records)) {
    if (record !== 2) continue
    if (number === dataset.keyword) keywords.push(value)
    else if (otherText.has(number)) others.push(value)
    else dates.set(number, value.toString('latin1'))
  }
  const words = decodeStrings(keywords, others)
  return {
    ...noFacts,
    keywords: [...new Set(words.filter((word) => word !== null))],
    original: moment(dates.get(dataset.dateCreated), dates.get(dataset.timeCreated)),
    digitised: moment(dates.get(dataset.digitalCreationDate), dates.get(dataset.digitalCreationTime)),
  }
}

interface Dataset {
  readonly record: number
  readonly number: number
  readonly value: Buffer
}

/** The datasets of a block, as far as they can be read. */
function* datasets(block: Buffer): Generator<Dataset> {
  let at = 0
  for (let count = 0; count < recordsAtMost && at + 5 <= block.length && block[at] === 0x1c; count++) {
    const size = block.readUInt16BE(at + 3)
    // Datasets of 32 KB and more say so in a longer form; none that is read here is that long.
    if (size & 0x8000) return
    const [record = 0, number = 0] = block.subarray(at + 1, at + 3)
    yield { record, number, value: block.subarray(at + 5, at + 5 + size) }
    at += 5 + size
  }
}

/** `20190714` and `180322+0200`; of a day that is known in part (`19650700`) as much as that. */
function moment(date: string | undefined, time: string | undefined): WallTime | null {
  const day = /^(\d{4})-?(\d{2})-?(\d{2})\s*$/.exec(date ?? '')
  if (!day) return null
  const clock = /^(\d{2}):?(\d{2}):?(\d{2})\s*([+-]\d{2}:?\d{2})?\s*$/.exec(time ?? '')
  const written = `${day[1]}-${day[2]}-${day[3]}`
  if (!clock) return parseWallTime(written)
  // The standard demands an offset: programs that know none write that of Greenwich, so it says nothing.
  const offset = /^[+-]00:?00$/.test(clock[4] ?? '') ? null : (clock[4] ?? null)
  // Nor does its midnight, which those write that know the day alone.
  if (offset === null && clock.slice(1, 4).every((part) => part === '00')) return parseWallTime(written)
  return parseWallTime(`${written} ${clock[1]}:${clock[2]}:${clock[3]}`, offset)
}
