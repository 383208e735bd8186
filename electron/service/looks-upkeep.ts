import {
  createDescriptorMaker,
  type DescriptorMaker,
  type DescriptorMakerOptions,
} from './descriptor-maker.ts'
import { createPhotoComparing, type PhotoComparingOptions } from './photo-comparing.ts'

/** What photos look like, and which of them are one picture: both made in the background, one after the other. */
export interface LooksUpkeep {
  readonly descriptors: DescriptorMaker
  /** Goes on with either if nothing is indexed: photos are compared once they are described. */
  readonly goOnIfFree: () => void
  readonly end: () => Promise<void>
}

export interface LooksUpkeepOptions extends Omit<DescriptorMakerOptions, 'thread'> {
  readonly describing: DescriptorMakerOptions['thread']
  readonly comparing: PhotoComparingOptions['thread']
  readonly onCompared: () => void
}

export function createLooksUpkeep({ describing, comparing, ...options }: LooksUpkeepOptions): LooksUpkeep {
  const descriptors = createDescriptorMaker({ ...options, thread: describing })
  const compared = createPhotoComparing({ ...options, thread: comparing })
  return {
    descriptors,
    goOnIfFree: () => {
      descriptors.makeIfFree()
      void descriptors.settled().then(compared.compareIfFree)
    },
    end: async () => {
      await compared.end()
      await descriptors.end()
    },
  }
}
