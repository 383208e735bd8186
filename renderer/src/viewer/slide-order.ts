/** Which photo of a list follows which, round and round. */
export interface SlideOrder {
  readonly after: (index: number) => number
  readonly before: (index: number) => number
}

/** As they stand in the list. @param total photos, at least one */
export function inOrder(total: number): SlideOrder {
  return {
    after: (index) => (index + 1) % total,
    before: (index) => (index + total - 1) % total,
  }
}

/**
 * In an order made by chance, in which each photo comes once before any comes again.
 * @param total photos, at least one
 * @param random from 0 to below 1
 */
export function shuffled(total: number, random: () => number = Math.random): SlideOrder {
  const places = Uint32Array.from({ length: total }, (_, index) => index)
  // Fisher and Yates.
  for (let last = total - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    const moved = places[last] ?? 0
    places[last] = places[other] ?? 0
    places[other] = moved
  }
  const turnOf = new Uint32Array(total)
  places.forEach((index, turn) => (turnOf[index] = turn))
  const step = (index: number, by: number): number => places[((turnOf[index] ?? 0) + by + total) % total] ?? 0
  return { after: (index) => step(index, 1), before: (index) => step(index, -1) }
}
