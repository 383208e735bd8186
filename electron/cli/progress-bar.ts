import type { CopyProgress } from '../core/contract/copies.ts'
import type { IndexingState } from '../core/contract/states.ts'

export interface ProgressBar {
  readonly show: (state: IndexingState) => void
  readonly end: () => void
}

/** How all bars look. */
const look = {
  stream: process.stderr,
  hideCursor: true,
  clearOnComplete: true,
  fps: 5,
  barCompleteChar: '█',
  barIncompleteChar: '░',
} as const

/** A bar of the copies made, as `progressBar`. */
export async function copyBar(): Promise<{ show: (progress: CopyProgress) => void; end: () => void }> {
  if (!process.stderr.isTTY) return { show: () => {}, end: () => {} }
  const { default: progress } = await import('cli-progress')
  const bar = new progress.SingleBar({ ...look, format: '{bar} {value} of {total}' })
  let isStarted = false
  return {
    show: ({ done, total }) => {
      if (isStarted) bar.update(done)
      else bar.start(total, done)
      isStarted = true
    },
    end: () => {
      if (isStarted) bar.stop()
    },
  }
}

/** A bar of what is being fetched, as `progressBar`. */
export async function bytesBar(): Promise<{
  show: (received: number, total: number) => void
  end: () => void
}> {
  if (!process.stderr.isTTY) return { show: () => {}, end: () => {} }
  const { default: progress } = await import('cli-progress')
  const bar = new progress.SingleBar({ ...look, format: '{bar} {percentage} % {eta_formatted}' })
  let isStarted = false
  return {
    show: (received, total) => {
      if (isStarted) bar.update(received)
      else bar.start(total, received)
      isStarted = true
    },
    end: () => {
      if (isStarted) bar.stop()
      isStarted = false
    },
  }
}

/** A bar on stderr while a terminal is watching; nothing at all otherwise, so that logs stay readable. */
export async function progressBar(): Promise<ProgressBar> {
  if (!process.stderr.isTTY) return { show: () => {}, end: () => {} }
  const { default: progress } = await import('cli-progress')
  const bar = new progress.SingleBar({
    ...look,
    format: (options, { progress: share, value, total }, payload: { readonly state?: IndexingState }) => {
      const { state } = payload
      if (state === undefined) return ''
      if (state.phase === 'scanning') return `Looking for photos: ${state.found} found`
      const drawn = progress.Format.BarFormat(share, options)
      return `${drawn} ${value} of ${total} · ${state.photosPerSecond.toFixed(1)} photos/s${timeLeft(state)}${note(state)}`
    },
  })
  let started = false
  return {
    show: (state) => {
      const done = state.done + state.failed
      const total = done + state.queued
      if (started) {
        bar.setTotal(total)
        bar.update(done, { state })
      } else {
        bar.start(total, done, { state })
        started = true
      }
    },
    end: () => {
      if (started) bar.stop()
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
