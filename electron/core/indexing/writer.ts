import type { ModelIdentity } from '../classify/classification.ts'
import { passingProblems } from '../contract/problem-kinds.ts'
import { promoteCompanions } from '../library/companions.ts'
import { write, type Library } from '../library/library.ts'
import { claimMoved, photoOfContent, reunite } from '../library/moves.ts'
import { keepAsIs } from '../library/files/files.ts'
import { putBack } from '../library/files/queue.ts'
import { storeResults, type PhotoResult, type Tagging } from '../library/photos/store-results.ts'
import type { PhotoOutcome } from './worker-protocol.ts'

/** What was stored, in photos. */
export interface Stored {
  readonly indexed: number
  readonly failed: number
  readonly moved: number
  readonly unchanged: number
  /** Of the indexed ones: without tags, as there was no model. */
  readonly untagged: number
  /** Ids of photos whose content is not where it was; they may be reunited with it when all was read. */
  readonly setAside: readonly number[]
}

/** An outcome together with what is needed to store it. */
export interface Answer {
  readonly photoId: number
  /** Its content hash before; `null` if it was never read. */
  readonly before: string | null
  readonly outcome: PhotoOutcome
}

/**
 * Stores answers in one transaction; either all of them are kept or none.
 * @param onDisputed a photo that was taken for a moved one whose original has meanwhile gone to another file;
 *   it is back in the queue
 * @throws KartotekaError as `write`; the same answers may be given again
 */
export function storeAnswers(
  library: Library,
  answers: readonly Answer[],
  model: ModelIdentity | null,
  onDisputed: (photoId: number) => void,
): Stored {
  return write(library, () => {
    const setAside: number[] = []
    const results = answers.flatMap(resultOf).map((result) => {
      if (result.kind === 'problem') {
        setAside.push(result.photoId)
        return result
      }
      const { photoId, reading } = result
      const now = photoOfContent(library, photoId, reading.contentHash, (id) => setAside.push(id))
      return { ...result, photoId: now }
    })
    storeResults(library, results, model)
    const failed = results.filter(({ kind }) => kind === 'problem').length
    promoteCompanions(library, results.flatMap(lastingProblem))
    let moved = 0
    let unchanged = 0
    for (const { photoId, before, outcome } of answers) {
      if (outcome.kind !== 'known') continue
      if (outcome.contentHash === before) {
        keepAsIs(library, [photoId])
        unchanged += 1
      } else if (claimMoved(library, photoId, outcome.contentHash) !== null) {
        setAside.push(photoId)
        moved += 1
      } else {
        putBack(library, [photoId])
        onDisputed(photoId)
      }
    }
    reunite(library, setAside)
    const untagged = results.filter((result) => result.kind === 'read' && result.tagging === null).length
    return { indexed: results.length - failed, failed, moved, unchanged, untagged, setAside }
  })
}

/** The photo, if it will not be usable as long as its file stays as it is. */
function lastingProblem(result: PhotoResult): number[] {
  return result.kind === 'problem' && !passingProblems.has(result.problem.kind) ? [result.photoId] : []
}

function resultOf({ photoId, outcome }: Answer): PhotoResult[] {
  switch (outcome.kind) {
    case 'known':
      return []
    case 'problem':
      return [{ kind: 'problem', photoId, problem: outcome.problem }]
    case 'read': {
      const { reading, tagging } = outcome
      return [
        { kind: 'read', photoId, reading, tagging: tagging !== null && isSound(tagging) ? tagging : null },
      ]
    }
  }
}

/** Five classes with probabilities that can be true: a broken device must not leave nonsense behind. */
export function isSound({ tags, masses }: Tagging): boolean {
  const shares = [...tags.map(({ probability }) => probability), ...masses.map(({ mass }) => mass)]
  const total = tags.reduce((sum, { probability }) => sum + probability, 0)
  return (
    tags.length === 5 && shares.every((share) => share >= 0 && share <= 1.001) && total > 0 && total < 1.01
  )
}
