import { describe, expect, test } from 'vitest'
import { createClassifier } from '../../../electron/core/classify/create-classifier.ts'
import { findModels, type ModelFile, type ModelFiles } from '../../../electron/core/classify/model-files.ts'
import { openNativeSession } from '../../../electron/core/classify/native-session.ts'
import { topFive } from '../../../electron/core/classify/top-five.ts'
import { tryOut } from '../../../electron/core/classify/trial.ts'
import { standardLimits } from '../../../electron/core/imaging/limits.ts'
import { readPhoto } from '../../../electron/core/imaging/read-photo.ts'
import { modelsFolder } from '../../fixtures/synthetic.ts'
import { photoPath, testPhotos } from '../../fixtures/photos.ts'

const found = await findModels()
if (!found.ok) throw new Error(found.error.message)
const models: ModelFiles = found.value

test('is what the app finds', () => {
  expect(models.folder).toBe(modelsFolder)
})

describe.each([
  ['floats', models.fp32],
  ['int8', models.int8 ?? expect.fail('No int8 model was made')],
])('in %s', (_, model: ModelFile) => {
  test('sees in every photo what it shows', async () => {
    const classifier = await createClassifier({ model, provider: 'cpu' })
    const mistaken: string[] = []
    for (const { file, classIndex } of testPhotos) {
      const outcome = await readPhoto(photoPath(file), standardLimits)
      if (!outcome.ok) throw new Error(outcome.problem.reason)
      const { probabilities } = await classifier.classify(outcome.reading.modelInput, 'probabilities')
      const [best] = topFive(probabilities)
      if (best?.classIndex !== classIndex || best.probability < 0.65) {
        mistaken.push(`${file}: ${best?.classIndex} at ${best?.probability}`)
      }
    }
    await classifier.release()
    expect(mistaken).toEqual([])
  })

  test('gives the golden pictures the answers of the published network', async () => {
    const trial = await tryOut({ model, provider: 'cpu' }, openNativeSession)
    expect(trial).toMatchObject({ outcome: 'works' })
  })
})
