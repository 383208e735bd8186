import { Worker } from 'node:worker_threads'
import { toFailure, type Failure } from '../contract/failure.ts'
import {
  closeShare,
  isWaiting,
  memoryForDecoding,
  openAccount,
  openShare,
} from '../imaging/decode/memory-account.ts'
import type {
  FromPhotoWorker,
  LostDevice,
  PhotoJob,
  PhotoOutcome,
  PhotoWorkerData,
  ReadyModel,
  ToPhotoWorker,
} from './worker-protocol.ts'

export interface PoolOptions {
  /** The worker's entry file. */
  readonly entry: URL
  readonly workers: number
  readonly data: Omit<PhotoWorkerData, 'decoding' | 'inference' | 'role'>
  readonly onOutcome: (job: PhotoJob, outcome: PhotoOutcome) => void
  /** A worker died or was ended while it had these photos, any of which may be to blame; there is no result. */
  readonly onLost: (jobs: readonly PhotoJob[], how: 'died' | 'hung') => void
  /** Nothing can be done in this process any more; see the failure. */
  readonly onBroken: (failure: Failure, lost: LostDevice | null) => void
}

export interface PhotoPool {
  /** Resolves when every worker is up: with the model they have, or `null` when they only read. Never rejects. */
  readonly ready: Promise<ReadyModel | null>
  /** Photos that may be given out now without anyone waiting in line for long. */
  readonly room: () => number
  /** Photos given out and not yet answered. */
  readonly inFlight: () => number
  readonly look: (job: PhotoJob) => void
  /** Lets every worker finish what it has, free its model and end. */
  readonly stop: () => Promise<void>
}

/** The photo being classified and the one being decoded meanwhile. */
const photosPerWorker = 2
/** Watchdog period in milliseconds. It counts its own ticks, so sleep and clock jumps cannot make a photo look hung. */
const tick = 1000
/** Added to the time limits before a worker is given up; it should have answered by itself by then. */
const graceTicks = 5
/** A worker that dies this often without having looked at a single photo in between will never do. */
const fruitlessStarts = 3

/**
 * MB for the engine's young objects, instead of 48: pictures lie elsewhere, so a worker has few, and what it never needs
 * again it would keep.
 */
const youngObjects = { maxYoungGenerationSizeMb: 6 }

interface Seat {
  readonly worker: Worker
  /** Oldest first: the first is being looked at. */
  readonly jobs: PhotoJob[]
  readonly inference: Int32Array
  /** Its part of the memory for decoding. */
  readonly share: SharedArrayBuffer
  ticksOnFirst: number
  state: 'starting' | 'ready' | 'unusable' | 'hung' | 'gone'
}

/**
 * A fixed number of long-lived photo workers. A dead one is replaced. None is ever ended by force while an inference
 * runs in it: that would abort the whole process (see DESIGN 3.1).
 */
export function createPool(options: PoolOptions): PhotoPool {
  const { promise: ready, resolve: becomeReady } = Promise.withResolvers<ReadyModel | null>()
  const seats = new Set<Seat>()
  const total = memoryForDecoding(options.workers)
  const account = openAccount(total)
  // Decoding the next photo may hold up the answer about the first.
  const ticksAllowed = Math.ceil((photosPerWorker * options.data.limits.timeout) / tick) + graceTicks
  let stopping = false
  let fruitless = 0
  let whenEmpty: (() => void) | null = null

  function start(): void {
    const inference = new SharedArrayBuffer(4)
    const share = openShare()
    const decoding = { total, account, share }
    const data: PhotoWorkerData = { ...options.data, role: 'photo-worker', decoding, inference }
    const worker = new Worker(options.entry, { workerData: data, resourceLimits: youngObjects })
    const seat: Seat = {
      worker,
      jobs: [],
      inference: new Int32Array(inference),
      share,
      ticksOnFirst: 0,
      state: 'starting',
    }
    seats.add(seat)
    worker.on('message', (message: FromPhotoWorker) => {
      receive(seat, message)
    })
    worker.on('error', (error) => {
      leave(seat, toFailure(error))
    })
    worker.on('exit', () => {
      leave(seat, { code: 'internal', message: 'A photo worker ended unexpectedly.' })
    })
  }

  function receive(seat: Seat, message: FromPhotoWorker): void {
    switch (message.type) {
      case 'ready':
        if (seat.state === 'starting') seat.state = 'ready'
        if ([...seats].every(({ state }) => state !== 'starting')) becomeReady(message.model)
        return
      case 'unusable':
        seat.state = 'unusable'
        options.onBroken(message.failure, message.lost)
        return
      case 'looked': {
        const at = seat.jobs.findIndex((job) => job.photoId === message.photoId)
        const [job] = seat.jobs.splice(at, at < 0 ? 0 : 1)
        seat.ticksOnFirst = 0
        fruitless = 0
        if (job !== undefined) options.onOutcome(job, message.outcome)
        return
      }
    }
  }

  function leave(seat: Seat, failure: Failure): void {
    if (seat.state === 'gone') return
    const { state } = seat
    seat.state = 'gone'
    seats.delete(seat)
    closeShare(account, seat.share)
    const lost = seat.jobs.splice(0)
    // Whoever has no model any more is not to blame for the photos it has.
    if (lost.length > 0 && state !== 'unusable') options.onLost(lost, state === 'hung' ? 'hung' : 'died')
    if (stopping) {
      if (seats.size === 0) whenEmpty?.()
      return
    }
    fruitless += 1
    if (fruitless >= fruitlessStarts && lost.length === 0) {
      options.onBroken(failure, null)
      return
    }
    start()
  }

  function watch(): void {
    for (const seat of seats) {
      if (seat.jobs.length === 0 || seat.state === 'hung') continue
      seat.ticksOnFirst += 1
      // Memory is waited for until every other worker has had its turn.
      if (seat.ticksOnFirst <= ticksAllowed * (isWaiting(seat.share) ? seats.size : 1)) continue
      if (Atomics.load(seat.inference, 0) === 0) {
        seat.state = 'hung'
        void seat.worker.terminate()
      } else {
        const name = seat.jobs[0]?.path ?? ''
        const message = `The model hangs on ${name}; the process must be restarted.`
        options.onBroken({ code: 'internal', message }, null)
      }
    }
  }

  for (let count = 0; count < options.workers; count++) start()
  const watchdog = setInterval(watch, tick)
  watchdog.unref()

  const open = (): Seat[] => [...seats].filter((seat) => seat.state === 'ready' || seat.state === 'starting')

  return {
    ready,
    room: () => open().reduce((room, seat) => room + photosPerWorker - seat.jobs.length, 0),
    inFlight: () => [...seats].reduce((count, seat) => count + seat.jobs.length, 0),
    look: (job) => {
      const seat = open().reduce((idlest, other) => (other.jobs.length < idlest.jobs.length ? other : idlest))
      seat.jobs.push(job)
      if (seat.jobs.length === 1) seat.ticksOnFirst = 0
      post(seat, { type: 'look', job })
    },
    stop: () => {
      stopping = true
      const { promise, resolve } = Promise.withResolvers<undefined>()
      whenEmpty = () => {
        clearInterval(watchdog)
        becomeReady(null)
        resolve(undefined)
      }
      if (seats.size === 0) whenEmpty()
      for (const seat of seats) post(seat, { type: 'stop' })
      return promise
    },
  }
}

function post(seat: Seat, message: ToPhotoWorker): void {
  seat.worker.postMessage(message)
}
