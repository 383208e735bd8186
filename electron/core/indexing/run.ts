import { errorOf, KartotekaError, type Failure } from '../contract/failure.ts'
import type { IndexingState } from '../contract/states.ts'
import { standardLimits } from '../imaging/limits.ts'
import { dropUselessMissing, isEmpty } from '../library/files/files.ts'
import { putBack, queueCounts, recoverQueue, takePending } from '../library/files/queue.ts'
import { yieldToEventLoop } from '../library/library.ts'
import { settleFormerPhotos } from '../library/photos/former.ts'
import { storeResults, type FileResult } from '../library/photos/store-results.ts'
import { endAgain, isAgain, noteUntagged, queueUntagged, queueWanted, wantAgain } from './again.ts'
import type { IndexingOptions, ModelForRun } from './indexing-options.ts'
import { queueOtherLooks } from './look-again.ts'
import { noCounts, scanFolders, type FolderScan, type ScanTarget, type ScanCounts } from './scan-folders.ts'
import { createThroughput } from './throughput.ts'
import { answersAtOnce, flushDelay } from './flush-policy.ts'
import { createPool, type PhotoPool } from './pool.ts'
import { planRescans } from './rescans.ts'
import { followNetwork, settleCutOffs } from './network-change.ts'
import type { RunEvent, RunState } from './run-state.ts'
import { withSoundTags } from './sound-tags.ts'
import type { RunSummary } from './summary.ts'
import type { LostDevice, PhotoJob, ReadyModel } from './worker-protocol.ts'

export interface RunRequest {
  /** Folders to look through first; may be none, to go on with the queue alone. */
  readonly targets: readonly ScanTarget[]
  /** All folders that people chose: the roots of the library, and some inside them. */
  readonly chosen: readonly string[]
  /** Classify also what was classified before. */
  readonly again: boolean
}

/** The state that a run goes by, which its owner keeps. */
export interface RunControl {
  readonly state: () => RunState
  readonly dispatch: (event: RunEvent) => void
}

/** One run: look for changes, then read every file in the queue. */
export interface Run {
  /** @throws KartotekaError; files in work are back in the queue then */
  readonly finished: Promise<RunSummary>
  /** The state changed. */
  readonly wake: () => void
  /** Tells how far it is. */
  readonly report: () => void
}

/** Milliseconds between two looks at what is due, and between two reports. */
const tick = 250
/** Milliseconds between two counts of the queue. */
const recount = 2000

export function startRun(
  options: IndexingOptions,
  request: RunRequest,
  { state, dispatch }: RunControl,
): Run {
  const { library } = options
  const limits = options.limits ?? standardLimits
  const look = options.look?.() ?? 'plain'
  const scanned = noCounts()
  const done = { indexed: 0, failed: 0, moved: 0, unchanged: 0, foundAgain: 0 }
  const rescans = planRescans(library)
  const throughput = createThroughput()
  const startedAt = performance.now()
  let inferences = 0
  let current: string | null = null
  let queued = 0
  let countedAt = Number.NEGATIVE_INFINITY
  let reportedAt = Number.NEGATIVE_INFINITY
  let folderScan: FolderScan | null = null
  let allScanned = false
  let opening: Promise<void> | null = null
  let pool: PhotoPool | null = null
  let model: ReadyModel | null = null
  let chosen: ModelForRun | null = null
  let broken: Failure | null = null
  /** Not yet stored, and since when the oldest waits. */
  let results: FileResult[] = []
  let oldest = 0
  /** Files that a dead worker had. */
  let lost: number[] = []
  let wakeUp: (() => void) | null = null

  const wake = (): void => {
    if (state().is === 'stopping') folderScan?.stop()
    wakeUp?.()
  }
  const isStopping = (): boolean => state().is === 'stopping'
  const canLook = async (): Promise<boolean> => (await options.chooseModel()).ok && !isStopping()
  const isBusy = (): boolean => lost.length > 0 || results.length > 0 || (pool?.inWork().length ?? 0) > 0

  async function go(): Promise<RunSummary> {
    const ticker = setInterval(wake, tick)
    try {
      putBack(library)
      // Whether a known content was moved or copied is only seen once it was missed elsewhere.
      const mayHaveMoved = !isEmpty(library)
      if (!mayHaveMoved && request.targets.length > 0) startWorkers()
      const scanning = scanAll()
      scanning.catch(wake)
      if (mayHaveMoved) await scanning
      await Promise.all([scanning, work(scanning)])
      if (!isStopping()) {
        // All contents are known now, also of files that were only touched.
        await settleFormerPhotos(library, yieldToEventLoop)
        await dropUselessMissing(library, yieldToEventLoop)
        endAgain(library)
        settleCutOffs(library)
      } else count()
      await stopWorkers()
      return summary()
    } catch (error) {
      folderScan?.stop()
      await stopWorkers()
      throw error
    } finally {
      clearInterval(ticker)
      release()
    }
  }

  /** What has no stored result goes back into the queue. On a full disk that is left to the next run. */
  function release(): void {
    try {
      recoverLost()
      putBack(library)
    } catch (error) {
      if (!(error instanceof KartotekaError)) throw error
    }
  }

  async function scanAll(): Promise<void> {
    report('now')
    if (request.again) {
      wantAgain(
        library,
        request.targets.map(({ path }) => path),
      )
    }
    if (request.targets.length > 0) {
      folderScan = scan(request.targets, scanned)
      await folderScan.finished
    }
    if (isStopping()) return
    await queueUntagged(options, () => !isStopping())
    await followNetwork(options, () => !isStopping())
    const known =
      (await queueWanted(library, yieldToEventLoop)) +
      (await queueOtherLooks(library, look, canLook, yieldToEventLoop))
    scanned.unchanged = Math.max(0, scanned.unchanged - known)
    allScanned = true
    dispatch({ type: 'scanned' })
    count()
    wake()
  }

  function scan(targets: readonly ScanTarget[], counts: ScanCounts): FolderScan {
    const onOffline = (path: string): void => {
      const message = `${path} is not reachable. Its photos and tags are kept until it is back.`
      options.onNotice({ code: 'folder-offline', message })
    }
    const entry = options.entries.scan
    return scanFolders(library, entry, targets, request.chosen, counts, onOffline, () => {
      if (counts.found > counts.unchanged) startWorkers()
      // Workers that have something to do ask for more by themselves.
      if (!isBusy()) wake()
    })
  }

  /** Looks for what became of stale files. @returns whether there was need to */
  async function rescan(): Promise<boolean> {
    const targets = rescans.due()
    if (targets.length === 0) return false
    const counts = noCounts()
    folderScan = scan(targets, counts)
    await folderScan.finished
    scanned.found = Math.max(scanned.found, counts.found)
    scanned.videos = Math.max(scanned.videos, counts.videos)
    scanned.unreadableFolders = Math.max(scanned.unreadableFolders, counts.unreadableFolders)
    scanned.missing += counts.missing
    count()
    return true
  }

  async function work(scanning: Promise<void>): Promise<void> {
    let scanFailed = false
    scanning.catch(() => {
      scanFailed = true
    })
    for (;;) {
      if (broken !== null) throw errorOf(broken)
      if (scanFailed) return
      store()
      const { is } = state()
      if (is === 'scanning' || is === 'indexing') await giveOut()
      if (!isBusy()) {
        dispatch({ type: 'drained' })
        if (isStopping()) return
        if (state().is === 'indexing' && !hasQueue() && !(await rescan())) return
      }
      throughput.pass(performance.now(), state().is === 'paused')
      report()
      await new Promise<void>((resolve) => {
        wakeUp = resolve
      })
    }
  }

  async function giveOut(): Promise<void> {
    if (!hasQueue()) return
    startWorkers()
    await opening
    const { is } = state()
    const room = pool?.makeRoom(count) ?? 0
    if (pool === null || room <= 0 || (is !== 'scanning' && is !== 'indexing')) return
    const again = isAgain(library)
    for (const file of takePending(library, room)) {
      pool.read({ ...file, again, mayWait: rescans.mayWait(file.path) })
      current = file.path
    }
  }

  /** They take a while until they are up: in a new library beside the scan, else from the first file on that is to be read. */
  function startWorkers(): void {
    const { is } = state()
    if (opening !== null || (is !== 'scanning' && is !== 'indexing')) return
    opening = openPool()
    // What gives files out meets the failure.
    opening.catch(wake)
  }

  async function stopWorkers(): Promise<void> {
    await opening?.catch(() => null)
    await pool?.stop()
  }

  /** Opens none when indexing was stopped while the model was being tried out. */
  async function openPool(): Promise<void> {
    const found = await options.chooseModel()
    if (isStopping()) return
    if (found.ok) chosen = found.value
    else options.onNotice({ code: 'model-missing', message: found.error.message })
    pool = createPool({
      entry: options.entries.photo,
      workers: Math.min(options.workers(), chosen?.maxWorkers ?? Number.POSITIVE_INFINITY),
      data: {
        library: library.folder,
        limits,
        model: chosen?.choice ?? null,
        look,
        priority: options.priority?.() ?? 0,
        categories: options.categories,
      },
      onResult: (result, { path }) => {
        if (result.kind === 'stale') rescans.note(path)
        if (result.kind === 'read' && result.tagging !== null) inferences += 1
        take(withSoundTags(result))
      },
      onLost: lose,
      onBroken: breakDown,
      onStuck: (reason) => options.onStuck?.(reason),
    })
    const { ready } = pool
    const noteReady = async (): Promise<void> => {
      model = await ready
      options.onReady?.()
      wake()
    }
    void noteReady()
  }

  function take(result: FileResult): void {
    if (results.length === 0) oldest = performance.now()
    results.push(result)
    wake()
  }

  /** With others in work nobody knows which file is to blame: they are all tried again, alone. */
  function lose(jobs: readonly PhotoJob[], how: 'died' | 'hung'): void {
    const [first] = jobs
    options.log(`A photo worker ${how} while it had ${jobs.map(({ path }) => path).join(', ')}`)
    if (how === 'hung' && first?.suspect === true) {
      const seconds = Math.round(limits.timeout / 1000)
      const reason = `Reading this file took longer than ${seconds} seconds, twice.`
      take({ kind: 'problem', fileId: first.fileId, problem: { kind: 'timed-out', reason } })
      return
    }
    // Told by the thread's end, where nobody could deal with a library that cannot be written.
    lost.push(...jobs.map(({ fileId }) => fileId))
    wake()
  }

  function breakDown(failure: Failure, device: LostDevice | null): void {
    broken = failure
    if (device !== null) options.onDeviceLost?.(device)
    wake()
  }

  /** @throws KartotekaError as `write`; they are kept for another try */
  function recoverLost(): void {
    if (lost.length === 0) return
    const { quarantined } = recoverQueue(library, lost)
    lost = []
    done.failed += quarantined
    queued = Math.max(0, queued - quarantined)
  }

  /** Stores results if it is time to. @throws KartotekaError as `write` */
  function store(): void {
    recoverLost()
    if (results.length === 0) return
    // With nothing left at the workers there is nothing to wait for.
    const now = performance.now()
    const before = done.indexed + done.failed + done.moved + done.unchanged
    const isOld = now - oldest >= flushDelay(now - startedAt, before)
    if (results.length < answersAtOnce && pool?.inWork().length !== 0 && !isOld) return
    // The first worker may answer before all are ready.
    const stored = storeResults(library, results, model?.identity ?? chosen?.choice.model.identity ?? null)
    results = []
    done.indexed += stored.indexed
    done.failed += stored.failed
    done.moved += stored.moved
    done.unchanged += stored.unchanged
    done.foundAgain += stored.foundAgain
    if (stored.untagged > 0) noteUntagged(library)
    const files = stored.indexed + stored.failed + stored.moved + stored.unchanged + stored.stale
    queued = Math.max(0, queued - files)
    throughput.add(files, now)
    options.onStored()
  }

  /** Files that wait or are in work. Counting a long queue takes a while, so between counts it is only estimated. */
  function hasQueue(): boolean {
    if (queued === 0 || performance.now() - countedAt > recount) count()
    return queued > 0
  }

  function count(): number {
    const { pending, running } = queueCounts(library)
    queued = pending + running
    countedAt = performance.now()
    return queued
  }

  function report(when: 'now' | 'in time' = 'in time'): void {
    const now = performance.now()
    if (when === 'in time' && now - reportedAt < tick) return
    reportedAt = now
    options.onState(progress(), summary())
  }

  function progress(): IndexingState {
    const now = performance.now()
    const present = state()
    return {
      phase: present.is,
      because: 'because' in present ? present.because : null,
      found: scanned.found,
      done: done.indexed + done.moved + done.unchanged,
      failed: done.failed,
      queued,
      unchanged: scanned.unchanged,
      videos: scanned.videos,
      photosPerSecond: Number(throughput.rate(now).toFixed(1)),
      secondsLeft: throughput.secondsFor(queued, now),
      workers: pool?.workers() ?? 0,
      inWork: pool?.inWork().length ?? 0,
      current,
    }
  }

  function summary(): RunSummary {
    return {
      found: scanned.found,
      videos: scanned.videos,
      unreadableFolders: scanned.unreadableFolders,
      indexed: done.indexed,
      unchanged: scanned.unchanged + done.unchanged,
      moved: done.moved,
      missing: Math.max(0, scanned.missing - done.foundAgain),
      failed: done.failed,
      queued,
      stopped: isStopping() && (!allScanned || queued > 0),
      inferences,
      model: model?.identity ?? null,
      provider: model?.provider ?? null,
      workers: pool?.workers() ?? 0,
    }
  }

  return {
    finished: go(),
    wake,
    report: () => {
      report('now')
    },
  }
}
