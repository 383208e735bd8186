import { afterAll, beforeAll, expect, it } from 'vitest'
import { components } from '../../../electron/core/alike/descriptor.ts'
import { cosineOf } from '../../../electron/core/alike/similar.ts'
import { standardLimits } from '../../../electron/core/imaging/limits.ts'
import { readPhoto } from '../../../electron/core/imaging/read-photo.ts'
import { thumbnailInput } from '../../../electron/core/imaging/thumbnail-input.ts'
import { descriptorOf, openEyes, photosOf, type Eyes } from './shown.ts'

let eyes: Eyes
beforeAll(async () => {
  eyes = await openEyes()
})
afterAll(async () => {
  await eyes.classifier.release()
})

const featuresOf = (bytes: Uint8Array): Float32Array =>
  Float32Array.from(new Int8Array(bytes.buffer, bytes.byteOffset, components))

/** Older libraries get their features from thumbnails, which are no larger than 512 pixels and compressed. */
it('are the same of a photo and of its thumbnail', async () => {
  const cosines: number[] = []
  for (const path of photosOf('labelled', 2)) {
    const read = await readPhoto(path, standardLimits)
    if (!read.ok) continue
    const { modelInput, thumbnail } = read.reading
    const whole = await descriptorOf(eyes, modelInput)
    const small = await descriptorOf(eyes, await thumbnailInput(thumbnail))
    cosines.push(cosineOf(featuresOf(whole), featuresOf(small)))
  }
  cosines.sort((one, other) => one - other)
  expect(cosines.length).toBeGreaterThan(90)
  expect(cosines[Math.floor(cosines.length / 20)]).toBeGreaterThan(0.97)
  expect(cosines[Math.floor(cosines.length / 2)]).toBeGreaterThan(0.99)
})
