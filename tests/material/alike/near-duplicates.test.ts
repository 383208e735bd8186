import { basename } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  distanceOf,
  isMirroredPicture,
  isSamePicture,
  type NearPair,
} from '../../../electron/core/alike/near-duplicates.ts'
import { differingBits, hashWords, mirroredHash } from '../../../electron/core/alike/picture-hash.ts'
import { greyOf } from '../../../electron/core/alike/small-pictures.ts'
import { burstOf, changes } from './changes.ts'
import {
  candidatePairs,
  descriptorOf,
  foundPairs,
  inputOf,
  openEyes,
  photosOf,
  tableOf,
  type Eyes,
} from './shown.ts'

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

/** Which of some pairs of rows are found among all, and which are looked at for it. */
function shares(others: readonly Shown[], wanted: readonly (readonly [number, number])[]) {
  const table = tableWith(others)
  const all = [...photos, ...others]
  const share = (pairs: readonly { readonly one: number; readonly other: number }[]): number => {
    const keys = new Set(pairs.map(({ one, other }) => keyOf(one, other)))
    return wanted.filter(([one, other]) => keys.has(keyOf(one, other))).length / wanted.length
  }
  const asked = new Set(wanted.map(([one, other]) => keyOf(one, other)))
  const found = share(
    foundPairs(
      table,
      (row) => all[row]?.grey ?? new Uint8Array(0),
      (one, other) => asked.has(keyOf(one, other)),
    ).pairs,
  )
  return { found, lookedAt: share(candidatePairs(table)) }
}

describe('photos of the world', () => {
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
    const { pairs, registered } = foundPairs(table, (row) => photos[row]?.grey ?? new Uint8Array(0))
    expect(pairs.map(called).toSorted()).toEqual([...realPairs, ...realCuts].toSorted())
    const share = registered / ((table.count * (table.count - 1)) / 2)
    console.log(`pairs registered: ${(share * 100).toFixed(2)} %`)
    expect(share).toBeLessThan(0.01)
  }, 300_000)

  it.each(Object.entries(changes))(
    'are found again when they are %s',
    async (kind, { least, change }) => {
      const originals = [...names.keys()].filter((at) => at % 17 === 0)
      const variants: Shown[] = []
      for (const [number, at] of originals.entries()) {
        const { width, height } = await sharp(names[at]).metadata()
        variants.push(await shown(await change(sharp(names[at]), width, height, number)))
      }
      const { found, lookedAt } = shares(
        variants,
        originals.map((at, number) => [at, photos.length + number]),
      )
      console.log(`${kind}: looked at ${lookedAt.toFixed(3)}, found ${found.toFixed(3)}`)
      expect(found).toBeGreaterThanOrEqual(least)
      expect(lookedAt).toBeGreaterThanOrEqual(0.98)
    },
    300_000,
  )

  it.each([
    [3, 0.94],
    [8, 0.86],
  ])(
    'taken one after the other are found: moved by %s %%',
    async (percent, least) => {
      const frames: Shown[] = []
      for (const [number, name] of names.filter((_, at) => at % 17 === 0).entries())
        for (const frame of await burstOf(name, percent / 100, number)) frames.push(await shown(frame))
      const { found, lookedAt } = shares(
        frames,
        Array.from({ length: frames.length / 2 }, (_, at) => [
          photos.length + 2 * at,
          photos.length + 2 * at + 1,
        ]),
      )
      console.log(`burst ± ${percent} %: looked at ${lookedAt.toFixed(3)}, found ${found.toFixed(3)}`)
      expect(found).toBeGreaterThanOrEqual(least)
      expect(lookedAt).toBeGreaterThanOrEqual(0.98)
    },
    300_000,
  )
})
