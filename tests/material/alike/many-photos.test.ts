import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createCandidates } from '../../../electron/core/alike/candidates.ts'
import { components, descriptorBytes } from '../../../electron/core/alike/descriptor.ts'
import { hashWords, mirroredHash } from '../../../electron/core/alike/picture-hash.ts'
import { createSignIndex } from '../../../electron/core/alike/sign-bits.ts'
import { randomSource } from '../../../electron/bench/synthetic-tags.ts'
import { burstOf, changes } from './changes.ts'
import { descriptorOf, inputOf, openEyes, photosOf, tableOf, type Eyes } from './shown.ts'

/** Photos among which the variants are sought, enough for graphs; all above those that there are are drawn as these are spread. */
const many = Number(process.env['PHOTOS'] ?? 25_000)
/** Photos of which variants are made: others than those of near-duplicates.test.ts; three times as many in a long run. */
const each = process.env['PHOTOS'] === undefined ? 51 : 17
const isChosen = (at: number): boolean => at % each === 8

let eyes: Eyes
const look = async (picture: string | Buffer): Promise<Uint8Array> =>
  descriptorOf(eyes, await inputOf(picture))
beforeAll(async () => {
  eyes = await openEyes()
})
afterAll(async () => {
  await eyes.classifier.release()
})

const random = randomSource(23)
const normal = (): number => Math.sqrt(-2 * Math.log(random() || 1e-9)) * Math.cos(2 * Math.PI * random())

/** Share of its distance from the mean that a drawn photo has from another; the rest of its way is its own. */
const shared = Math.sqrt(1 - 0.82 ** 2)
/** Photos of whose differences from the mean its own way is made: a sum of that many is spread nearly as they are. */
const summed = 24

const any = <Value>(values: readonly Value[]): Value | undefined =>
  values[Math.floor(random() * values.length)]

/** Draws descriptors about as far from those that there are, and from each other, as these are. */
function drawing(photos: readonly Uint8Array[]): () => Uint8Array {
  const features = photos.map(({ buffer, byteOffset }) => new Int8Array(buffer, byteOffset, components))
  const mean = Float32Array.from({ length: components }, (_, at) =>
    features.reduce((sum, values) => sum + (values[at] ?? 0) / features.length, 0),
  )
  return () => {
    const descriptor = new Uint8Array(descriptorBytes)
    const drawn = new Int8Array(descriptor.buffer, 0, components)
    const ways = Array.from({ length: summed }, () => ({
      values: any(features),
      share: (normal() / Math.sqrt(summed)) * 0.82,
    }))
    ways.push({ values: any(features), share: shared })
    for (let at = 0; at < components; at += 1) {
      let value = mean[at] ?? 0
      for (const { values, share } of ways) value += share * ((values?.[at] ?? 0) - (mean[at] ?? 0))
      drawn[at] = Math.max(-127, Math.min(127, Math.round(value)))
    }
    // Of a hash some bits are others; of few of them nearly none, so that there are hashes that are hard to tell apart.
    const [hash, flips] = [any(photos)?.subarray(components), 0.08 + random() * 0.27]
    for (let at = 0; at < hashWords * 4; at += 1) {
      let byte = hash?.[at] ?? 0
      for (let bit = 0; bit < 8; bit += 1) if (random() < flips) byte ^= 1 << bit
      descriptor[components + at] = byte
    }
    return descriptor
  }
}

it('variants of each kind are among what is looked at, of tens of thousands of photos', async () => {
  const names = [...photosOf('labelled'), ...photosOf('validation'), ...photosOf('concepts')]
  const all: Uint8Array[] = []
  for (const name of names) all.push(await look(name))
  const draw = drawing([...all])
  const wanted: { readonly kind: string; readonly one: number; readonly other: number }[] = []
  for (const [at, name] of names.entries()) {
    if (!isChosen(at)) continue
    const { width, height } = await sharp(name).metadata()
    for (const [kind, { change }] of Object.entries(changes)) {
      wanted.push({ kind, one: at, other: all.length })
      all.push(await look(await change(sharp(name), width, height, at)))
    }
    for (const percent of [3, 8]) {
      wanted.push({ kind: `burst ± ${percent} %`, one: all.length, other: all.length + 1 })
      for (const frame of await burstOf(name, percent / 100, at)) all.push(await look(frame))
    }
  }
  while (all.length < many) all.push(draw())
  const table = tableOf(all)
  const candidates = createCandidates(createSignIndex())
  const before = process.cpuUsage()
  for (const _ of candidates.bring(table, many));
  const { user } = process.cpuUsage(before)
  console.log(`graphs: ${(user / 1000 / many).toFixed(3)} ms a photo`)
  const found = new Map<string, boolean[]>()
  let looked = 0
  for (const { kind, one, other } of wanted) {
    const mirrored = mirroredHash(table.hashes.subarray(other * hashWords, (other + 1) * hashWords))
    const rows = [...candidates.of(other, mirrored, () => true)]
    looked += rows.length
    found.set(kind, [...(found.get(kind) ?? []), rows.includes(one)])
  }
  const shares = [...found].map(([kind, hits]) => [kind, hits.filter(Boolean).length / hits.length] as const)
  for (const [kind, share] of shares) console.log(`${kind}: ${share.toFixed(3)}`)
  console.log(`looked at: ${((looked / wanted.length / many) * 100).toFixed(2)} %`)
  // Of a few dozen photos one may be missed.
  const least = Math.min(0.98, 1 - 1 / (found.get('mirrored')?.length ?? 1))
  for (const [kind, share] of shares) expect([kind, share >= least]).toEqual([kind, true])
  expect(looked / wanted.length / many).toBeLessThan(0.01)
}, 1_800_000)
