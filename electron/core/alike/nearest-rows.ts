/** The nearest of the rows that were put into it, in order. */
export interface NearestRows {
  /** Lets go of all; from now on no more than `most` are kept. */
  readonly clear: (most: number) => void
  readonly put: (row: number, distance: number) => void
  /** The nearest that was not given yet, -1 when all were. */
  readonly next: () => number
  /** Copies. */
  readonly rows: () => Int32Array
  readonly distances: () => Int32Array
}

/** @param room for so many at most */
export function createNearestRows(room: number): NearestRows {
  const rows = new Int32Array(room)
  const distances = new Int32Array(room)
  const isGiven = new Uint8Array(room)
  let [size, limit, first] = [0, room, 0]
  return {
    clear: (most) => {
      size = 0
      first = 0
      limit = Math.min(most, room)
    },
    put: (row, distance) => {
      if (size === limit && distance >= (distances[size - 1] ?? 0)) return
      let [low, high] = [0, size]
      while (low < high) {
        const middle = (low + high) >>> 1
        if ((distances[middle] ?? 0) <= distance) low = middle + 1
        else high = middle
      }
      const end = Math.min(size, limit - 1)
      for (const values of [rows, distances, isGiven]) values.copyWithin(low + 1, low, end)
      rows[low] = row
      distances[low] = distance
      isGiven[low] = 0
      size = end + 1
      if (low < first) first = low
    },
    next: () => {
      while (first < size && isGiven[first] === 1) first += 1
      if (first >= size) return -1
      isGiven[first] = 1
      return rows[first] ?? -1
    },
    rows: () => rows.slice(0, size),
    distances: () => distances.slice(0, size),
  }
}
