import { basename, resolve } from 'node:path'
import { createDescriber } from '../core/alike/descriptor.ts'
import type { ShownPicture } from '../core/alike/shown-pictures.ts'
import { createClassifier } from '../core/classify/create-classifier.ts'
import { findModels } from '../core/classify/model-files.ts'
import { KartotekaError, valueOf } from '../core/contract/failure.ts'
import { standardLimits } from '../core/imaging/limits.ts'
import { readPhoto } from '../core/imaging/read-photo.ts'
import { printable } from './output.ts'

/**
 * What a picture looks like whose file no library needs to know. Nothing of it is kept.
 * @throws KartotekaError `unsupported` for what is no picture, `model-missing` or `model-invalid` without a model
 */
export async function outsidePicture(path: string): Promise<ShownPicture> {
  const outcome = await readPhoto(resolve(path), standardLimits)
  if (!outcome.ok) throw new KartotekaError('unsupported', `${printable(path)}: ${outcome.problem.reason}`)
  const { fp32 } = valueOf(await findModels())
  const { contentHash, modelInput } = outcome.reading
  const classifier = await createClassifier({ model: fp32, provider: 'cpu' })
  try {
    const { features } = await classifier.classify(modelInput, 'features')
    const descriptor = createDescriber(fp32.projection).describe(features, modelInput)
    return { mark: `@${contentHash.slice(0, 8)}`, name: basename(path), descriptor }
  } finally {
    await classifier.release()
  }
}
