import { expect, it } from 'vitest'
import type { Look } from '../../../electron/core/contract/looks.ts'
import { topFive } from '../../../electron/core/classify/top-five.ts'
import { meanProbabilities, viewsOf } from '../../../electron/core/classify/views.ts'
import { createClassifier } from '../../../electron/core/classify/create-classifier.ts'
import { standardLimits } from '../../../electron/core/imaging/limits.ts'
import { readPhoto as readFile } from '../../../electron/core/imaging/read-photo.ts'
import { decide, decisionsOf } from '../../../electron/core/library/decisions/decisions.ts'
import { readPhoto } from '../../../electron/core/library/photos/details.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import {
  usualModel,
  filesIn,
  index,
  noModel,
  numbered,
  putPhotos,
  scratch,
  start,
  testLibrary,
} from './index-photos.ts'

const as = (look: Look) => ({ options: { look: () => look } })

/** The best tag of each photo with its probability, and how it was looked at. */
function found(library: Library) {
  return filesIn(library).map(({ photoId }) => {
    const photo = readPhoto(library, photoId ?? 0)
    return { ...photo?.tags[0], look: photo?.model?.look }
  })
}

it('photos are looked at again when the look is changed, and back; decisions and features stay', async () => {
  const folder = scratch()
  putPhotos(folder, numbered(4))
  const library = testLibrary()
  const features = watchFeatures(library)
  await index(library, { folders: [folder] })
  const plain = found(library)
  const ids = filesIn(library).flatMap(({ photoId }) => photoId ?? [])
  const term = plain[0]?.classIndex ?? -1
  decide(library, ids, term, 'removed')
  const ofPlain = features.splice(0)

  // Without a model there is nothing to look with; the next run still knows.
  await index(library, { options: { look: () => 'mirror', chooseModel: noModel } })
  expect(found(library)).toEqual(plain)

  // A run for the queue alone, stopped at the first photo that is stored.
  const atFirst: ReturnType<typeof found> = []
  const run = await start(library, {
    folders: [],
    options: {
      look: () => 'mirror',
      onStored: () => {
        if (atFirst.length === 0) atFirst.push(...found(library))
        run.stop()
      },
    },
  })
  await run.finished
  // Those that were not reached have the tags they had.
  expect(atFirst).toHaveLength(4)
  const unreached = atFirst.filter(({ look }) => look === 'plain')
  expect(plain).toEqual(expect.arrayContaining(unreached))
  await index(library, { folders: [], ...as('mirror') })
  const mirrored = found(library)
  expect(mirrored.map(({ look }) => look)).toEqual(Array.from({ length: 4 }, () => 'mirror'))
  expect(mirrored[0]?.probability).toBeCloseTo(await expectedOf(`${folder}/0.jpg`, 'mirror'), 5)
  expect(ids.map((id) => decisionsOf(library, id))).toEqual(ids.map(() => [{ term, verdict: 'removed' }]))
  expect(features).toHaveLength(4)
  expect(ofPlain).toEqual(expect.arrayContaining(features))

  expect(await index(library, as('mirror'))).toMatchObject({ indexed: 0, inferences: 0 })
  expect(await index(library, as('plain'))).toMatchObject({ indexed: 4, inferences: 4 })
  expect(found(library)).toEqual(plain)
  expect(ids.map((id) => decisionsOf(library, id))).toEqual(ids.map(() => [{ term, verdict: 'removed' }]))
})

/** What is kept of how photos look, as it comes: photo and bytes. */
function watchFeatures(library: Library): string[] {
  const kept: string[] = []
  const { put } = library.features
  library.features.put = (descriptors) => {
    for (const { photoId, descriptor } of descriptors) {
      kept.push(`${photoId} ${Buffer.from(descriptor.bytes).toString('hex')}`)
    }
    put.call(library.features, descriptors)
  }
  return kept
}

/** Probability of the best class by the mean of the views. */
async function expectedOf(path: string, look: Look): Promise<number> {
  const model = await usualModel()
  const photo = await readFile(path, standardLimits)
  if (!model.ok || !photo.ok) throw new Error('The photo cannot be looked at')
  const classifier = await createClassifier(model.value.choice)
  const answers: Float32Array[] = []
  for (const view of viewsOf(photo.reading.modelInput, look)) {
    answers.push((await classifier.classify(view, 'probabilities')).probabilities)
  }
  await classifier.release()
  return topFive(meanProbabilities(answers))[0]?.probability ?? -1
}
