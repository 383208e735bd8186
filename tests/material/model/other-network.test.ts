import { expect, test } from 'vitest'
import { createClassifier } from '../../../electron/core/classify/create-classifier.ts'
import { goldenPictures } from '../../../electron/core/classify/golden-pictures.ts'
import type { ModelFile } from '../../../electron/core/classify/model-files.ts'
import { tryNetwork } from '../../../electron/core/classify/network-trial.ts'
import { sharedPath } from '../shared.ts'

test('the published GoogLeNet, taken in as another network, says what the app’s own says', async () => {
  const model: ModelFile = {
    path: sharedPath('native-models/googlenet-bvlc.onnx'),
    identity: { name: 'BVLC', precision: 'fp32', sha256: '0'.repeat(64), network: 'own-bvlc' },
    projection: null,
    interface: {
      input: { layout: 'nchw', order: 'bgr', mean: [123, 117, 104], deviation: [1, 1, 1] },
      output: 'probabilities',
    },
  }
  expect(await tryNetwork(model)).toMatchObject({ outcome: 'works', recognised: 4 })
  const classifier = await createClassifier({ model, provider: 'cpu' })
  for (const { rgb, answer } of goldenPictures()) {
    const { probabilities } = await classifier.classify(rgb, 'probabilities')
    for (const [classIndex, probability] of answer)
      expect(probabilities[classIndex]).toBeCloseTo(probability, 3)
  }
  await classifier.release()
})
