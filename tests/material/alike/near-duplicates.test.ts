import { basename } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  distanceOf,
  isMirroredPicture,
  isSamePicture,
  nearRows,
  type NearPair,
} from '../../../electron/core/alike/near-duplicates.ts'
import { differingBits, hashWords, mirroredHash } from '../../../electron/core/alike/picture-hash.ts'
import { greyOf } from '../../../electron/core/alike/small-pictures.ts'
import { createCandidates } from '../../../electron/core/alike/candidates.ts'
import { createSignIndex } from '../../../electron/core/alike/sign-bits.ts'
import { burstOf, changes, type Change } from './changes.ts'
import {
  descriptorOf,
  foundPairs,
  inputOf,
  openEyes,
  photosOf,
  tableOf,
  type Eyes,
  type Rows,
} from './shown.ts'
import { drawing } from './synthetic-descriptors.ts'

/** Photos that are one picture in the sets themselves: the same beach twice, the same sunflower in other tones … */
const realPairs = ['coast-21.jpg coast-25.jpg', 'sunflower-31.jpg sunflower-39.jpg']
/** … and the same stretch of road, cut in two ways. */
const realCuts = ['highway-21.jpg highway-35.jpg', 'highway-24.jpg highway-37.jpg']

/** What is known of a photo. */
interface Shown {
  readonly descriptor: Uint8Array
  readonly grey: Uint8Array
}

let eyes: Eyes
let names: string[]
let photos: Shown[]

const shown = async (picture: string | Buffer): Promise<Shown> => {
  const rgb = await inputOf(picture)
  return { descriptor: await descriptorOf(eyes, rgb), grey: greyOf(rgb) }
}

beforeAll(async () => {
  eyes = await openEyes()
  names = [...photosOf('labelled'), ...photosOf('validation'), ...photosOf('concepts')]
  photos = []
  for (const name of names) photos.push(await shown(name))
  // 1,730 photos; on a machine that does much else they take minutes.
}, 900_000)
afterAll(async () => {
  await eyes.classifier.release()
})

const called = ({ one, other }: NearPair): string =>
  [names[one] ?? '', names[other] ?? ''].map((name) => basename(name)).join(' ')

const tableWith = (others: readonly Shown[]): ReturnType<typeof tableOf> =>
  tableOf([...photos, ...others].map(({ descriptor }) => descriptor))

const keyOf = (one: number, other: number): string => `${one} ${other}`

const greyIn =
  (rows: readonly Shown[]) =>
  (row: number): Uint8Array =>
    rows[row]?.grey ?? new Uint8Array(0)

/** Every so many photos are changed. */
const step = 17
const originals = (): number[] => [...names.keys()].filter((at) => at % step === 0)

interface Variants {
  readonly rows: readonly Shown[]
  /** Which are to be found: rows after all photos, of one another or of a photo. */
  readonly wanted: readonly (readonly [one: number, other: number])[]
}

const once = <Key, Value>(make: (key: Key) => Promise<Value>): ((key: Key) => Promise<Value>) => {
  const made = new Map<Key, Promise<Value>>()
  return (key) => {
    const value = made.get(key) ?? make(key)
    made.set(key, value)
    return value
  }
}

/** One of each original. */
const changed = once(async (change: Change): Promise<Variants> => {
  const rows: Shown[] = []
  for (const [number, at] of originals().entries()) {
    const { width, height } = await sharp(names[at]).metadata()
    rows.push(await shown(await change(sharp(names[at]), width, height, number)))
  }
  return { rows, wanted: originals().map((at, number) => [at, photos.length + number]) }
})

/** Two of each original, moved by so many percent. */
const bursts = once(async (percent: number): Promise<Variants> => {
  const rows: Shown[] = []
  for (const [number, at] of originals().entries())
    for (const frame of await burstOf(names[at] ?? '', percent / 100, number)) rows.push(await shown(frame))
  const wanted = originals().map((_, number) => {
    const one = photos.length + 2 * number
    return [one, one + 1] as const
  })
  return { rows, wanted }
})

/** Which share of the variants is found among all photos, and which is looked at for it. */
function shares({ rows, wanted }: Variants) {
  const keys = new Set(wanted.map(([one, other]) => keyOf(one, other)))
  const found = foundPairs(tableWith(rows), greyIn([...photos, ...rows]), photos.length, (one, other) =>
    keys.has(keyOf(one, other)),
  )
  const share = (pairs: readonly Rows[]): number =>
    new Set(pairs.map(({ one, other }) => keyOf(one, other))).size / wanted.length
  return { found: share(found.pairs), lookedAt: share(found.lookedAt) }
}

/** Photos among which variants are sought too, enough for an index. */
const many = Number(process.env['PHOTOS'] ?? 25_000)

describe('photos of the world', { timeout: 1_800_000 }, () => {
  it('are not taken for one picture where they are two, in all 1.5 million pairs', () => {
    const table = tableWith([])
    const all: NearPair[] = []
    const hashOf = (row: number): Uint32Array => table.hashes.subarray(row * hashWords, (row + 1) * hashWords)
    const mirrors = Array.from({ length: table.count }, (_, row) => mirroredHash(hashOf(row)))
    for (let one = 0; one < table.count; one += 1) {
      for (let other = one + 1; other < table.count; other += 1) {
        const distance = distanceOf(table, one, other)
        const bits = differingBits(table.hashes, one * hashWords, table.hashes, other * hashWords)
        const mirrorBits = differingBits(table.hashes, one * hashWords, mirrors[other] ?? hashOf(other), 0)
        if (isSamePicture(distance, bits)) all.push({ one, other, mirrored: false })
        if (isMirroredPicture(distance, mirrorBits)) all.push({ one, other, mirrored: true })
      }
    }
    expect(all.map(called)).toEqual(realPairs)
    const { pairs, registered } = foundPairs(table, greyIn(photos), 0, () => true)
    expect(pairs.map(called).toSorted()).toEqual([...realPairs, ...realCuts].toSorted())
    const share = registered / ((table.count * (table.count - 1)) / 2)
    console.log(`pairs registered: ${(share * 100).toFixed(2)} %`)
    expect(share).toBeLessThan(0.01)
  })

  it.each(Object.entries(changes))('are found again when they are %s', async (kind, { least, change }) => {
    const { found, lookedAt } = shares(await changed(change))
    console.log(`${kind}: looked at ${lookedAt.toFixed(3)}, found ${found.toFixed(3)}`)
    expect(found).toBeGreaterThanOrEqual(least)
    expect(lookedAt).toBeGreaterThanOrEqual(0.98)
  })

  it.each([
    [3, 0.94],
    [8, 0.86],
  ])('taken one after the other are found: moved by %s %%', async (percent, least) => {
    const { found, lookedAt } = shares(await bursts(percent))
    console.log(`burst ± ${percent} %: looked at ${lookedAt.toFixed(3)}, found ${found.toFixed(3)}`)
    expect(found).toBeGreaterThanOrEqual(least)
    expect(lookedAt).toBeGreaterThanOrEqual(0.98)
  })

  it('are among what is looked at for their variants of each kind, of tens of thousands of photos', async () => {
    const some = Object.entries(changes).map(
      async ([kind, { change }]) => [kind, await changed(change)] as const,
    )
    const moved = [3, 8].map(async (percent) => [`burst ± ${percent} %`, await bursts(percent)] as const)
    const variants = [...(await Promise.all(some)), ...(await Promise.all(moved))]
    const all = photos.map(({ descriptor }) => descriptor)
    const draw = drawing([...all])
    const rows = variants.reduce((sum, [, of]) => sum + of.rows.length, 0)
    // Variants come last, so that they are sought among all others.
    while (all.length < many - rows) all.push(draw())
    /** By the later row of a pair. */
    const wanted = new Map<number, { readonly kind: string; readonly one: number }>()
    for (const [kind, of] of variants) {
      const before = all.length - photos.length
      all.push(...of.rows.map(({ descriptor }) => descriptor))
      const placed = (row: number): number => (row < photos.length ? row : row + before)
      for (const [one, other] of of.wanted) wanted.set(placed(other), { kind, one: placed(one) })
    }
    const table = tableOf(all)
    const candidates = createCandidates(createSignIndex())
    const found = new Map<string, boolean[]>()
    let looked = 0
    const before = process.cpuUsage()
    for (const _ of candidates.bring(table, many, () => false));
    for (let row = 0; row < many; row += 1) {
      const mirrored = mirroredHash(table.hashes.subarray(row * hashWords, (row + 1) * hashWords))
      const others = new Set(candidates.of(row, mirrored, (other) => other < row))
      nearRows(table, row, mirrored, others)
      looked += others.size
      const pair = wanted.get(row)
      if (pair !== undefined) found.set(pair.kind, [...(found.get(pair.kind) ?? []), others.has(pair.one)])
    }
    const { user, system } = process.cpuUsage(before)
    console.log(`compared: ${((user + system) / 1000 / many).toFixed(3)} ms of processor time a photo`)
    const shares = [...found].map(
      ([kind, hits]) => [kind, hits.filter(Boolean).length / hits.length] as const,
    )
    for (const [kind, share] of shares) console.log(`${kind}: ${share.toFixed(3)}`)
    const share = looked / ((many * (many - 1)) / 2)
    console.log(`looked at: ${(share * 100).toFixed(2)} %`)
    expect(shares.filter(([, found]) => found < 0.98)).toEqual([])
    expect(share).toBeLessThan(0.01)
  })
})
