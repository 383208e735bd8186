import * as v from 'valibot'
import { failureCodes } from './failure.ts'
import { languages } from './languages.ts'
import { looks } from './looks.ts'
import { problemKinds } from './problem-kinds.ts'
import { count, fileId, probability, termKey } from './values.ts'

/** What the program tells of itself: problems, indexing, the model, settings, notices, backups. Plain data, as in values.ts. */

/** A file that could not be used. */
export const problem = v.object({
  id: fileId,
  path: v.string(),
  kind: v.picklist(problemKinds),
  reason: v.string(),
  attempts: count,
})
export type Problem = v.InferOutput<typeof problem>

export const failure = v.object({ code: v.picklist(failureCodes), message: v.string() })

/** Why indexing does not go on although nobody asked it to pause. */
const hindrance = v.object({ code: v.picklist([...failureCodes, 'on-battery']), message: v.string() })
export type Hindrance = v.InferOutput<typeof hindrance>

export const indexingState = v.object({
  phase: v.picklist(['idle', 'scanning', 'indexing', 'pausing', 'paused', 'stopping']),
  /** Why a run waits ("disk full, 120 MB needed"), or why the last one ended early. */
  because: v.nullable(hindrance),
  found: count,
  done: count,
  failed: count,
  queued: count,
  unchanged: count,
  videos: count,
  photosPerSecond: v.number(),
  secondsLeft: v.nullable(v.number()),
  workers: count,
  /** Photos that are being read. */
  inWork: count,
  current: v.nullable(v.string()),
})
export type IndexingState = v.InferOutput<typeof indexingState>

export const modelState = v.variant('state', [
  v.object({
    state: v.literal('ready'),
    name: v.string(),
    precision: v.picklist(['fp32', 'int8']),
    provider: v.string(),
    file: v.string(),
  }),
  v.object({ state: v.literal('loading') }),
  /** Photos can be seen but not tagged; `message` says which file to put where. */
  v.object({ state: v.literal('missing'), message: v.string(), canMake: v.boolean() }),
  /** `canMake`: it can be made here from the weights of the network. */
  v.object({ state: v.literal('invalid'), message: v.string(), canMake: v.boolean() }),
  /** The weights are on their way; bytes. */
  v.object({ state: v.literal('fetching'), received: count, total: count }),
  /** The weights are there, and the model is made from them. */
  v.object({ state: v.literal('making') }),
])
export type ModelState = v.InferOutput<typeof modelState>

/** How the model may be run; `cpu` works everywhere. */
const provider = v.picklist(['cpu', 'dml', 'coreml', 'cuda', 'webgpu'])

/** Which ways to run the model were tried on this computer, what came of each, and which one is used. */
export const providerReport = v.object({
  /** `null` while there is no model. */
  used: v.nullable(v.object({ provider, precision: v.picklist(['fp32', 'int8']) })),
  tried: v.array(
    v.object({
      provider,
      precision: v.picklist(['fp32', 'int8']),
      /** `unavailable`: cannot be opened; `crashed`: took the program down; `lost`: worked once and failed later. */
      outcome: v.picklist(['works', 'unavailable', 'crashed', 'wrong', 'lost']),
      /** A sentence for people. */
      reason: v.string(),
      /** For one photo; `null` when it did not come to that. */
      milliseconds: v.nullable(v.number()),
    }),
  ),
})
export type ProviderReport = v.InferOutput<typeof providerReport>

export const settings = v.object({
  language: v.picklist(['system', ...languages]),
  theme: v.picklist(['system', 'light', 'dark']),
  /** `null`: each label's own threshold. */
  minConfidence: v.nullable(probability),
  effort: v.picklist(['gentle', 'normal', 'full']),
  pauseOnBattery: v.boolean(),
  watchFolders: v.boolean(),
  /** `auto`: the fastest that computes right. */
  provider: v.picklist(['auto', ...provider.options]),
  /** How carefully the network looks at the photos of this library. */
  look: v.picklist(looks),
  checkForUpdates: v.boolean(),
  /** What people decide is written into sidecars beside the photos. */
  writeSidecars: v.boolean(),
  thumbnailSize: v.pipe(v.number(), v.integer(), v.minValue(64), v.maxValue(512)),
  /** On the wall: photos in their own shape, or cut to squares. */
  wallShape: v.picklist(['whole', 'square']),
  /** Where the person lives: summer in a search is the summer there. */
  hemisphere: v.picklist(['northern', 'southern']),
  /** How 3/4/2015 in a search is read; `system`: as dates are written where the person lives. */
  dayOrder: v.picklist(['system', 'day-first', 'month-first']),
  /** Labels and categories that are in the side bar for good, in their order. */
  pinnedThings: v.pipe(v.array(termKey), v.maxLength(200)),
})
export type Settings = v.InferOutput<typeof settings>

/** Something people should know that is no failure of a call: a library on a network drive, a restored backup. */
export const notice = v.object({
  code: v.picklist([
    'library-on-network',
    'library-not-private',
    'library-restored',
    'library-damaged',
    'thumbnails-rebuilt',
    'watch-limited',
    'folder-offline',
    'folders-untrusted',
    'disk-full',
    'sidecars-failed',
    'provider-failed',
    'service-restarted',
    'model-missing',
  ]),
  message: v.string(),
})
export type Notice = v.InferOutput<typeof notice>

export const status = v.object({
  version: v.string(),
  shell: v.picklist(['electron', 'browser']),
  platform: v.string(),
  libraryPath: v.string(),
  /** Without hidden ones. */
  photos: count,
  hidden: count,
  folders: count,
  problems: count,
  model: modelState,
  indexing: indexingState,
  notices: v.array(notice),
  revision: count,
})
export type Status = v.InferOutput<typeof status>

export const backup = v.object({
  id: v.string(),
  /** ISO 8601, UTC. */
  madeAt: v.string(),
  /** `null` where they cannot be counted. */
  photos: v.nullable(count),
  bytes: count,
  /** `replaced`: the library itself, in whose place another backup was put. */
  reason: v.string(),
  /** Only a `good` one can be restored; `newer` ones need a newer Kartoteka, `trial` ones are of a trial version. */
  state: v.picklist(['good', 'damaged', 'newer', 'trial']),
  /** What is wrong with it, `null` for a good one. */
  fault: v.nullable(v.string()),
})
export type Backup = v.InferOutput<typeof backup>

/** What is in the library and not in a backup of it, and what is only in the backup. */
export const restoreLoss = v.object({
  /** What is said of photos: labels, stars, titles, dates and the like, each counted once for each photo. */
  decisions: count,
  /** Photos that these are about. */
  photosDecided: count,
  /** Own labels that were made, renamed or merged since. */
  labels: count,
  /** Albums that were made, renamed, removed or put in another order since, or got another cover. */
  albums: count,
  /** Saved searches that were made, changed or removed since. */
  searches: count,
  /** Words that were taught or unlearnt since. */
  taught: count,
  /** Photos that were stacked or taken out of a stack since, and pairs that were said to be distinct, or no longer. */
  groups: count,
  /** Photos that came since; they are looked at anew. */
  photosAdded: count,
  /** Decisions of the backup that the library does not know (any more). */
  returning: count,
})
export type RestoreLoss = v.InferOutput<typeof restoreLoss>

export const doctorReport = v.object({
  ok: v.boolean(),
  checks: v.array(
    v.object({
      name: v.string(),
      ok: v.boolean(),
      detail: v.string(),
    }),
  ),
})
export type DoctorReport = v.InferOutput<typeof doctorReport>
