import { Worker } from 'node:worker_threads'
import { toFailure, type Failure } from '../contract/failure.ts'
import {
  closeShare,
  isWaiting,
  memoryForDecoding,
  openAccount,
  openShare,
} from '../imaging/decode/memory-account.ts'
import type { FileResult } from '../library/photos/store-results.ts'
import { workersWorth } from './worker-count.ts'
import type {
  FromPhotoWorker,
  LostDevice,
  PhotoJob,
  PhotoWorkerData,
  ReadyModel,
  ToPhotoWorker,
} from './worker-protocol.ts'

export interface PoolOptions {
  /** The worker's entry file. */
  readonly entry: URL
  /** At most. */
  readonly workers: number
  readonly data: Omit<PhotoWorkerData, 'decoding' | 'inference' | 'role'>
  readonly onResult: (result: FileResult, job: PhotoJob) => void
  /** A worker died or was ended while it had these files, any of which may be to blame; there is no result. */
  readonly onLost: (jobs: readonly PhotoJob[], how: 'died' | 'hung') => void
  /** Nothing can be done in this process any more; see the failure. */
  readonly onBroken: (failure: Failure, lost: LostDevice | null) => void
  /** Told once. A worker neither answers nor can be ended: nothing but the end of the whole process frees what it holds. */
  readonly onStuck: (reason: string) => void
}

export interface PhotoPool {
  /** Resolves when the workers are up: with the model they have, or `null` when they only read. Never rejects. */
  readonly ready: Promise<ReadyModel | null>
  /**
   * Starts more workers if so many files wait that it is worth it.
   * @param waiting files in the queue and in work; asked for only while there can be more workers
   * @returns files that may be given out now without waiting in line for long
   */
  readonly makeRoom: (waiting: () => number) => number
  /** Workers that were needed so far, side by side. */
  readonly workers: () => number
  /** Files given out that have no result yet. */
  readonly inWork: () => readonly PhotoJob[]
  readonly read: (job: PhotoJob) => void
  /** Lets every worker finish what it has, free its model and end. */
  readonly stop: () => Promise<void>
}

/** The photo being classified and the one being decoded meanwhile. */
const photosPerWorker = 2
/** Watchdog period in milliseconds. It counts its own ticks, so sleep and clock jumps cannot make a photo look hung. */
const tick = 1000
/** Added to the time limits before a worker is given up; it should have answered by itself by then. */
const graceTicks = 5
/** Workers that die this often without having looked at a single photo in between will never do. */
const fruitlessStarts = 3

/**
 * MB for the engine's young objects, instead of 48: pictures lie elsewhere, so a worker has few, and what it never needs
 * again it would keep.
 */
const youngObjects = { maxYoungGenerationSizeMb: 6 }

interface PoolWorker {
  readonly thread: Worker
  /** Oldest first: the first is being read. */
  readonly jobs: PhotoJob[]
  readonly inference: Int32Array
  /** Its part of the memory for decoding. */
  readonly share: SharedArrayBuffer
  ticksOnFirst: number
  state: 'starting' | 'ready' | 'unusable' | 'hung' | 'gone'
}

/**
 * Long-lived photo workers: one at first, and as many as are worth it. A dead one is replaced. None is ever ended by force while an inference
 * runs in it: that would abort the whole process (see DESIGN 3.1).
 */
export function createPool(options: PoolOptions): PhotoPool {
  const { promise: ready, resolve: becomeReady } = Promise.withResolvers<ReadyModel | null>()
  const workers = new Set<PoolWorker>()
  const total = memoryForDecoding(options.workers)
  const account = openAccount(total)
  // Decoding the next photo may hold up the answer about the first.
  const ticksAllowed = Math.ceil((photosPerWorker * options.data.limits.timeout) / tick) + graceTicks
  let stopping = false
  let isStuck = false
  let needed = 0
  let fruitless = 0
  let whenEmpty: (() => void) | null = null

  function start(): PoolWorker {
    const inference = new SharedArrayBuffer(4)
    const share = openShare()
    const decoding = { total, account, share }
    const data: PhotoWorkerData = { ...options.data, role: 'photo-worker', decoding, inference }
    const thread = new Worker(options.entry, { workerData: data, resourceLimits: youngObjects })
    const worker: PoolWorker = {
      thread,
      jobs: [],
      inference: new Int32Array(inference),
      share,
      ticksOnFirst: 0,
      state: 'starting',
    }
    workers.add(worker)
    thread.on('message', (message: FromPhotoWorker) => {
      receive(worker, message)
    })
    thread.on('error', (error) => {
      leave(worker, toFailure(error))
    })
    thread.on('exit', () => {
      leave(worker, { code: 'internal', message: 'A photo worker ended unexpectedly.' })
    })
    return worker
  }

  function give(worker: PoolWorker, job: PhotoJob): void {
    worker.jobs.push(job)
    if (worker.jobs.length === 1) worker.ticksOnFirst = 0
    post(worker, { type: 'read', job })
  }

  function receive(worker: PoolWorker, message: FromPhotoWorker): void {
    switch (message.type) {
      case 'ready':
        if (worker.state === 'starting') worker.state = 'ready'
        if ([...workers].every(({ state }) => state !== 'starting')) becomeReady(message.model)
        return
      case 'unusable':
        worker.state = 'unusable'
        options.onBroken(message.failure, message.lost)
        return
      case 'result': {
        const at = worker.jobs.findIndex(({ fileId }) => fileId === message.result.fileId)
        const [job] = at < 0 ? [] : worker.jobs.splice(at, 1)
        if (job === undefined) return
        worker.ticksOnFirst = 0
        fruitless = 0
        options.onResult(message.result, job)
      }
    }
  }

  function leave(worker: PoolWorker, failure: Failure): void {
    if (worker.state === 'gone') return
    const { state } = worker
    worker.state = 'gone'
    workers.delete(worker)
    closeShare(account, worker.share)
    const lost = worker.jobs.splice(0)
    // A worker reads nothing before it is up, or without its model: its photos are not to blame.
    const isBlameless = state === 'starting' || state === 'unusable'
    if (lost.length > 0 && !isBlameless) options.onLost(lost, state === 'hung' ? 'hung' : 'died')
    if (stopping) {
      if (workers.size === 0) whenEmpty?.()
      return
    }
    fruitless += 1
    if (fruitless >= fruitlessStarts && (lost.length === 0 || state === 'starting')) {
      options.onBroken(failure, null)
      return
    }
    const next = start()
    if (state === 'starting') for (const job of lost) give(next, job)
  }

  function tellStuck(reason: string): void {
    if (!isStuck) options.onStuck(reason)
    isStuck = true
  }

  function watch(): void {
    for (const worker of workers) {
      if (worker.jobs.length === 0) continue
      worker.ticksOnFirst += 1
      const name = worker.jobs[0]?.path ?? ''
      if (worker.state === 'hung') {
        // Only JavaScript and WebAssembly can be ended from outside.
        if (worker.ticksOnFirst > graceTicks) tellStuck(`The thread that reads ${name} does not come back.`)
        continue
      }
      // Memory is waited for until every other worker has had its turn.
      if (worker.ticksOnFirst <= ticksAllowed * (isWaiting(worker.share) ? workers.size : 1)) continue
      if (Atomics.load(worker.inference, 0) === 0) {
        worker.state = 'hung'
        worker.ticksOnFirst = 0
        void worker.thread.terminate()
      } else tellStuck(`The model hangs on ${name}.`)
    }
  }

  function grow(wanted: number): void {
    for (; needed < Math.min(wanted, options.workers); needed++) start()
  }

  grow(1)
  const watchdog = setInterval(watch, tick)
  watchdog.unref()

  const open = (): PoolWorker[] =>
    [...workers].filter((worker) => worker.state === 'ready' || worker.state === 'starting')

  return {
    ready,
    makeRoom: (waiting) => {
      if (!stopping && needed < options.workers) grow(workersWorth(waiting()))
      return open().reduce((room, worker) => room + photosPerWorker - worker.jobs.length, 0)
    },
    workers: () => needed,
    inWork: () => [...workers].flatMap(({ jobs }) => jobs),
    read: (job) => {
      const worker = open().reduce((idlest, other) =>
        other.jobs.length < idlest.jobs.length ? other : idlest,
      )
      give(worker, job)
    },
    stop: () => {
      stopping = true
      const { promise, resolve } = Promise.withResolvers<undefined>()
      whenEmpty = () => {
        clearInterval(watchdog)
        becomeReady(null)
        resolve(undefined)
      }
      if (workers.size === 0) whenEmpty()
      for (const worker of workers) post(worker, { type: 'stop' })
      return promise
    },
  }
}

function post(worker: PoolWorker, message: ToPhotoWorker): void {
  worker.thread.postMessage(message)
}
