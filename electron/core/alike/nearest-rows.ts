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
  /** One that was given is kept as its complement. */
  const rows = new Int32Array(room)
  const distances = new Int32Array(room)
  let [size, limit, first] = [0, room, 0]
  return {
    clear: (most) => {
      size = 0
      first = 0
      limit = Math.min(most, room)
    },
    put: (row, distance) => {
      if (size === limit && distance >= (distances[size - 1] ?? 0)) return
      let at = Math.min(size, limit - 1)
      size = at + 1
      // Moved one by one: of so few, `copyWithin` takes longer to be called (measured).
      for (; at > 0 && (distances[at - 1] ?? 0) > distance; at -= 1) {
        distances[at] = distances[at - 1] ?? 0
        rows[at] = rows[at - 1] ?? 0
      }
      distances[at] = distance
      rows[at] = row
      if (at < first) first = at
    },
    next: () => {
      while (first < size && (rows[first] ?? 0) < 0) first += 1
      if (first >= size) return -1
      const row = rows[first] ?? 0
      rows[first] = ~row
      return row
    },
    rows: () => rows.slice(0, size).map((row) => (row < 0 ? ~row : row)),
    distances: () => distances.slice(0, size),
  }
}
