import { decodeText } from '../containers/tiff.ts'
import { noFacts } from './facts.ts'
import type { Facts, WallTime } from './facts.ts'
import { parseWallTime } from './wall-time.ts'

const keyword = 25
const dateCreated = 55
const timeCreated = 60
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
  const keywords: string[] = []
  let date: string | null = null
  let time: string | null = null
  let at = 0
  for (let count = 0; count < recordsAtMost && at + 5 <= records.length; count++) {
    if (records[at] !== 0x1c) break
    const record = records[at + 1]
    const dataset = records[at + 2]
    const size = records.readUInt16BE(at + 3)
    // Datasets of 32 KB and more say so in a longer form; none that is read here is that long.
    if (size & 0x8000) break
    const value = records.subarray(at + 5, at + 5 + size)
    at += 5 + size
    if (record !== 2) continue
    // Whatever encoding is announced: UTF-8 where it is valid, else Latin-1, is right far more often.
    const text = decodeText(value)
    if (text === null) continue
    if (dataset === keyword) keywords.push(text)
    else if (dataset === dateCreated) date = text
    else if (dataset === timeCreated) time = text
  }
  return { ...noFacts, keywords, original: created(date, time) }
}

/** `20190714` and `180322+0200`. A date alone is often that of a motif or an event, not of the shot. */
function created(date: string | null, time: string | null): WallTime | null {
  const day = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(date ?? '')
  const clock = /^(\d{2}):?(\d{2}):?(\d{2})\s*([+-]\d{2}:?\d{2})?$/.exec(time ?? '')
  if (!day || !clock) return null
  return parseWallTime(`${day[1]}-${day[2]}-${day[3]} ${clock[1]}:${clock[2]}:${clock[3]}`, clock[4] ?? null)
}
