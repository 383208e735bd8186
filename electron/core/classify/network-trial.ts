import type { NetworkTrial } from '../contract/networks.ts'
import type { Classifier } from './classification.ts'
import { createClassifier } from './create-classifier.ts'
import { goldenPictures } from './golden-pictures.ts'
import type { ModelFile } from './model-files.ts'
import { topFive } from './top-five.ts'

/** Largest difference between two answers about one picture: what it gives is to follow from the picture alone. */
const tolerance = 1e-3

/**
 * Shows a network the golden pictures twice, on the CPU. Blocks the thread, and a file that is no good may crash the
 * process: call it in one that nobody will miss.
 */
export async function tryNetwork(model: ModelFile): Promise<NetworkTrial> {
  const pictures = goldenPictures()
  const none = { milliseconds: null, recognised: 0, shown: pictures.length }
  let classifier: Classifier | null = null
  try {
    classifier = await createClassifier({ model, provider: 'cpu' })
    let fastest = Number.POSITIVE_INFINITY
    const answers: Float32Array[] = []
    for (const picture of [...pictures, ...pictures]) {
      const start = performance.now()
      const { probabilities } = await classifier.classify(picture.rgb, 'probabilities')
      // Whatever else runs on the machine can only add to the time.
      fastest = Math.min(fastest, performance.now() - start)
      answers.push(probabilities)
    }
    const mistake = mistakeIn(answers.slice(0, pictures.length), answers.slice(pictures.length))
    if (mistake !== null) return { outcome: 'wrong', reason: mistake, ...none }
    const recognised = pictures.filter(({ answer }, at) => {
      const [[expected] = [-1]] = [...answer].toSorted(([, one], [, other]) => other - one)
      return topFive(answers[at] ?? new Float32Array()).some(({ classIndex }) => classIndex === expected)
    }).length
    const reason = `It recognises ${recognised} of ${pictures.length} drawn pictures.`
    return { outcome: 'works', reason, milliseconds: fastest, recognised, shown: pictures.length }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { outcome: 'unusable', reason, ...none }
  } finally {
    await classifier?.release().catch(() => null)
  }
}

function mistakeIn(first: readonly Float32Array[], second: readonly Float32Array[]): string | null {
  if (first.some((answer, at) => !isAlike(answer, second[at]))) {
    return 'It says something else of the same picture when it is asked again.'
  }
  if (first.every((answer) => isAlike(answer, first[0]))) {
    return 'It says the same of every picture: the mean, the deviation or the order of the channels may be others.'
  }
  return null
}

function isAlike(one: Float32Array, other: Float32Array | undefined): boolean {
  return one.every((value, at) => Math.abs(value - (other?.[at] ?? Number.NaN)) < tolerance)
}
