import type { Area } from '../contract/map.ts'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { inflateRawSync } from 'node:zlib'
import {
  arrayKinds,
  arrayNames,
  magic,
  padded,
  recordsAtOnce,
  type Arrays,
  type Header,
  type PlaceRecord,
  type StoredRecord,
} from './gazetteer-file.ts'
import { largestTowns } from './largest-towns.ts'
import { alongGround, onSphere, positionOf } from './sphere.ts'

/** Numbers of a country, a region and a town in one gazetteer. */
export interface FoundPlace {
  readonly country: number
  readonly region: number | null
  readonly town: number | null
}

/** Countries, regions and towns by position. */
export interface Gazetteer {
  /** `null` at sea, far from any town. */
  readonly placeAt: (latitude: number, longitude: number) => FoundPlace | null
  readonly town: (town: number) => PlaceRecord
  readonly region: (region: number) => PlaceRecord
  readonly country: (country: number) => PlaceRecord
  /** What a town lies in. */
  readonly around: (town: number) => { readonly country: number; readonly region: number | null }
  /** How far a town reaches around its middle, km: the larger, the more people live there. */
  readonly reachOf: (town: number) => number
  /** See `largestTowns`. */
  readonly largestIn: (area: Area, cell: number) => readonly number[]
  /** Blocks of names, see `townsInBlock`. */
  readonly blocks: number
  /** Towns of a block that have a text in a name, or in one beside it; not kept in memory. */
  readonly townsInBlock: (
    block: number,
    text: string,
  ) => readonly { readonly town: number; readonly names: readonly string[] }[]
  readonly close: () => void
}

/** A town that is farther than this says nothing of a photo, km. */
export const farthestTown = 50

/** Blocks of names that stay unpacked, some 100 kB each. */
const mostRecent = 12

/**
 * Opens a gazetteer. Its numbers stay in memory (6 MB), names are read when they are asked for.
 *
 * The town of a position is the one whose edge is nearest, of those on the same side of the border: the middle of a large
 * city may be farther than that of a village before it.
 *
 * No library does this: those on npm keep every town as an object, some 100 MB.
 * @throws Error when the file cannot be read or is something else
 */
export function openGazetteer(file: string): Gazetteer {
  // It stays open: the names go with the numbers, also when the file is made anew meanwhile.
  const descriptor = openSync(file, 'r')
  const { header, arrays, recordsAt } = readNumbers(descriptor)
  const readBlock = blockReader(descriptor, arrays.blocks, recordsAt)
  const record = recordReader(readBlock)
  const longestReach = arrays.reaches.reduce((most, reach) => Math.max(most, reach), 0)
  const nearest = nearestIn(arrays, header.towns, longestReach)
  const around: Gazetteer['around'] = (town) => {
    const region = arrays.regions[town] ?? 0
    return { country: arrays.countries[town] ?? 0, region: region === 0 ? null : region }
  }
  return {
    placeAt: (latitude, longitude) => {
      if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return null
      const within = countryAt(arrays, latitude, longitude)
      const town = nearest(latitude, longitude, within)
      if (town === null) return within === 0 ? null : { country: within, region: null, town: null }
      return { ...around(town), town }
    },
    town: (town) => {
      const [x = 0, y = 0, z = 0] = arrays.points.subarray(3 * town, 3 * town + 3)
      return known(record(town), header.countries[arrays.countries[town] ?? 0] ?? '', positionOf(x, y, z))
    },
    region: (region) => {
      const stored = record(header.towns + region)
      return known(stored, stored[0].slice(0, 2), null)
    },
    country: (country) => {
      const stored = record(header.towns + header.regions + country)
      return known(stored, stored[0], null)
    },
    around,
    reachOf: (town) => arrays.reaches[town] ?? 0,
    largestIn: (area, cell) => largestTowns(arrays, area, cell),
    blocks: Math.ceil(header.towns / recordsAtOnce),
    townsInBlock: (block, text) => {
      const bytes = readBlock(block)
      // Nearly all blocks end here.
      if (!bytes.includes(text)) return []
      return parsed(bytes)
        .slice(0, header.towns - block * recordsAtOnce)
        .map(([, , , names], at) => ({ town: block * recordsAtOnce + at, names: names.split('\n') }))
    },
    close: () => {
      closeSync(descriptor)
    },
  }
}

const known = (
  [key, name, shown, names]: StoredRecord,
  country: string,
  position: PlaceRecord['position'],
): PlaceRecord => ({ key, name, shown, country, position, names: names.split('\n') })

interface Numbers {
  readonly header: Header
  readonly arrays: Arrays
  /** Where the blocks of records begin. */
  readonly recordsAt: number
}

function readNumbers(descriptor: number): Numbers {
  try {
    const start = readPart(descriptor, 0, magic.length + 4)
    if (start.toString('latin1', 0, magic.length) !== magic) throw new Error('This is no gazetteer.')
    const headerBytes = start.readUInt32LE(magic.length)
    const header = JSON.parse(readPart(descriptor, start.length, headerBytes).toString()) as Header
    const arraysAt = padded(start.length + headerBytes)
    const sizes = arrayNames.map((name) => padded(header.lengths[name] * arrayKinds[name].BYTES_PER_ELEMENT))
    const length = sizes.reduce((sum, size) => sum + size, 0)
    const { buffer } = readPart(descriptor, arraysAt, length)
    let at = 0
    const arrays = Object.fromEntries(
      arrayNames.map((name, index) => {
        const array = new arrayKinds[name](buffer, at, header.lengths[name])
        at += sizes[index] ?? 0
        return [name, array]
      }),
    ) as unknown as Arrays
    const recordsAt = arraysAt + length
    // Told here, not at the first photo whose names are missing.
    if (fstatSync(descriptor).size < recordsAt + (arrays.blocks.at(-1) ?? 0))
      throw new Error('The gazetteer is cut short.')
    return { header, arrays, recordsAt }
  } catch (error) {
    closeSync(descriptor)
    throw error
  }
}

function readPart(descriptor: number, position: number, length: number): Buffer<ArrayBuffer> {
  // Of its own, not from the shared pool: it may be kept, and its arrays begin at multiples of eight.
  const bytes = Buffer.from(new ArrayBuffer(length))
  for (let done = 0; done < length;) {
    const read = readSync(descriptor, bytes, done, length - done, position + done)
    if (read === 0) throw new Error('The gazetteer is cut short.')
    done += read
  }
  return bytes
}

const noBytes = Buffer.alloc(0)

/** Records of a block as they are stored, unpacked. */
function blockReader(descriptor: number, blocks: Uint32Array, recordsAt: number): (block: number) => Buffer {
  return (block) => {
    const [from, to] = blocks.subarray(block, block + 2)
    if (from === undefined || to === undefined) return noBytes
    return inflateRawSync(readPart(descriptor, recordsAt + from, to - from))
  }
}

const parsed = (bytes: Buffer): readonly StoredRecord[] =>
  bytes.length === 0 ? [] : (JSON.parse(bytes.toString()) as StoredRecord[])

function recordReader(readBlock: (block: number) => Buffer): (index: number) => StoredRecord {
  // Photos come one after the other from the same few places: each asks for a town, its region and its country.
  const recent = new Map<number, readonly StoredRecord[]>()
  return (index) => {
    const block = Math.floor(index / recordsAtOnce)
    const records = recent.get(block) ?? parsed(readBlock(block))
    // The one that was asked for last goes to the end.
    recent.delete(block)
    recent.set(block, records)
    if (recent.size > mostRecent) for (const oldest of [...recent.keys()].slice(0, 1)) recent.delete(oldest)
    const record = records[index % recordsAtOnce]
    if (record === undefined) throw new RangeError(`The gazetteer has no record ${index}.`)
    return record
  }
}

/** Number of the country within whose borders a position lies; 0 for none. */
function countryAt(arrays: Arrays, latitude: number, longitude: number): number {
  const { polygonCountries, polygonBoxes, polygonRings, rings, outline } = arrays
  // By index: this is asked for every photo, and iterators would take most of the time.
  for (let polygon = 0; polygon < polygonCountries.length; polygon += 1) {
    const box = polygon * 4
    if (
      longitude < (polygonBoxes[box] ?? 0) ||
      latitude < (polygonBoxes[box + 1] ?? 0) ||
      longitude > (polygonBoxes[box + 2] ?? 0) ||
      latitude > (polygonBoxes[box + 3] ?? 0)
    )
      continue
    let inside = false
    const end = polygonRings[polygon + 1] ?? 0
    for (let ring = polygonRings[polygon] ?? 0; ring < end; ring += 1)
      if (crossesOddly(outline, rings[ring] ?? 0, rings[ring + 1] ?? 0, latitude, longitude)) inside = !inside
    if (inside) return polygonCountries[polygon] ?? 0
  }
  return 0
}

/** Whether a ray to the east crosses the ring an odd number of times. */
function crossesOddly(
  outline: Float32Array,
  from: number,
  to: number,
  latitude: number,
  longitude: number,
): boolean {
  let odd = false
  let x0 = outline[2 * (to - 1)] ?? 0
  let y0 = outline[2 * (to - 1) + 1] ?? 0
  for (let at = from; at < to; at += 1) {
    const x1 = outline[2 * at] ?? 0
    const y1 = outline[2 * at + 1] ?? 0
    if (y0 > latitude !== y1 > latitude && longitude < ((x1 - x0) * (latitude - y0)) / (y1 - y0) + x0)
      odd = !odd
    x0 = x1
    y0 = y1
  }
  return odd
}

/** A search in the tree of towns; `within`: number of the country they must lie in, 0 for any. */
function nearestIn(
  { points, reaches, borders }: Arrays,
  towns: number,
  longestReach: number,
): (latitude: number, longitude: number, within: number) => number | null {
  return (latitude, longitude, within) => {
    const target = onSphere(latitude, longitude)
    let best: number | null = null
    /** Distance of its edge. */
    let least = farthestTown

    const visit = (from: number, to: number, axis: 0 | 1 | 2): void => {
      if (from >= to) return
      const middle = (from + to) >> 1
      const beyond = target[axis] - (points[3 * middle + axis] ?? 0)
      const next = axis === 2 ? 0 : axis === 0 ? 1 : 2
      if (beyond < 0) visit(from, middle, next)
      else visit(middle + 1, to, next)
      // Another edge may reach over the dividing plane.
      if (Math.abs(beyond) > Math.min(farthestTown, least + longestReach)) return
      weigh(middle)
      if (beyond < 0) visit(middle + 1, to, next)
      else visit(from, middle, next)
    }
    const weigh = (town: number): void => {
      if (within !== 0 && borders[town] !== within) return
      const x = target[0] - (points[3 * town] ?? 0)
      const y = target[1] - (points[3 * town + 1] ?? 0)
      const z = target[2] - (points[3 * town + 2] ?? 0)
      const away = alongGround(Math.sqrt(x * x + y * y + z * z))
      const edge = away - (reaches[town] ?? 0)
      if (away > farthestTown || edge >= least) return
      best = town
      least = edge
    }
    visit(0, towns, 0)
    return best
  }
}
