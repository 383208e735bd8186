import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { sharedPath } from '../material/shared.ts'

/** mulberry32: the same seed gives the same numbers, 0 to below 1, everywhere. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Paths of the test collections' files, in a fixed order. */
export function corpusFiles(): string[] {
  const root = sharedPath('photos', 'corpus')
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((name) => join(root, name))
    .filter((path) => statSync(path).isFile())
    .sort()
}

/** Bit flips (mostly near the beginning, where headers are), a truncation, or a splice with another file. */
export function mutate(bytes: Buffer, other: Buffer, random: () => number): Buffer {
  const kind = random()
  const below = (limit: number) => Math.floor(random() * limit)
  if (kind < 0.6) {
    const mutated = Buffer.from(bytes)
    const reach = random() < 0.7 ? Math.min(mutated.length, 2000) : mutated.length
    if (reach === 0) return mutated
    for (let flips = 1 + below(12); flips > 0; flips--) {
      const at = below(reach)
      mutated[at] = random() < 0.5 ? (mutated[at] ?? 0) ^ (1 << below(8)) : below(256)
    }
    return mutated
  }
  if (kind < 0.8) return bytes.subarray(0, below(bytes.length + 1))
  return Buffer.concat([bytes.subarray(0, below(bytes.length + 1)), other.subarray(below(other.length + 1))])
}
