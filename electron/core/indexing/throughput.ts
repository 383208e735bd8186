/** How fast a run goes, over the last seconds. Times are monotonic milliseconds (`performance.now()`). */
export interface Throughput {
  /** `photos` more are finished. */
  readonly add: (photos: number, now: number) => void
  /** To be called again and again: time that passes while the run is `paused` does not count. */
  readonly pass: (now: number, paused: boolean) => void
  /** Photos per second; 0 until two moments are known. */
  readonly rate: (now: number) => number
  /** Seconds that `photos` more will take; `null` while nobody can know. */
  readonly secondsFor: (photos: number, now: number) => number | null
}

/** Milliseconds over which the rate is taken: long enough to be steady, short enough to follow a slow disk. */
const span = 15_000
/** A gap longer than this, in milliseconds, was sleep: it says nothing about the rate. */
const sleep = 5_000
/** Milliseconds between two batches that are nothing unusual: until then the rate is that up to the last batch. */
const lull = 3_000

export function createThroughput(): Throughput {
  let steps: { at: number; photos: number }[] = []
  let pausedAt: number | null = null

  function recent(now: number): void {
    const last = steps.at(-1)
    if (last !== undefined && (now - last.at > sleep || now < last.at)) steps = []
    steps = steps.filter((step) => now - step.at <= span)
  }

  const rate = (now: number): number => {
    const [first] = steps
    const last = steps.at(-1)
    if (first === undefined || last === undefined) return 0
    const until = now - last.at < lull ? last.at : now
    if (until <= first.at) return 0
    const photos = steps.reduce((total, step) => total + step.photos, 0) - first.photos
    return (photos / (until - first.at)) * 1000
  }

  return {
    add: (photos, now) => {
      recent(now)
      steps.push({ at: now, photos })
    },
    pass: (now, paused) => {
      const rested = pausedAt === null ? 0 : Math.max(0, now - pausedAt)
      steps = steps.map(({ at, photos }) => ({ at: at + rested, photos }))
      pausedAt = paused ? now : null
    },
    rate,
    secondsFor: (photos, now) => {
      if (photos === 0) return 0
      const perSecond = rate(now)
      return perSecond > 0 ? Math.ceil(photos / perSecond) : null
    },
  }
}
