import type { CopyRequest } from '../imaging/render-copy.ts'
import type { CopyOutcome, CopyTask, Rendered } from './copy-file.ts'
import type { IndexedFile } from './sources.ts'

/** What the service asks the thread that makes copies. */
export interface CopyingCalls {
  readonly copy: { readonly input: CopyTask; readonly output: CopyOutcome }
  /** For a ZIP. */
  readonly render: {
    readonly input: { readonly from: IndexedFile; readonly jpeg: CopyRequest }
    readonly output: Rendered
  }
}

/** Photos that the thread has in work at the same time: what libvips does runs beside each other. */
export const copiesAtOnce = (cores: number): number => Math.max(1, Math.min(4, cores))
