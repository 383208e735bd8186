import type { ChosenModel } from '../classify/choice.ts'
import type { ModelFile, ModelFiles } from '../classify/model-files.ts'
import type { ProviderPreference } from '../classify/providers.ts'
import type { NetworkTrial } from '../contract/networks.ts'
import type { Turn } from '../imaging/turn.ts'
import type { Descriptor } from '../library/photos/features.ts'
import type { TermId } from '../labels/term.ts'

/** What the service asks the thread that runs the model outside of indexing. */
export interface ModelCalls {
  /** 49 values from 0 to 1: where in the photo the classes were seen; several are weighed by how sure each is. */
  readonly heatMap: {
    readonly input: {
      /** `pictureVersion`: what was found in a photo is kept for its next label. */
      readonly version: string
      /** Upright as the files of the photo say. */
      readonly thumbnail: Uint8Array
      /** By which the person turned it from there: the map is of the photo as it is shown. */
      readonly turn: Turn
      readonly classes: readonly TermId[]
      /** Runs on the CPU. */
      readonly model: ModelFile
      readonly models: ModelFiles
    }
    readonly output: number[]
  }
  /** What a photo looks like, from its thumbnail. */
  readonly describe: {
    readonly input: {
      /** Upright as the files of the photo say. */
      readonly thumbnail: Uint8Array
      readonly turn: Turn
      /** Runs on the CPU. */
      readonly model: ModelFile
    }
    readonly output: Descriptor
  }
  /** A trial where no process of its own can be started: it may take this one down. */
  readonly tryNetwork: { readonly input: { readonly model: ModelFile }; readonly output: NetworkTrial }
  readonly chooseModel: {
    readonly input: {
      readonly models: ModelFiles
      readonly folder: string
      readonly preference: ProviderPreference
      readonly cpuWorkers: number
    }
    readonly output: ChosenModel
  }
}
