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
  for (const look of looks) {
    const ranks = await ranksOf(async (rgb) => {
      const answers: Float32Array[] = []
      for (const view of viewsOf(rgb, look)) answers.push(await run(view))
      return meanProbabilities(answers)
    }, photos)
    expect(ranks).toHaveLength(650)
    // Processors round integers differently: a few photos either way.
    expect(Math.abs(percentWithin(ranks, 1) - rightOfHundred[look].first)).toBeLessThan(0.7)
    expect(Math.abs(percentWithin(ranks, 5) - rightOfHundred[look].amongFive)).toBeLessThan(0.7)
  }
  await classifier.release()
  // 4,550 runs on one thread: 30 s of processor time, of which a busy machine gives little.
}, 900_000)
