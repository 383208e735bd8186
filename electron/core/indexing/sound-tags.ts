import type { FileResult, Tagging } from '../library/photos/store-results.ts'

/** A result without tags that cannot be true: a broken device must not leave nonsense behind. */
export function withSoundTags(result: FileResult): FileResult {
  return result.kind === 'read' && result.tagging !== null && !isSound(result.tagging)
    ? { ...result, tagging: null }
    : result
}

/** Five classes, with probabilities that can be true. */
function isSound({ tags, categoryProbabilities }: Tagging): boolean {
  const shares = [
    ...tags.map(({ probability }) => probability),
    ...categoryProbabilities.map(({ probability }) => probability),
  ]
  const total = tags.reduce((sum, { probability }) => sum + probability, 0)
  return (
    tags.length === 5 && shares.every((share) => share >= 0 && share <= 1.001) && total > 0 && total < 1.01
  )
}
