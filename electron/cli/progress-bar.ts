import type { IndexingState } from '../core/contract/states.ts'

/** A bar on stderr while a terminal is watching; nothing at all otherwise, so that logs stay readable. */
export interface ProgressBar<Progress> {
  readonly show: (progress: Progress) => void
  /** May be shown again afterwards. */
  readonly end: () => void
}

/** Something done of a whole. */
interface Part {
  readonly done: number
  readonly total: number
}

/** Of photos that are copied or written. */
export const photosBar = (): Promise<ProgressBar<Part>> => barOf('{bar} {value} of {total}', (part) => part)

/** Of what is being fetched. */
export const bytesBar = (): Promise<ProgressBar<Part>> =>
  barOf('{bar} {percentage} % {eta_formatted}', (part) => part)

/** Of a run of indexing. */
export const indexingBar = (): Promise<ProgressBar<IndexingState>> =>
  barOf(
    (bar, { done, total }, state) =>
      state.phase === 'scanning'
        ? `Looking for photos: ${state.found} found`
        : `${bar} ${done} of ${total} · ${state.photosPerSecond.toFixed(1)} photos/s${timeLeft(state)}${note(state)}`,
    (state) => {
      const done = state.done + state.failed
      return { done, total: done + state.queued }
    },
  )

/** @param format of cli-progress, or what makes the line, given the drawn bar */
async function barOf<Progress>(
  format: string | ((bar: string, part: Part, progress: Progress) => string),
  partOf: (progress: Progress) => Part,
): Promise<ProgressBar<Progress>> {
  if (!process.stderr.isTTY) return { show: () => {}, end: () => {} }
  const { default: progress } = await import('cli-progress')
  const bar = new progress.SingleBar({
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
    fps: 5,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    format:
      typeof format === 'string'
        ? format
        : (options, { progress: share, value, total }, payload: { readonly shown?: Progress }) =>
            payload.shown === undefined
              ? ''
              : format(progress.Format.BarFormat(share, options), { done: value, total }, payload.shown),
  })
  let isStarted = false
  return {
    show: (shown) => {
      const { done, total } = partOf(shown)
      if (isStarted) {
        bar.setTotal(total)
        bar.update(done, { shown })
      } else bar.start(total, done, { shown })
      isStarted = true
    },
    end: () => {
      if (isStarted) bar.stop()
      isStarted = false
    },
  }
}

function timeLeft({ secondsLeft }: IndexingState): string {
  if (secondsLeft === null || secondsLeft === 0) return ''
  const minutes = Math.floor(secondsLeft / 60)
  const hours = Math.floor(minutes / 60)
  if (hours > 0) return ` · ${hours} h ${minutes % 60} min left`
  return minutes > 0 ? ` · ${minutes} min ${secondsLeft % 60} s left` : ` · ${secondsLeft} s left`
}

function note({ phase, because }: IndexingState): string {
  if (because !== null) return ` · ${because.message}`
  return phase === 'stopping' ? ' · finishing the current photos' : ''
}
