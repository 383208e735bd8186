import { expect, test } from 'vitest'
import { ourRunner, percentWithin, photosIn, ranksOf } from '../../../electron/bench/runners.ts'
import { createClassifier } from '../../../electron/core/classify/create-classifier.ts'
import { findModels } from '../../../electron/core/classify/model-files.ts'
import { meanProbabilities, viewsOf } from '../../../electron/core/classify/views.ts'
import { looks, rightOfHundred } from '../../../electron/core/contract/looks.ts'
import { cacheFolder } from '../../../native-models/make.ts'
import { sharedPath } from '../shared.ts'

test('a careful look gains on the 650 photos what the settings say', async () => {
  const models = await findModels(cacheFolder)
  if (!models.ok) throw new Error(models.error.message)
  const photos = await photosIn(sharedPath('photos/validation'))
  const classifier = await createClassifier({
    model: models.value.int8 ?? models.value.fp32,
    provider: 'cpu',
  })
  const run = ourRunner(classifier)
  // The views of a look are the first ones of the most careful one, so each is asked about once.
  const answers = new Map<Uint8Array, Float32Array[]>()
  for (const { rgb } of photos) {
    const ofPhoto: Float32Array[] = []
    for (const view of viewsOf(rgb, 'crops')) ofPhoto.push(await run(view))
    answers.set(rgb, ofPhoto)
  }
  const [{ rgb: any } = { rgb: new Uint8Array() }] = photos
  for (const look of looks) {
    const views = viewsOf(any, look)
    expect(views).toEqual(viewsOf(any, 'crops').slice(0, views.length))
    const ranks = await ranksOf(
      (rgb) => Promise.resolve(meanProbabilities((answers.get(rgb) ?? []).slice(0, views.length))),
      photos,
    )
    expect(ranks).toHaveLength(650)
    // Processors round integers differently: a few photos either way.
    expect(Math.abs(percentWithin(ranks, 1) - rightOfHundred[look].first)).toBeLessThan(0.7)
    expect(Math.abs(percentWithin(ranks, 5) - rightOfHundred[look].amongFive)).toBeLessThan(0.7)
  }
  await classifier.release()
  // 2,600 runs on one thread: 17 s of processor time, of which a busy machine gives little.
}, 900_000)
