import * as v from 'valibot'
import { albumCalls } from './albums.ts'
import { dayCalls } from './days.ts'
import { duplicateCalls } from './duplicates.ts'
import { shownPictureCalls } from './shown-pictures.ts'
import { stackCalls } from './stacks.ts'
import { dateChange, datesPreview } from './dating.ts'
import { shellCalls } from './shell-calls.ts'
import { personFact, personFactValues } from './person-facts.ts'
import { ownPixelCalls } from './own-pixels.ts'
import { placeChange, placesPreview, town } from './placing.ts'
import { networkCalls, networkFetching } from './networks.ts'
import { teachingCalls } from './teaching.ts'
import { exportFormat, exportState } from './metadata-export.ts'
import { copyOptions, copyState } from './copies.ts'
import { thingCalls } from './things.ts'
import { mapCalls } from './map.ts'
import {
  backup,
  doctorReport,
  failure,
  indexingState,
  modelState,
  notice,
  problem,
  providerReport,
  restoreLoss,
  settings,
  status,
} from './states.ts'
import {
  completion,
  count,
  fileId,
  folderId,
  folderNode,
  heatMap,
  labelMatch,
  language,
  manyPhotos,
  offset,
  ownLabel,
  photoDetails,
  photoId,
  listId,
  search,
  searchPage,
  selectionLabel,
  termKey,
  facet,
  wallPhoto,
} from './values.ts'

const nothing = v.null()
const path = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(32_768),
  v.excludes('\0', 'no path has a NUL character'),
)
const manyFiles = v.pipe(v.array(fileId), v.minLength(1), v.maxLength(200_000))
const backupId = v.pipe(v.string(), v.maxLength(255))
const changed = v.object({ changed: count })
const place = v.object({ name: v.string(), path: v.string() })

/**
 * Every call the renderer may make. The service answers, one for all shells; those of `shellCalls` are answered by the
 * shell itself, because only it can. Input and output are validated at the border.
 */
export const calls = {
  getStatus: { input: nothing, output: status },
  getSettings: { input: nothing, output: settings },
  setSettings: { input: v.partial(settings), output: settings },
  getDoctor: { input: nothing, output: doctorReport },
  /** Which ways to run the model were tried, what came of it, and which one is used. The setting is `provider`. */
  getProviders: { input: nothing, output: providerReport },
  /** Forgets what came of it and tries all of them anew, say after a driver was updated. Takes about a second. */
  tryProvidersAgain: { input: nothing, output: providerReport },

  /**
   * Where the model is missing: takes it up if it is there by now, or makes it from the weights in a file that the person
   * chose, or (`null`) from those that are found on this computer or can be fetched. Answered when photos can be tagged;
   * those that were not are tagged then. The event `model` tells how far it is.
   */
  makeModel: { input: v.object({ weights: v.nullable(path) }), output: nothing },

  /**
   * An ordered list by name: its size, its days, how the query was read, and the first photos of it. `knownShapes` is the
   * `shapesVersion` that came last: the shapes come again only when they are others.
   */
  search: {
    input: v.object({
      search,
      limit: v.pipe(count, v.maxValue(1000)),
      listId,
      knownShapes: v.optional(v.pipe(v.string(), v.maxLength(64))),
    }),
    output: searchPage,
  },
  /** Photos `offset … offset+limit` of that list. */
  getWindow: {
    input: v.object({ search, offset, limit: v.pipe(count, v.maxValue(1000)), listId }),
    output: v.array(wallPhoto),
  },
  /** Ids only, for selections that reach past what is on the screen. */
  getIds: {
    input: v.object({ search, offset, limit: v.pipe(count, v.maxValue(200_000)), listId }),
    output: v.array(photoId),
  },
  /** Photos by id as the wall would show them in that search, also those that left it; without those that are gone. */
  getPhotos: {
    input: v.object({ search, photoIds: v.pipe(v.array(photoId), v.maxLength(1000)) }),
    output: v.array(wallPhoto),
  },
  getPhoto: { input: v.object({ id: photoId, language }), output: photoDetails },
  ...ownPixelCalls,
  getHeatMap: { input: v.object({ id: photoId, term: termKey }), output: heatMap },
  complete: {
    input: v.object({
      text: v.pipe(v.string(), v.maxLength(2000)),
      caret: v.pipe(count, v.maxValue(2000)),
      language,
    }),
    output: v.array(completion),
  },
  /** Labels the whole text may mean, exact names first: for giving a label, not for searching. */
  matchLabels: {
    input: v.object({ text: v.pipe(v.string(), v.maxLength(200)), language }),
    output: v.array(labelMatch),
  },
  /** The labels of the selected photos, those of most photos first. */
  getSelectionLabels: {
    input: v.object({ photoIds: manyPhotos, language }),
    output: v.array(selectionLabel),
  },
  getFacets: { input: v.object({ language }), output: v.array(facet) },
  ...thingCalls,

  /** Confirm, remove or add one label on photos; `own` is a word of one's own. `clear` takes a decision back. */
  decide: {
    input: v.object({
      photoIds: manyPhotos,
      verdict: v.picklist(['confirmed', 'removed', 'added', 'clear']),
      label: v.variant('kind', [
        v.object({ kind: v.literal('term'), term: termKey }),
        v.object({
          kind: v.literal('own'),
          name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200)),
        }),
      ]),
    }),
    output: changed,
  },
  /** Says something else of photos: stars, favourite, hidden, title, note, date, place, turn; `null` takes it back. */
  say: { input: v.object({ photoIds: manyPhotos, fact: personFact }), output: changed },
  /** Turns photos as they are shown, each from where it stands, clockwise; their tags are made anew. */
  turnPhotos: {
    input: v.object({ photoIds: manyPhotos, degrees: v.picklist([90, 180, 270]) }),
    output: changed,
  },
  /** What a text says of when a photo was taken, as search reads dates; `null` for what is no single day, month or year. */
  readDate: {
    input: v.object({ text: v.pipe(v.string(), v.maxLength(200)), monthFirst: v.boolean() }),
    output: v.nullable(personFactValues.taken),
  },
  previewDates: {
    input: v.object({ photoIds: manyPhotos, change: dateChange }),
    output: datesPreview,
  },
  /** Changes the dates of photos, each from the one it has; one step of the history. */
  changeDates: {
    input: v.object({ photoIds: manyPhotos, change: dateChange }),
    output: changed,
  },
  /** Towns that a text may mean, the likeliest first; a comma parts a town and what it lies in. */
  findTowns: {
    input: v.object({ text: v.pipe(v.string(), v.maxLength(200)), language }),
    output: v.array(town),
  },
  previewPlaces: {
    input: v.object({ photoIds: manyPhotos, change: placeChange, language }),
    output: placesPreview,
  },
  /** Changes where photos were taken; one step of the history. */
  changePlaces: {
    input: v.object({ photoIds: manyPhotos, change: placeChange }),
    output: changed,
  },
  /** Takes the last decision back, or what was hidden last; again for the one before it. */
  undo: { input: nothing, output: changed },
  redo: { input: nothing, output: changed },
  /** Onto an existing name: the two become one. */
  renameOwnLabel: {
    input: v.object({ term: termKey, name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200)) }),
    output: v.object({ term: termKey, merged: v.boolean() }),
  },
  /** Words of one's own, by name, also those that no photo has. */
  getOwnLabels: { input: nothing, output: v.array(ownLabel) },
  /** Takes a word of one's own off all photos and forgets it; `undo` brings it back. */
  removeOwnLabel: { input: v.object({ term: termKey }), output: changed },

  ...albumCalls,
  ...dayCalls,
  ...mapCalls,
  ...duplicateCalls,
  ...stackCalls,
  ...shownPictureCalls,
  ...teachingCalls,
  ...networkCalls,
  /** How many photos each of these searches finds, for lists of searches. */
  countPhotos: { input: v.object({ search }), output: v.object({ total: count }) },

  getFolders: { input: nothing, output: v.array(folderNode) },
  /** Where this computer keeps pictures: offered on the first run. */
  getPictureFolders: {
    input: nothing,
    output: v.array(v.object({ path: v.string(), photos: v.boolean() })),
  },
  addFolders: {
    input: v.object({
      paths: v.pipe(v.array(path), v.minLength(1), v.maxLength(100)),
      /** The person knows that it is an unusual one, see the failure `folder-unusual`. Asked after `asCopies`. */
      sure: v.optional(v.boolean()),
      /** The person knows that one looks like a folder that is away, and wants it beside that: as a copy, a backup. */
      asCopies: v.optional(v.boolean()),
    }),
    output: v.object({
      added: v.array(folderNode),
      refused: v.array(
        v.object({
          path: v.string(),
          failure,
          /** With the failure `folder-moved`: the folder whose photos seem to be in this one now. */
          movedFrom: v.optional(folderNode),
        }),
      ),
    }),
  },
  /**
   * The photos of a folder that was added are in another one now: a disk got another letter, a folder another name. They
   * are compared first; then that is looked through instead. What is known of them stays.
   */
  relocateFolder: { input: v.object({ id: folderId, path }), output: folderNode },
  /** Lets folders that came with the library be looked into. */
  trustFolders: {
    input: v.object({ ids: v.pipe(v.array(folderId), v.minLength(1), v.maxLength(100_000)) }),
    output: nothing,
  },
  removeFolder: { input: v.object({ id: folderId, keepTags: v.boolean() }), output: changed },
  /**
   * The photos of this folder and below it whose disk is thought to be away are gone: they are no longer shown. All that
   * is known of them is kept, and is back when their files are, or with `undo`.
   */
  hideAway: { input: v.object({ id: folderId }), output: changed },
  /**
   * For people without a folder dialog (browser shell): the folders on this computer, one level at a time, and on request
   * the files that may hold the network's weights; no other file is named.
   */
  browseFolders: {
    input: v.object({ path: v.nullable(path), weights: v.optional(v.boolean()) }),
    output: v.object({
      path: v.string(),
      parent: v.nullable(v.string()),
      children: v.array(place),
      weights: v.array(place),
    }),
  },

  /**
   * Begins to copy photos into a folder; the event `copies` tells how far it is and what came of it. One at a time. The
   * folder is made if the one above it is there.
   */
  saveCopies: {
    input: v.object({
      photoIds: manyPhotos,
      folder: path,
      copies: copyOptions,
      /** The person knows that the folder is one of the library's, see the failure `folder-in-library`. */
      sure: v.optional(v.boolean()),
    }),
    output: nothing,
  },
  /** The copies that are in work are finished, the rest is left. */
  stopCopies: { input: nothing, output: nothing },

  /** Look for new, changed and gone files in one folder or all of them, and index what is new. */
  startIndexing: {
    input: v.object({ folderId: v.nullable(folderId), again: v.boolean() }),
    output: nothing,
  },
  pauseIndexing: { input: nothing, output: nothing },
  resumeIndexing: { input: nothing, output: nothing },
  stopIndexing: { input: nothing, output: nothing },

  getProblems: {
    input: v.object({ offset, limit: v.pipe(count, v.maxValue(1000)) }),
    output: v.object({ total: count, problems: v.array(problem) }),
  },
  /**
   * What the folders hold beside photos, by ending in small letters (`''`: none), as it was when each was last looked through
   * as a whole. Videos first, within them the most frequent.
   */
  getOtherFiles: {
    input: nothing,
    output: v.array(v.object({ kind: v.picklist(['video', 'other']), ending: v.string(), count })),
  },
  /** `null`: all of them. */
  retryProblems: { input: v.object({ fileIds: v.nullable(manyFiles) }), output: changed },

  /**
   * Begins to write what is known of all photos into a folder, as sidecars or one file; the event `metadataExport` tells how
   * far it is and what came of it. One at a time. The folder is made if the one above it is there.
   */
  exportMetadata: {
    input: v.object({ format: exportFormat, folder: path, language }),
    output: nothing,
  },
  /** Sidecars that are written stay; of a file nothing is left. */
  stopMetadataExport: { input: nothing, output: nothing },
  getMetadataExport: { input: nothing, output: exportState },

  getBackups: { input: nothing, output: v.array(backup) },
  makeBackup: { input: nothing, output: backup },
  /** `null` where it cannot be told, because the library or the backup cannot be read. */
  getRestoreLoss: { input: v.object({ id: backupId }), output: v.nullable(restoreLoss) },
  restoreBackup: { input: v.object({ id: backupId }), output: nothing },
  /** Puts a damaged library aside, losing nothing of the photos themselves, and begins a new one. */
  startAfresh: { input: nothing, output: nothing },

  ...shellCalls,
} as const

export const events = {
  indexing: indexingState,
  model: modelState,
  networks: networkFetching,
  metadataExport: exportState,
  /** Photos, tags, folders or problems are no longer what they were; `revision` grows. */
  libraryChanged: v.object({
    revision: count,
    what: v.array(v.picklist(['photos', 'tags', 'decisions', 'albums', 'folders', 'problems', 'duplicates'])),
  }),
  notice,
  copies: copyState,
  /** Chosen in the menu of the window; where there is no menu it never comes. */
  menu: v.object({ command: v.picklist(['find', 'settings', 'shortcuts']) }),
  /** The process behind the window: running, being restarted after a crash, or given up on. */
  service: v.object({
    state: v.picklist(['running', 'restarting', 'failed']),
    message: v.nullable(v.string()),
  }),
} as const

type Calls = typeof calls
export type CallName = keyof Calls
export type CallInput<Name extends CallName> = v.InferOutput<Calls[Name]['input']>
export type CallOutput<Name extends CallName> = v.InferOutput<Calls[Name]['output']>

/** What has nothing to answer need not say so. */
type Answer<Name extends CallName> = CallOutput<Name> extends null ? null | void : CallOutput<Name>

export type Handlers<Name extends CallName> = {
  readonly [Each in Name]: (input: CallInput<Each>) => Answer<Each> | Promise<Answer<Each>>
}
/** One implementation for every call; a missing one does not compile. They throw `KartotekaError`. */
export type ServiceHandlers = Handlers<Exclude<CallName, keyof typeof shellCalls>>
export type ShellHandlers = Handlers<keyof typeof shellCalls>

type Events = typeof events
export type EventName = keyof Events
export type EventPayload<Name extends EventName> = v.InferOutput<Events[Name]>
