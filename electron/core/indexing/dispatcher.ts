import { KartotekaError, type Failure } from '../contract/failure.ts'
import type { ReadLimits } from '../imaging/photo-reading.ts'
import type { CategoryEntry } from '../labels/load-data.ts'
import type { Library } from '../library/library.ts'
import { goneOfSize } from '../library/moves.ts'
import { putBack, recoverQueue, takePending, type QueuedPhoto } from '../library/files/queue.ts'
import type { ModelChoice } from '../classify/create-classifier.ts'
import { answersAtOnce, patience } from './patience.ts'
import { createPool } from './pool.ts'
import { isKnown, isTagged } from '../library/known-photos.ts'
import type { LostDevice, PhotoJob, PhotoOutcome, ReadyModel } from './worker-protocol.ts'
import { storeAnswers, type Answer, type Stored } from './writer.ts'

export interface DispatcherOptions {
  readonly library: Library
  readonly entry: URL
  readonly workers: number
  readonly limits: ReadLimits
  readonly model: ModelChoice | null
  readonly priority: number
  readonly categories: readonly CategoryEntry[]
  /** A known content is classified anew, too. */
  readonly again: () => boolean
  /** All workers are up. */
  readonly onReady: () => void
  readonly onDeviceLost: (lost: LostDevice) => void
  /** Something happened: there may be answers to store and room for more photos. */
  readonly onChange: () => void
  readonly log: (line: string) => void
}

/** Takes photos from the library's queue to the workers and their answers back. */
export interface Dispatcher {
  readonly model: () => ReadyModel | null
  readonly inferences: () => number
  /** Photos with the workers, and answers not yet stored. */
  readonly inWork: () => number
  /** Gives out as many photos as there is room for; the path of the last one, or `null` for none. */
  readonly giveOut: () => string | null
  /** Stores answers if it is time to. @throws KartotekaError as `write`; they are kept for another try. */
  readonly store: () => Stored | null
  /** @throws KartotekaError when nothing can be done in this process any more */
  readonly check: () => void
  /** Lets the workers finish, without asking for more; `store` afterwards. */
  readonly stop: () => Promise<void>
  /** Puts back what was given out and has no stored answer. */
  readonly abandon: () => void
}

export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { library } = options
  const inWork = new Map<number, QueuedPhoto>()
  /** Photos that turned out not to be the moved ones they were taken for. */
  const disputed = new Set<number>()
  /** Photos that a dead worker had. Until they are back in the queue they count as being in work. */
  let lost: number[] = []
  let answers: Answer[] = []
  let oldest = 0
  const startedAt = performance.now()
  let inferences = 0
  let model: ReadyModel | null = null
  let broken: Failure | null = null

  const pool = createPool({
    entry: options.entry,
    workers: options.workers,
    data: {
      limits: options.limits,
      model: options.model,
      priority: options.priority,
      categories: options.categories,
    },
    onOutcome: (job, outcome) => {
      if (outcome.kind === 'read' && outcome.tagging !== null) inferences += 1
      answer(job, outcome)
    },
    onLost: (jobs, how) => {
      lose(jobs, how)
    },
    onBroken: (failure, lost) => {
      broken = failure
      if (lost !== null) options.onDeviceLost(lost)
      options.onChange()
    },
  })
  void pool.ready.then(meet)

  function meet(ready: ReadyModel | null): void {
    model = ready
    options.onReady()
    options.onChange()
  }

  function answer(job: PhotoJob, outcome: PhotoOutcome): void {
    if (answers.length === 0) oldest = performance.now()
    answers.push({ photoId: job.photoId, before: inWork.get(job.photoId)?.contentHash ?? null, outcome })
    options.onChange()
  }

  /** With others in work nobody knows who is to blame: they are all tried again, alone. */
  function lose(jobs: readonly PhotoJob[], how: 'died' | 'hung'): void {
    const [first] = jobs
    options.log(`A photo worker ${how} while it had ${jobs.map(({ path }) => path).join(', ')}`)
    if (how === 'hung' && first !== undefined && inWork.get(first.photoId)?.suspect === true) {
      const seconds = Math.round(options.limits.timeout / 1000)
      answer(first, {
        kind: 'problem',
        problem: {
          kind: 'timed-out',
          reason: `Reading this file took longer than ${seconds} seconds, twice.`,
        },
        contentHash: null,
      })
      return
    }
    // Told by the thread's end, where nobody could deal with a library that cannot be written.
    lost.push(...jobs.map(({ photoId }) => photoId))
    options.onChange()
  }

  /** @throws KartotekaError as `write`; they are kept for another try */
  function recoverLost(): void {
    if (lost.length === 0) return
    recoverQueue(library, lost)
    for (const id of lost) inWork.delete(id)
    lost = []
  }

  function jobFor(photo: QueuedPhoto): PhotoJob {
    const known = disputed.has(photo.photoId) ? [] : goneOfSize(library, photo.size)
    const asBefore = photo.contentHash !== null && !options.again() && mayStay(photo)
    return {
      photoId: photo.photoId,
      path: photo.path,
      knownHashes: asBefore && photo.contentHash !== null ? [photo.contentHash, ...known] : known,
    }
  }

  function mayStay(photo: QueuedPhoto): boolean {
    return options.model === null || isTagged(library, photo.photoId)
  }

  return {
    model: () => model,
    inferences: () => inferences,
    inWork: () => inWork.size,
    giveOut: () => {
      const room = pool.room()
      if (room <= 0) return null
      const photos = takePending(library, room)
      for (const photo of photos) {
        inWork.set(photo.photoId, photo)
        pool.look(jobFor(photo))
      }
      return photos.at(-1)?.path ?? null
    },
    store: () => {
      recoverLost()
      if (answers.length === 0) return null
      // With nothing left at the workers there is nothing to wait for.
      const now = performance.now()
      const isTime =
        answers.length >= answersAtOnce || pool.inFlight() === 0 || now - oldest >= patience(now - startedAt)
      if (!isTime) return null
      // The first worker may answer before all are ready.
      const identity = model?.identity ?? options.model?.model.identity ?? null
      // A photo may have been forgotten while it was read.
      const present = answers.filter(({ photoId }) => isKnown(library, photoId))
      const stored = storeAnswers(library, present, identity, (id) => disputed.add(id))
      for (const { photoId } of answers) inWork.delete(photoId)
      answers = []
      return stored
    },
    check: () => {
      if (broken !== null) throw new KartotekaError(broken.code, broken.message)
    },
    stop: () => pool.stop(),
    abandon: () => {
      recoverLost()
      putBack(library, [...inWork.keys()])
      inWork.clear()
      answers = []
    },
  }
}
