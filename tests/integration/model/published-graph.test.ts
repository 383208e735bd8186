import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as ort from 'onnxruntime-node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClassifier } from '../../../electron/core/classify/create-classifier.ts'
import { findModels } from '../../../electron/core/classify/model-files.ts'
import { goldenPictures } from '../../../electron/core/classify/golden-pictures.ts'
import { standardLimits } from '../../../electron/core/imaging/limits.ts'
import { readPhoto } from '../../../electron/core/imaging/read-photo.ts'
import { modelsFolder } from '../../fixtures/synthetic.ts'
import { photoPath, testPhotos } from '../../fixtures/photos.ts'
import type { ModelManifest } from '../../../native-models/manifest.ts'

/** As Caffe's deploy file and the ONNX zoo have it: blue, green, red. */
const meanBgr = [104, 117, 123] as const
const area = 224 * 224

let published: ort.InferenceSession
/** 224×224 RGB: pictures of every colour, so that no two channels are alike. */
const pictures: Uint8Array[] = []

beforeAll(async () => {
  const manifest = JSON.parse(await readFile(join(modelsFolder, 'models.json'), 'utf8')) as ModelManifest
  published = await ort.InferenceSession.create(join(modelsFolder, manifest.published.file), {
    intraOpNumThreads: 1,
  })
  pictures.push(...goldenPictures().map(({ rgb }) => rgb))
  for (const { file } of testPhotos.filter((_, index) => index % 20 === 0)) {
    const outcome = await readPhoto(photoPath(file), standardLimits)
    if (!outcome.ok) throw new Error(outcome.problem.reason)
    pictures.push(outcome.reading.modelInput)
  }
})
afterAll(() => published.release())

/** What the network says as it was published: blue first, channel by channel, its mean subtracted beforehand. */
async function askPublished(rgb: Uint8Array): Promise<Float32Array> {
  const planes = new Float32Array(3 * area)
  for (let pixel = 0; pixel < area; pixel++) {
    const [red = 0, green = 0, blue = 0] = rgb.subarray(pixel * 3, pixel * 3 + 3)
    for (const [channel, value] of [blue, green, red].entries()) {
      planes[channel * area + pixel] = value - (meanBgr[channel] ?? 0)
    }
  }
  const results = await published.run({ data_0: new ort.Tensor('float32', planes, [1, 3, 224, 224]) })
  return results['prob_1']?.data as Float32Array
}

test.each([
  ['fp32', 0.0001],
  ['int8', 0.1],
] as const)(
  'the %s model gives what the published graph gives of the same weights, colour by colour',
  async (precision, most) => {
    const found = await findModels()
    if (!found.ok) throw new Error(found.error.message)
    const model = found.value[precision]
    if (model === null) throw new Error(`No ${precision} model was made`)
    const classifier = await createClassifier({ model, provider: 'cpu' })
    const differences: number[] = []
    for (const rgb of pictures) {
      const { probabilities } = await classifier.classify(rgb, 'probabilities')
      const expected = await askPublished(rgb)
      differences.push(
        probabilities.reduce(
          (sofar, value, index) => Math.max(sofar, Math.abs(value - (expected[index] ?? Number.NaN))),
          0,
        ),
      )
    }
    await classifier.release()
    expect(Math.max(...differences)).toBeLessThan(most)
  },
)
