import { KartotekaError } from '../contract/failure.ts'
import type { Hindrance, IndexingState } from '../contract/values.ts'
import { standardLimits } from '../imaging/limits.ts'
import { pause as breathe } from '../library/library.ts'
import { reuniteAll } from '../library/moves.ts'
import { queueAgain } from '../library/files/files.ts'
import { putBackRunning, queueCounts } from '../library/files/queue.ts'
import { readSetting, writeSetting } from '../library/settings.ts'
import { endAgain, isAgain, queueWanted, wantAgain } from './again.ts'
import { createDispatcher, type Dispatcher } from './dispatcher.ts'
import type { IndexingOptions } from './indexing-options.ts'
import { lookForChanges, type Look, type Place, type ScanCounts } from './look-for-changes.ts'
import { createPace } from './pace.ts'
import { isEmpty } from '../library/known-photos.ts'
import type { RunSummary } from './summary.ts'
import type { Stored } from './writer.ts'

export interface RunRequest {
  /** Folders to look through first; may be none, to go on with the queue alone. */
  readonly places: readonly Place[]
  /** All roots of the library. */
  readonly roots: readonly string[]
  /** Classify also what was classified before. */
  readonly again: boolean
}

/** One run: look for changes, then look at every photo in the queue. */
export interface Run {
  /** @throws KartotekaError; photos in work are back in the queue then */
  readonly finished: Promise<RunSummary>
  /** The photos in work are finished, no others are begun. */
  readonly pause: (because: Hindrance | null) => void
  readonly resume: () => void
  /** Finishes the photos in work and ends; the rest stays queued. */
  readonly stop: () => void
}

/** Milliseconds between two looks at what is due, and between two reports. */
const tick = 250
/** Milliseconds between two counts of the queue. */
const recount = 2000
/** Library setting. Photos were read without a model and wait for their tags. */
const untaggedKey = 'indexing.untagged'

export function startRun(options: IndexingOptions, request: RunRequest): Run {
  const { library } = options
  const scanned: ScanCounts = { found: 0, unchanged: 0, missing: 0, videos: 0, unreadableFolders: 0 }
  const done = { indexed: 0, failed: 0, moved: 0, unchanged: 0 }
  const setAside: number[] = []
  const pace = createPace()
  let phase: IndexingState['phase'] = 'scanning'
  let because: Hindrance | null = null
  let current: string | null = null
  let queued = 0
  let countedAt = 0
  let lookedThrough = false
  let paused = false
  let stopping = false
  let look: Look | null = null
  let dispatcher: Dispatcher | null = null
  let workers = 0
  let reportedAt = Number.NEGATIVE_INFINITY
  let wakeUp: (() => void) | null = null

  const wake = (): void => {
    wakeUp?.()
  }

  async function go(): Promise<RunSummary> {
    const ticker = setInterval(wake, tick)
    try {
      putBackRunning(library)
      // A photo that was moved must not be looked at before it was missed elsewhere.
      const mayHaveMoved = !isEmpty(library)
      const looking = lookThrough()
      looking.catch(wake)
      if (mayHaveMoved) await looking
      await Promise.all([looking, work(looking)])
      // All contents are known now, also of files that were only touched.
      await reuniteAll(library, [...(look?.missed() ?? []), ...setAside], breathe)
      if (stopping) count()
      else endAgain(library)
      await dispatcher?.stop()
      return summary()
    } catch (error) {
      look?.stop()
      await dispatcher?.stop()
      throw error
    } finally {
      clearInterval(ticker)
      phase = 'idle'
      report('now')
      release()
    }
  }

  /** What has no stored answer goes back into the queue. On a full disk that is left to the next run. */
  function release(): void {
    try {
      dispatcher?.abandon()
    } catch (error) {
      if (!(error instanceof KartotekaError)) throw error
    }
  }

  async function lookThrough(): Promise<void> {
    report('now')
    if (request.again) {
      wantAgain(
        library,
        request.places.map(({ path }) => path),
      )
    }
    if (request.places.length > 0) {
      look = lookForChanges(library, options.entries.scan, request.places, request.roots, scanned, (path) => {
        const message = `${path} is not reachable. Its photos and tags are kept until it is back.`
        options.onNotice({ code: 'folder-offline', message })
      })
      await look.finished
    }
    if (stopping) return
    scanned.unchanged = Math.max(0, scanned.unchanged - (await queueWanted(library, breathe)))
    if (readSetting(library, untaggedKey) === true) await queueUntagged()
    lookedThrough = true
    count()
    wake()
  }

  async function queueUntagged(): Promise<void> {
    const model = await options.chooseModel()
    if (!model.ok || stopping) return
    await queueAgain(library, 'untagged', breathe)
    writeSetting(library, untaggedKey, false)
  }

  async function work(looking: Promise<void>): Promise<void> {
    let lookFailed = false
    looking.catch(() => {
      lookFailed = true
    })
    for (;;) {
      dispatcher?.check()
      if (lookFailed) return
      keep(dispatcher?.store() ?? null)
      if (!stopping && !paused) await giveOut()
      if ((dispatcher?.inWork() ?? 0) === 0) {
        if (stopping || (lookedThrough && !paused && !hasQueue())) return
      }
      phase = phaseNow()
      report()
      await new Promise<void>((resolve) => {
        wakeUp = resolve
      })
    }
  }

  async function giveOut(): Promise<void> {
    if (!hasQueue()) return
    dispatcher ??= await openDispatcher()
    if (dispatcher === null || paused) return
    const path = dispatcher.giveOut()
    if (path !== null) current = path
  }

  /** `null` when somebody said stop while the model was being tried out. */
  async function openDispatcher(): Promise<Dispatcher | null> {
    const chosen = await options.chooseModel()
    if (stopping) return null
    if (!chosen.ok) options.onNotice({ code: 'model-missing', message: chosen.error.message })
    workers = Math.min(
      options.workers(),
      (chosen.ok ? chosen.value.maxWorkers : null) ?? Number.POSITIVE_INFINITY,
    )
    return createDispatcher({
      library,
      entry: options.entries.photo,
      workers,
      limits: options.limits ?? standardLimits,
      model: chosen.ok ? chosen.value.choice : null,
      priority: options.priority?.() ?? 0,
      categories: options.categories,
      again: () => isAgain(library),
      onReady: options.onReady ?? (() => {}),
      onDeviceLost: options.onDeviceLost ?? (() => {}),
      onChange: wake,
      log: options.log,
    })
  }

  function keep(stored: Stored | null): void {
    if (stored === null) return
    done.indexed += stored.indexed
    done.failed += stored.failed
    done.moved += stored.moved
    done.unchanged += stored.unchanged
    for (const id of stored.setAside) setAside.push(id)
    if (stored.untagged > 0 && readSetting(library, untaggedKey) !== true)
      writeSetting(library, untaggedKey, true)
    const photos = stored.indexed + stored.failed + stored.moved + stored.unchanged
    queued = Math.max(0, queued - photos)
    pace.add(photos, performance.now())
    options.onStored()
  }

  /** Photos that wait or are in work. Counting a long queue takes a while, so between counts it is only estimated. */
  function hasQueue(): boolean {
    if (queued === 0 || performance.now() - countedAt > recount) count()
    return queued > 0
  }

  function count(): void {
    const { pending, running } = queueCounts(library)
    queued = pending + running
    countedAt = performance.now()
  }

  function phaseNow(): IndexingState['phase'] {
    if (stopping) return 'stopping'
    if (paused) return (dispatcher?.inWork() ?? 0) > 0 ? 'stopping' : 'paused'
    return lookedThrough ? 'indexing' : 'scanning'
  }

  function report(when: 'now' | 'in time' = 'in time'): void {
    const now = performance.now()
    if (when === 'in time' && now - reportedAt < tick) return
    reportedAt = now
    options.onState(
      {
        phase,
        because,
        found: scanned.found,
        done: done.indexed + done.moved + done.unchanged,
        failed: done.failed,
        queued,
        unchanged: scanned.unchanged,
        videos: scanned.videos,
        photosPerSecond: Number(pace.rate(now).toFixed(1)),
        secondsLeft: pace.secondsFor(queued, now),
        workers,
        current,
      },
      summary(),
    )
  }

  function summary(): RunSummary {
    const model = dispatcher?.model() ?? null
    return {
      ...scanned,
      indexed: done.indexed,
      unchanged: scanned.unchanged + done.unchanged,
      moved: done.moved,
      missing: Math.max(0, scanned.missing - done.moved),
      failed: done.failed,
      queued,
      stopped: stopping && (!lookedThrough || queued > 0),
      inferences: dispatcher?.inferences() ?? 0,
      model: model?.identity ?? null,
      provider: model?.provider ?? null,
      workers,
    }
  }

  return {
    finished: go(),
    pause: (why) => {
      paused = true
      because = why
      wake()
    },
    resume: () => {
      paused = false
      because = null
      wake()
    },
    stop: () => {
      stopping = true
      look?.stop()
      wake()
    },
  }
}
