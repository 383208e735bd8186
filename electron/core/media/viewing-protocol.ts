import type { Turn } from '../imaging/turn.ts'
import type { ChosenModel } from '../classify/choice.ts'
import type { ModelFiles } from '../classify/model-files.ts'
import type { ProviderPreference } from '../classify/providers.ts'
import type { TermId } from '../labels/term.ts'

/** A photo as the library shows it. */
interface ShownPhoto {
  /** In text form. */
  readonly path: string
  /** EXIF 1–8 by which the library shows it; `null`: by the file's own. */
  readonly orientation: number | null
}

/** What the service asks its viewing thread: work that would keep the service's own loop busy. */
export interface ViewingCalls {
  /** A photo as an upright, screen-sized JPEG. */
  readonly view: { readonly input: ShownPhoto; readonly output: Uint8Array }
  /** A thumbnail made anew, and of which content. */
  readonly thumbnail: {
    readonly input: ShownPhoto
    readonly output: { readonly contentHash: string; readonly jpeg: Uint8Array }
  }
  /** A thumbnail as it is shown once a person turned the photo. */
  readonly turnedThumbnail: {
    readonly input: { readonly jpeg: Uint8Array; readonly turn: Turn }
    readonly output: Uint8Array
  }
  /** 49 values from 0 to 1: where in the photo the classes were seen; several are weighed by how sure each is. */
  readonly heatMap: {
    readonly input: ShownPhoto & { readonly classes: readonly TermId[]; readonly models: ModelFiles }
    readonly output: number[]
  }
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
