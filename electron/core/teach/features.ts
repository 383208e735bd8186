/** What photos look like, as the library keeps it: one row of `size` numbers for each photo, in any order. */
export interface Features {
  /** Of how they were made. */
  readonly version: string | null
  /** Rows in use; the arrays may be longer. */
  readonly count: number
  /** Photo of each row; 0 for a row that counts no more. */
  readonly photos: Uint32Array
  /** Row by row; about unit length before they were rounded. */
  readonly features: Int8Array
  /** Numbers of a row. */
  readonly size: number
  /** Row of a photo, -1 where it has none. */
  readonly rowOf: (photoId: number) => number
}

/** One row as floats, less `mean`. */
export function centredRow({ features, size }: Features, mean: Float64Array, row: number): Float64Array {
  const centred = new Float64Array(size)
  for (let at = 0; at < size; at += 1) centred[at] = (features[row * size + at] ?? 0) - (mean[at] ?? 0)
  return centred
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let at = 0; at < a.length; at += 1) sum += (a[at] ?? 0) * (b[at] ?? 0)
  return sum
}

/** `count` numbers of 0 … `of` − 1, evenly spread; all of them when there are no more. */
export function evenly(count: number, of: number): number[] {
  const taken = Math.min(count, of)
  return Array.from({ length: taken }, (_, at) => Math.floor((at * of) / taken))
}

/** Rows of at most `count` photos, evenly spread through the library. */
export function sampleRows({ photos, count: rows }: Features, count: number): number[] {
  return evenly(count, rows).filter((row) => photos[row] !== 0)
}
