import { findModels } from '../core/classify/model-files.ts'
import type { ServiceHandlers } from '../core/contract/contract.ts'
import { toFailure, valueOf } from '../core/contract/failure.ts'
import type { Notice, Settings } from '../core/contract/states.ts'
import { priorityFor, thisMachine, workersFor } from '../core/indexing/worker-count.ts'
import { createIndexer } from '../core/indexing/indexer.ts'
import type { RunSummary } from '../core/indexing/summary.ts'
import { describeUntrusted, leaveUntrusted, untrustedRoots } from '../core/indexing/scan-targets.ts'
import { ancestorsIn } from '../core/labels/ancestors.ts'
import type { Lexicon } from '../core/labels/lexicon.ts'
import { checkInBackground } from '../core/library/upkeep/check.ts'
import { libraryFile } from '../core/library/upkeep/library-files.ts'
import { isAnyOffline } from '../core/library/roots/folders.ts'
import { revision, type Library } from '../core/library/library.ts'
import { closeLibrary, openLibrary } from '../core/library/upkeep/open.ts'
import { listRoots, settleRoots } from '../core/library/roots/roots.ts'
import { isWithin } from '../core/paths/os-path.ts'
import { hasSpace } from '../core/library/upkeep/space.ts'
import type { ModelCalls } from '../core/media/model-protocol.ts'
import { hasFailed } from '../core/metadata-out/due.ts'
import type { CopyingCalls } from '../core/give-away/copying-protocol.ts'
import type { CompareCalls, TeachCalls } from '../core/teach/teach-protocol.ts'
import type { SearchCalls, SearchWorkerData } from '../core/search/search-protocol.ts'
import { threadEntries } from '../worker/entries.ts'
import { createBackupScheduler } from './backup-scheduler.ts'
import { createCallingThread, startThread } from './calling-thread.ts'
import { createChanges, type Emit } from './changes.ts'
import type { Context } from './context.ts'
import { createCopying } from './copying.ts'
import type { BackupCalls } from './handlers/backups.ts'
import { checkThread } from './handlers/doctor.ts'
import { handlersOf } from './handlers/handlers-of.ts'
import { endAtOnce } from './end-at-once.ts'
import { createLooksUpkeep } from './looks-upkeep.ts'
import { createFolderWatch } from './folder-watch.ts'
import { createIndexingControl } from './indexing-control.ts'
import { createOfflineHiding } from './offline-hiding.ts'
import { innerHandlers } from './inner-handlers.ts'
import { createMetadataExport } from './metadata-export.ts'
import { createModelProvider } from './model-provider.ts'
import { trialProcess } from './network-trial.ts'
import { modelInUse } from './network-models.ts'
import { createNetworks } from './networks.ts'
import { createNotices } from './notices.ts'
import type { ServiceOptions } from './options.ts'
import type { InnerHandlers } from './protocol.ts'
import { createPlaceFiller } from './place-filler.ts'
import { changeSettings, readSettings } from './settings-store.ts'
import { createSidecarWriter } from './sidecar-writer.ts'
import { createTeacher } from './teacher.ts'
import { createThumbnailSweeper } from './thumbnail-sweeper.ts'
import { createViewing, withinTrust } from './viewing.ts'

/** An open library with everything that works on it. */
export interface LibraryService {
  readonly handlers: Omit<ServiceHandlers, BackupCalls>
  readonly inner: InnerHandlers
  /** Finishes the photos in work, frees models, closes the library. */
  readonly close: () => Promise<void>
}

export interface LibraryServiceOptions {
  readonly service: ServiceOptions
  readonly lexicon: Lexicon
  /** Folder for what belongs to this machine, whatever the library. */
  readonly machineFolder: string
  /** Begin a new library in place of one that cannot be used. */
  readonly afresh: boolean
  readonly emit: Emit
  /** What the run that is going on did up to now. */
  readonly onSoFar?: (summary: RunSummary) => void
  readonly log: (line: string) => void
}

/** The command line has come for one run. */
const forOneRun = { effort: 'full', watchFolders: false } as const

/**
 * Opens the library and starts what works on it; goes on with an interrupted indexing, unless the command line asks.
 * What has to be closed is closed from the last part to the first, also when one of them cannot be started.
 * @throws KartotekaError as `openLibrary` does; for the command line `model-missing`, `model-invalid`
 */
export async function openLibraryService(options: LibraryServiceOptions): Promise<LibraryService> {
  const { lexicon, log } = options
  await using parts = new AsyncDisposableStack()
  const isCommand = options.service.shell === 'command'
  const ending = new AbortController()
  let isClosed = false
  // What comes late speaks of a library that is closed, and maybe of another one than is open now.
  const emit: Emit = (name, payload) => {
    if (!isClosed) options.emit(name, payload)
  }
  // Someone waits for tags there: without a model nothing is begun, and nothing made on the disk.
  const found = isCommand ? valueOf(await findModels()) : null
  const ofSearches: SearchWorkerData = { role: 'search-worker', library: options.service.library }
  // It starts while the library is opened, which it reads from its first call on.
  const searchThread = parts.use(isCommand ? null : startThread(threadEntries.search, ofSearches))
  const library = parts.adopt(
    openLibrary(options.service.library, {
      mode: 'write',
      afresh: options.afresh,
      crashesAllowed: options.service.crashesAllowed,
      ancestorsOf: ancestorsIn(lexicon),
    }),
    closeLibrary,
  )
  parts.defer(() => {
    isClosed = true
  })
  const notices = createNotices(library.notices, isOver, (notice) => {
    emit('notice', notice)
  })
  const notify = (notice: Notice): void => {
    if (!isClosed) notices.tell(notice)
  }
  // Asked only later, when everything it asks is there.
  function isOver({ code }: Notice): boolean {
    switch (code) {
      case 'folders-untrusted':
        return untrustedRoots(library).length === 0
      case 'folder-offline':
        return !isAnyOffline(library)
      case 'disk-full':
        return hasSpace(library)
      case 'sidecars-failed':
        return !hasFailed(library)
      case 'model-missing':
        return model.state().state !== 'missing'
      case 'watch-limited':
        return !watch.isLimited()
      default:
        return false
    }
  }
  const settings = (): Settings => ({ ...readSettings(library), ...(isCommand && forOneRun) })
  const emitChange: Emit = (name, payload) => {
    emit(name, payload)
    if (!('what' in payload) || !payload.what.includes('decisions')) return
    sidecars.soon()
    teacher.soon()
  }
  const changes = createChanges(emitChange, () => revision(library))
  parts.defer(changes.end)
  const viewing = withinTrust(createViewing(threadEntries.viewing))
  parts.defer(viewing.stop)
  const modelThread = createCallingThread<ModelCalls>({
    entry: threadEntries.model,
    died: 'The thread that runs the model for heat maps and trials has ended.',
    log,
  })
  parts.defer(modelThread.stop)
  const searches = createCallingThread<SearchCalls>({
    entry: threadEntries.search,
    workerData: ofSearches,
    started: searchThread,
    died: 'The thread that searches has ended.',
    log,
  })
  parts.defer(searches.stop)
  const copyThread = createCallingThread<CopyingCalls>({
    entry: threadEntries.copy,
    died: 'Reading this file ended the thread that makes copies.',
    log,
  })
  parts.defer(copyThread.stop)
  const teachThread = createCallingThread<TeachCalls & CompareCalls>({
    entry: threadEntries.teach,
    workerData: { role: 'teach-worker', library: library.folder },
    died: 'The thread that learns words has ended.',
    log,
  })
  parts.defer(teachThread.stop)
  const teacher = createTeacher({
    library,
    thread: teachThread,
    onProposed: () => {
      changes.soon('tags', 'photos')
    },
    log,
  })
  parts.defer(teacher.end)
  const model = createModelProvider({
    thread: modelThread,
    settings,
    maker: options.service.modelMaker ?? null,
    folder: options.machineFolder,
    other: () => modelInUse(library),
    found,
    onState: (state) => {
      emit('model', state)
      if (state.state === 'missing') notify({ code: 'model-missing', message: state.message })
    },
    onNotice: notify,
    log,
  })
  parts.defer(model.end)
  const networks = createNetworks({
    library,
    tryOut: trialProcess(threadEntries.trial, (file) => modelThread.ask('tryNetwork', { model: file })),
    onFetching: (fetching) => {
      emit('networks', { fetching })
    },
  })
  const indexer = createIndexer(
    {
      library,
      categories: lexicon.categories,
      entries: threadEntries,
      chooseModel: model.choose,
      look: () => settings().look,
      onDeviceLost: model.lose,
      onStuck: (reason) => {
        log(reason)
        endAtOnce()
      },
      workers: () => workersFor(settings().effort, thisMachine()),
      priority: () => priorityFor(settings().effort),
      onFullDisk: isCommand ? 'end' : 'wait',
      onState: (state, soFar) => {
        emit('indexing', state)
        options.onSoFar?.(soFar)
      },
      onStored: () => {
        changes.soon('photos', 'problems')
        changes.later('tags', 'folders')
        teacher.later()
      },
      onNotice: notify,
      log,
    },
    () => (isCommand ? null : indexing.held()),
  )
  const indexing = createIndexingControl({
    library,
    indexer,
    pausesOnBattery: () => settings().pauseOnBattery,
    onDone: () => {
      changes.soon('photos', 'tags', 'folders', 'problems')
      backups.backUpIfDue()
      sidecars.retry()
      thumbnails.sweepIfFree()
      looks.goOnIfFree()
      void places.placeIfFree()
    },
    log,
  })
  parts.defer(indexing.end)
  const isFree = (): boolean => !ending.signal.aborted && indexer.state().phase === 'idle'
  const thumbnails = createThumbnailSweeper(library, isFree, log)
  const looks = createLooksUpkeep({
    library,
    describing: modelThread,
    comparing: teachThread,
    model: model.onCpu,
    isFree: () => isFree() && indexing.held() === null,
    onKept: teacher.later,
    onCompared: () => {
      changes.later('duplicates')
    },
    log,
  })
  parts.defer(looks.end)
  const places = createPlaceFiller({
    library,
    isFree,
    onPlaced: () => {
      changes.soon('photos')
    },
    log,
  })
  parts.defer(places.end)
  const backups = createBackupScheduler({
    library,
    checkThread,
    onFailure: ({ code, message }) => {
      log(`The backup was not made: ${message}`)
      if (code === 'library-damaged') notify({ code, message })
    },
  })
  parts.defer(backups.end)
  const watch = createFolderWatch({
    library,
    isWanted: () => settings().watchFolders,
    onChange: (target) => {
      indexing.rescan([target])
    },
    onNotice: notify,
  })
  parts.defer(watch.close)
  const sidecars = createSidecarWriter({
    library,
    lexicon,
    settings,
    switchOff: () => {
      changeSettings(library, { writeSidecars: false })
    },
    onFailure: (message) => {
      notify({ code: 'sidecars-failed', message })
    },
    log,
  })
  parts.defer(sidecars.end)
  const metadataExport = createMetadataExport({ library, lexicon, emit })
  parts.defer(metadataExport.end)
  const copying = createCopying({
    library,
    thread: copyThread,
    emit,
    onSaved: (folder) => {
      const holding = listRoots(library).filter(({ path }) => isWithin(folder, path))
      if (holding.length > 0) indexing.rescan(holding.map(({ id }) => ({ rootId: id, path: folder })))
    },
  })
  parts.defer(copying.end)
  parts.defer(() => {
    ending.abort()
  })
  const context: Context = {
    options: options.service,
    library,
    lexicon,
    searches,
    indexer,
    indexing,
    copying,
    copyThread,
    model,
    modelThread,
    networks,
    viewing,
    thumbnails,
    places,
    descriptors: looks.descriptors,
    changes,
    watch,
    offlineHiding: createOfflineHiding({ library, indexing, changes }),
    metadataExport,
    sidecars,
    teacher,
    notices,
    ending: ending.signal,
    log,
  }

  const housekeeping = async (): Promise<void> => {
    const searchesPrepared = searches.ask('whenPrepared', null).catch(() => null)
    await settleRoots(library, undefined, ending.signal)
    if (ending.signal.aborted) return
    if (library.unclean) await reportDamage(library, notify)
    await model.choose()
    // The first page waits for what is read ahead, and nobody for the rest, which would take its time from it.
    await searchesPrepared
    if (ending.signal.aborted) return
    thumbnails.sweepIfFree()
    looks.goOnIfFree()
    teacher.later()
    void places.placeIfFree()
  }
  const beginUnasked = (): void => {
    const untrusted = untrustedRoots(library)
    if (untrusted.length > 0) {
      notify({ code: 'folders-untrusted', message: describeUntrusted(untrusted) })
      indexing
        .runExclusive(() => leaveUntrusted(library))
        .catch((error: unknown) => {
          log(`Folders of another computer: ${toFailure(error).message}`)
        })
    }
    indexing.begin(settings().watchFolders)
    watch.refresh()
    sidecars.retry()
    housekeeping().catch((error: unknown) => {
      if (!ending.signal.aborted) log(`Housekeeping: ${toFailure(error).message}`)
    })
  }
  if (!isCommand) beginUnasked()
  // Nobody asks for them there.
  else for (const notice of library.notices) emit('notice', notice)

  const closing = parts.move()
  return {
    handlers: {
      ...handlersOf(context),
      makeBackup: backups.backUpNow,
    },
    inner: innerHandlers(context),
    close: () => closing.disposeAsync(),
  }
}

async function reportDamage(library: Library, notify: (notice: Notice) => void): Promise<void> {
  const [fault] = await checkInBackground(libraryFile(library.folder), checkThread)
  if (fault !== undefined) {
    notify({
      code: 'library-damaged',
      message: `The library has faults (${fault}). Restore a backup from before the last crash.`,
    })
  }
}
