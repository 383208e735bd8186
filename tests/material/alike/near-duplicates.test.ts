import { basename } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  distanceOf,
  isMirroredPicture,
  isSamePicture,
  type NearPair,
} from '../../../electron/core/alike/near-duplicates.ts'
import { differingBits, hashWords, mirroredHash } from '../../../electron/core/alike/picture-hash.ts'
import type { FeatureTable } from '../../../electron/core/alike/load-features.ts'
import { descriptorOf, foundPairs, inputOf, openEyes, photosOf, tableOf, type Eyes } from './shown.ts'

/** Photos that are one picture in the sets themselves: the same beach twice, the same sunflower in other tones. */
const realPairs = ['coast-21.jpg coast-25.jpg', 'sunflower-31.jpg sunflower-39.jpg']

let eyes: Eyes
let names: string[]
let descriptors: Uint8Array[]

beforeAll(async () => {
  eyes = await openEyes()
  names = [...photosOf('labelled'), ...photosOf('validation'), ...photosOf('concepts')]
  descriptors = []
  for (const name of names) descriptors.push(await descriptorOf(eyes, await inputOf(name)))
  // 1,730 photos; on a machine that does much else they take minutes.
}, 900_000)
afterAll(async () => {
  await eyes.classifier.release()
})

const called = ({ one, other }: NearPair): string =>
  [names[one] ?? '', names[other] ?? ''].map((name) => basename(name)).join(' ')

type Change = (picture: Sharp, width: number, height: number) => Sharp

const cut =
  (share: number): Change =>
  (picture, width, height) => {
    const [w, h] = [Math.round(width * (1 - share)), Math.round(height * (1 - share))]
    return picture.extract({
      left: Math.round((width - w) * 0.7),
      top: Math.round((height - h) * 0.3),
      width: w,
      height: h,
    })
  }

/** What is done to a photo, and which share of the variants has to be found again. */
const changes: Readonly<Record<string, { readonly least: number; readonly change: Change }>> = {
  'made a quarter as large': {
    least: 0.97,
    change: (picture, width) => picture.resize(Math.round(width / 4)),
  },
  'made half as large': { least: 0.99, change: (picture, width) => picture.resize(Math.round(width / 2)) },
  'compressed to quality 40': { least: 0.99, change: (picture) => picture.jpeg({ quality: 40 }) },
  'made lighter and stronger in colour': {
    least: 0.99,
    change: (picture) => picture.modulate({ brightness: 1.15, saturation: 1.2 }).linear(1.1, -8),
  },
  'made black and white': { least: 0.99, change: (picture) => picture.greyscale() },
  'cut by 5 %': { least: 0.99, change: cut(0.05) },
  'cut by 10 %': { least: 0.9, change: cut(0.1) },
  mirrored: { least: 0.99, change: (picture) => picture.flop() },
}

describe('photos of the world', () => {
  it('are not taken for one picture where they are two, in all 1.5 million pairs', () => {
    const table = tableOf(descriptors)
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
    expect(foundPairs(table).map(called).toSorted()).toEqual(realPairs)
  })

  it.each(Object.entries(changes))('are found again when they are %s', async (_, { least, change }) => {
    const originals = [...names.keys()].filter((at) => at < 850 && at % 17 === 0)
    const variants: Uint8Array[] = []
    for (const at of originals) {
      const picture = sharp(names[at])
      const { width, height } = await picture.metadata()
      const made = await change(picture, width, height).jpeg({ quality: 90 }).toBuffer()
      variants.push(await descriptorOf(eyes, await inputOf(made)))
    }
    const table: FeatureTable = tableOf([...descriptors, ...variants])
    const found = new Set(foundPairs(table).map(({ one, other }) => `${one} ${other}`))
    const again = originals.filter((at, variant) => found.has(`${at} ${descriptors.length + variant}`))
    expect(again.length / originals.length).toBeGreaterThanOrEqual(least)
  })
})
