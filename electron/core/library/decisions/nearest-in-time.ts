/** Something that happened at a time, seconds. */
export interface Timed {
  readonly at: number
}

/** Farther apart than this two photos say nothing of each other. */
export const withinSeconds = 3600

/**
 * For each of some times what is nearest to it, at most an hour away; of two equally near ones the earlier.
 * @param read what there is between two times, both included, in order; asked once for each stretch of times that lie
 *   close together
 */
export function nearestOf<Item extends Timed>(
  times: readonly number[],
  read: (from: number, to: number) => readonly Item[],
): (time: number) => Item | null {
  const items = stretchesOf(times).flatMap(({ from, to }) => read(from, to))
  return (time) => {
    const next = firstFrom(items, time)
    const [before, after] = [items[next - 1], items[next]]
    const [ago, ahead] = [before, after].map((item) =>
      item === undefined ? Number.POSITIVE_INFINITY : Math.abs(item.at - time),
    )
    if (Math.min(ago ?? 0, ahead ?? 0) > withinSeconds) return null
    return (ago ?? 0) <= (ahead ?? 0) ? (before ?? null) : (after ?? null)
  }
}

/** The hours around some times, joined where they meet. */
function stretchesOf(times: readonly number[]): { from: number; to: number }[] {
  const stretches: { from: number; to: number }[] = []
  for (const time of times.toSorted((a, b) => a - b)) {
    const last = stretches.at(-1)
    if (last !== undefined && time - withinSeconds <= last.to) last.to = time + withinSeconds
    else stretches.push({ from: time - withinSeconds, to: time + withinSeconds })
  }
  return stretches
}

/** Index of the first item that is not before a time. */
function firstFrom(items: readonly Timed[], time: number): number {
  let [low, high] = [0, items.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((items[middle]?.at ?? 0) < time) low = middle + 1
    else high = middle
  }
  return low
}
