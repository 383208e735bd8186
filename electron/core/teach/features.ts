/** What photos look like, as the library keeps it: one row of `size` numbers for each photo. */
export interface Features {
  /** Ascending. */
  readonly ids: Int32Array
  /** Row by row; unit length before it was rounded. */
  readonly rows: Int8Array
  /** Numbers of a row. */
  readonly size: number
}

/** The number of the row of a photo; `null`: there is none. */
export function rowOf({ ids }: Pick<Features, 'ids'>, id: number): number | null {
  let [from, until] = [0, ids.length]
  while (from < until) {
    const middle = (from + until) >>> 1
    if ((ids[middle] ?? 0) < id) from = middle + 1
    else until = middle
  }
  return ids[from] === id ? from : null
}

/** One row as floats, less `mean`. */
export function centredRow({ rows, size }: Features, mean: Float64Array, row: number): Float64Array {
  const centred = new Float64Array(size)
  for (let at = 0; at < size; at += 1) centred[at] = (rows[row * size + at] ?? 0) - (mean[at] ?? 0)
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
