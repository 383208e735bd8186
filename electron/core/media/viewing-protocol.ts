import type { Result } from '../contract/failure.ts'

/** What the service and its viewing thread say to each other. */
export type ToViewing =
  | { readonly kind: 'view'; readonly id: number; readonly path: string }
  | {
      readonly kind: 'heat-map'
      readonly id: number
      readonly path: string
      /** Class indices whose evidence is added up: one for a class, all of its own for a category. */
      readonly classes: readonly number[]
    }
  | { readonly kind: 'stop' }

export interface FromViewing {
  readonly id: number
  /** A JPEG, or 49 values. */
  readonly result: Result<Uint8Array | Float32Array>
}
