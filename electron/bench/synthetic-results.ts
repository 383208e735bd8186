import type { CategoryProbabilitiesOf } from '../core/labels/category-probabilities.ts'
import type { FileResult } from '../core/library/photos/store-results.ts'
import { classPicker, randomSource, tagsLike, type RandomSource } from './synthetic-tags.ts'

/** A result for whatever file. */
export type SyntheticResult = Omit<Extract<FileResult, { readonly kind: 'read' }>, 'fileId'>

/** Photos of one day. */
const perDay = 30
/** When the first one was taken: midnight, Unix time, milliseconds. */
export const firstDay = Date.UTC(2010, 0, 1)

/**
 * Results as workers would give for photos of many years, one day after the other.
 * @param thumbnailBytes how large their thumbnails are, at most
 */
export function syntheticResults(
  categoryProbabilitiesOf: CategoryProbabilitiesOf,
  thumbnailBytes: number,
): () => SyntheticResult {
  const random = randomSource(3)
  const pickClass = classPicker(random)
  const pixels = noise(thumbnailBytes, random)
  let made = 0
  return () => {
    const tags = tagsLike(pickClass, random)
    const probabilities = new Float32Array(1000)
    for (const { classIndex, probability } of tags) probabilities[classIndex] = probability
    const day = Math.floor(made / perDay)
    const takenAt = new Date(firstDay + day * 86_400_000 + 9 * 3_600_000 + (made % perDay) * 60_000)
    made += 1
    return {
      kind: 'read',
      reading: {
        format: 'jpeg',
        contentHash: noise(16, random).toString('hex'),
        bytes: 1_000_000,
        width: 4000,
        height: 3000,
        orientation: 1,
        thumbnail: pixels.subarray(Math.floor(random() * pixels.length * 0.5)),
        animated: false,
        damaged: null,
        facts: {
          content: {
            takenAt: takenAt.toISOString().slice(0, 19),
            takenPrecision: 'second',
            takenOffset: null,
            takenFrom: 'exif',
            position: null,
            camera: 'Canon EOS 5D',
            lens: null,
            exposure: { time: 0.01, fNumber: 4, iso: 100, focalLength: 50 },
            keywords: [],
            keywordPaths: [],
            rating: null,
          },
          sidecar: null,
        },
      },
      tagging: {
        tags: tags.map((tag, at) => ({ ...tag, rank: at + 1 })),
        categoryProbabilities: categoryProbabilitiesOf(probabilities),
        turn: 0,
      },
    }
  }
}

function noise(length: number, random: RandomSource): Buffer {
  const bytes = Buffer.alloc(length)
  for (let at = 0; at < length; at++) bytes[at] = Math.floor(random() * 256)
  return bytes
}
