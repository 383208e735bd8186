/** Parts of `kartoteka bench`, see `--only`. */
export const benchParts = [
  'inference',
  'small',
  'large',
  'start',
  'formats',
  'copies',
  'rescan',
  'search',
  'growth',
  'memory',
  'alike',
  'models',
] as const
export type BenchPart = (typeof benchParts)[number]

export interface BenchOptions {
  readonly json?: boolean
  readonly only?: readonly BenchPart[]
  /** Paired runs; medians are taken. */
  readonly rounds: number
}
