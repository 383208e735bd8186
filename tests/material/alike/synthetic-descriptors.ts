import { components, descriptorBytes } from '../../../electron/core/alike/descriptor.ts'
import { hashWords } from '../../../electron/core/alike/picture-hash.ts'
import { randomSource } from '../../../electron/bench/synthetic-tags.ts'

/** Share of its distance from the mean that is a drawn photo's own; the rest of its way it has from another. */
const own = 0.82
const shared = Math.sqrt(1 - own ** 2)
/** Photos of whose differences from the mean its own way is made: a sum of that many is spread nearly as they are. */
const summed = 24

/** Draws descriptors about as far from those that there are, and from each other, as these are. The same each time. */
export function drawing(photos: readonly Uint8Array[]): () => Uint8Array {
  const random = randomSource(23)
  const normal = (): number => Math.sqrt(-2 * Math.log(random() || 1e-9)) * Math.cos(2 * Math.PI * random())
  const any = <Value>(values: readonly Value[]): Value | undefined =>
    values[Math.floor(random() * values.length)]
  const features = photos.map(({ buffer, byteOffset }) => new Int8Array(buffer, byteOffset, components))
  const mean = Float32Array.from({ length: components }, (_, at) =>
    features.reduce((sum, values) => sum + (values[at] ?? 0) / features.length, 0),
  )
  return () => {
    const descriptor = new Uint8Array(descriptorBytes)
    const drawn = new Int8Array(descriptor.buffer, 0, components)
    const ways = Array.from({ length: summed }, () => ({
      values: any(features),
      share: (normal() / Math.sqrt(summed)) * own,
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
