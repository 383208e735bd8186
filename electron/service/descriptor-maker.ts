import { setTimeout as wait } from 'node:timers/promises'
import { descriptorVersion } from '../core/alike/descriptor.ts'
import { undescribedPhotos, type UndescribedPhoto } from '../core/alike/missing.ts'
import type { ModelFile } from '../core/classify/model-files.ts'
import { toFailure } from '../core/contract/failure.ts'
import type { Library } from '../core/library/library.ts'
import type { PhotoDescriptor } from '../core/library/photos/features.ts'
import type { ModelCalls } from '../core/media/model-protocol.ts'
import type { CallingThread } from './calling-thread.ts'
import { workWhenFree } from './when-free.ts'

/** Sees to it that every photo can be compared with others, also those of libraries from before that. */
export interface DescriptorMaker {
  /** Goes on if photos lack their descriptors and nothing is indexed. */
  readonly makeIfFree: () => void
  /** Resolves when nothing is being made. */
  readonly settled: () => Promise<void>
  readonly end: () => Promise<void>
}

export interface DescriptorMakerOptions {
  readonly library: Library
  readonly thread: Pick<CallingThread<ModelCalls>, 'ask'>
  /** The model that runs on the CPU; `null` while there is none. */
  readonly model: () => Promise<ModelFile | null>
  /** Nothing is indexed, and nothing that is to be is to wait: it is paused with indexing. */
  readonly isFree: () => boolean
  /** Some photos more can be compared. */
  readonly onKept: () => void
  readonly log: (line: string) => void
}

/** Photos kept in one transaction: what a crash costs. */
const keptAtOnce = 64

/**
 * Milliseconds. Photos without a thumbnail keep nothing waiting but this thread, which answers the window as well: a million
 * of them kept it busy for seven seconds after each start. After so much work it rests as long.
 */
const slice = 5

/**
 * From the thumbnails, which says the same as the photos for all that they are compared for: the cosine of the two is .99
 * at the median (see tests/material/alike). A photo without a thumbnail is left to the next start, as is one whose picture
 * cannot be looked at. Looks through the library once at a start, and again after each run that was indexed.
 */
export function createDescriptorMaker(options: DescriptorMakerOptions): DescriptorMaker {
  const { library, thread, log } = options
  const left = new Set<number>()

  const describe = async (photo: UndescribedPhoto, model: ModelFile): Promise<PhotoDescriptor | null> => {
    const { photoId, contentHash, turn } = photo
    const thumbnail = library.thumbnails.get(contentHash)
    if (thumbnail === null) return null
    try {
      return { photoId, contentHash, descriptor: await thread.ask('describe', { thumbnail, turn, model }) }
    } catch (error) {
      log(`What photo ${photoId} looks like: ${toFailure(error).message}`)
      return null
    }
  }
  const keep = (made: PhotoDescriptor[]): void => {
    library.features.put(made.splice(0))
    options.onKept()
  }
  const make = async (): Promise<void> => {
    const model = await options.model()
    if (model === null || model.projection === null) return
    const made: PhotoDescriptor[] = []
    let rested = performance.now()
    for await (const photos of undescribedPhotos(library, descriptorVersion(model.projection), work.goesOn)) {
      for (const photo of photos) {
        if (performance.now() - rested > slice) {
          await wait(slice)
          rested = performance.now()
        }
        if (!work.goesOn()) break
        if (left.has(photo.photoId)) continue
        const descriptor = await describe(photo, model)
        if (descriptor === null) left.add(photo.photoId)
        else made.push(descriptor)
        if (made.length >= keptAtOnce) keep(made)
      }
    }
    if (made.length > 0 && library.db.open) keep(made)
  }

  const work = workWhenFree(make, options.isFree, log, 'What photos look like is not kept')
  return { makeIfFree: work.begin, settled: work.settled, end: work.end }
}
