import type { Classifier } from './classification.ts'
import { createClassifier, type ModelChoice } from './create-classifier.ts'
import { type GoldenPicture, goldenPictures } from './golden-pictures.ts'
import type { OpenSession } from './native-session.ts'
import type { ProviderTrial } from './provider-trials.ts'

/**
 * Largest difference from the exact probabilities that still counts as the same answer. GPUs round otherwise
 * (some to 16 bits); int8 moves some probability between classes it finds alike.
 */
const tolerance = { fp32: 0.01, int8: 0.1 } as const

export type TrialResult = Pick<ProviderTrial, 'outcome' | 'reason' | 'milliseconds'>

/**
 * Opens a model with a provider, looks at every golden picture twice and times it (0.1–0.5 s on a CPU). Blocks
 * the thread, and a broken driver may crash the process.
 */
export async function tryOut(choice: ModelChoice, openSession: OpenSession): Promise<TrialResult> {
  let classifier: Classifier | null = null
  try {
    classifier = await createClassifier(choice, openSession)
    const pictures = goldenPictures()
    let fastest = Number.POSITIVE_INFINITY
    for (const picture of [...pictures, ...pictures]) {
      const start = performance.now()
      const { probabilities } = await classifier.classify(picture.rgb, 'probabilities')
      // Whatever else runs on the machine can only add to the time.
      fastest = Math.min(fastest, performance.now() - start)
      const mistake = findMistake(probabilities, picture, tolerance[choice.model.identity.precision])
      if (mistake !== null) return { outcome: 'wrong', reason: mistake, milliseconds: null }
    }
    return { outcome: 'works', reason: 'It gives the right answers.', milliseconds: fastest }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { outcome: 'unavailable', reason, milliseconds: null }
  } finally {
    await classifier?.release().catch(() => null)
  }
}

function findMistake(
  probabilities: Float32Array,
  { name, answer }: GoldenPicture,
  allowed: number,
): string | null {
  for (const [classIndex, probability] of probabilities.entries()) {
    const expected = answer.get(classIndex) ?? 0
    // Also true of what is not a number.
    if (!(Math.abs(probability - expected) < allowed)) {
      return `For the drawing "${name}" it gives class ${classIndex} a probability of ${probability} instead of ${expected}.`
    }
  }
  return null
}
