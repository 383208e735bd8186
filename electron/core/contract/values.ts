import * as v from 'valibot'
import { datePrecisions, dateSources } from './dates.ts'
import { shownDate } from './dating.ts'
import { languages } from './languages.ts'
import { saidFacts } from './person-facts.ts'
import { position } from './placing.ts'
import { problemKinds } from './problem-kinds.ts'

/** Shapes shared by calls and events. Everything here crosses a process border, so plain data only. */

// Whole numbers that neither JavaScript nor SQL rounds or takes for a fraction.
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
/** Where to begin in a list; no list of a library is longer. */
export const offset = v.pipe(count, v.maxValue(2 ** 32 - 1))
export const probability = v.pipe(v.number(), v.minValue(0), v.maxValue(1))
export const photoId = v.pipe(v.number(), v.safeInteger(), v.minValue(1))
/** Of one call. */
export const manyPhotos = v.pipe(v.array(photoId), v.minLength(1), v.maxLength(200_000))
/** Of a file, which may hold a photo or not; not to be mixed up with the photo's. */
export const fileId = v.pipe(v.number(), v.safeInteger(), v.minValue(1))
export const albumId = v.pipe(v.number(), v.safeInteger(), v.minValue(1))
export const folderId = v.pipe(v.number(), v.safeInteger(), v.minValue(1))

export const language = v.picklist(languages)
export type { Language } from './languages.ts'

/** `class:151` (a GoogLeNet class), `category:dog` (our tree), `own:7` (a person's own label). */
export const termKey = v.pipe(v.string(), v.regex(/^(class:\d{1,3}|category:[a-z0-9-]{1,60}|own:\d{1,9})$/))
export type TermKey = v.InferOutput<typeof termKey>

/** Local wall time `2019-07-14T18:03:22`, as the camera showed it; never shifted to this computer's zone. */
const localTime = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/))
/** By stars, the most first; equal ones by date. */
const sort = v.picklist(['confidence', 'date', 'stars'])
export type Sort = v.InferOutput<typeof sort>

/** `hand`: that of an album, as the person put its photos. */
export const listOrder = v.picklist([...sort.options, 'hand'])
export type ListOrder = v.InferOutput<typeof listOrder>

/** What the person asked for. The same text, cut-off and sort always name the same ordered list of photos. */
export const search = v.object({
  text: v.pipe(v.string(), v.maxLength(2000)),
  /** `auto`: by confidence where photos are found for reasons of different weight, else by date. */
  sort: v.picklist([...sort.options, 'auto']),
  /** Labels that are less sure are left out; `null` means each label's own threshold. */
  minConfidence: v.nullable(probability),
  language,
  /** Summer is December to February. */
  southern: v.optional(v.boolean()),
  /** 5/6/2015 is the sixth of May. */
  monthFirst: v.optional(v.boolean()),
})
export type Search = v.InferOutput<typeof search>

/**
 * One asking of a search. As long as a list is asked for under the same one, its photos keep the places that they had among
 * each other, whatever is decided on them; without one they come in the order that they would have now.
 */
export const listId = v.optional(v.pipe(v.string(), v.maxLength(64)))

/** What a word of a query can name. */
const meaningKind = v.picklist([
  'own-label',
  'label',
  'category',
  'title',
  'keyword',
  'note',
  'album',
  'folder',
  'place',
  'camera',
  'date',
  'name',
])

/** Why a photo was found: what a word of the query met. */
export const reason = v.object({
  /** As it stands in the query. */
  word: v.string(),
  kind: meaningKind,
  /** The label, folder, keyword … that was met. */
  met: v.string(),
  /** Of a label that was seen; `null` for all that is certain. */
  probability: v.nullable(probability),
  /** Of a label that is taught with too few examples: the probability means nothing, only the order does. */
  guess: v.optional(v.literal(true)),
})
export type Reason = v.InferOutput<typeof reason>

/** One part of a query as it was read. `text` is the piece of the query it came from, removable as a whole. */
export const queryPart = v.object({
  kind: v.picklist([
    'label',
    'category',
    'own-label',
    'album',
    'folder',
    'camera',
    'place',
    'near',
    'area',
    'type',
    'date',
    'has',
    'is',
    'confidence',
    'name',
    'keyword',
    'title',
    'note',
    'stars',
    'similar',
    'word',
    'unknown',
  ]),
  text: v.string(),
  /** Where `text` stands in the query: UTF-16 offsets, end exclusive. */
  start: count,
  end: count,
  negated: v.boolean(),
  /** Parts with the same group are alternatives (`or`); groups are joined by `and`. */
  group: count,
  /** How it was read, for people: "dog (category)", "year 2019". */
  meaning: v.string(),
  terms: v.array(termKey),
  /** What each of `terms` is called, in the language of the search. */
  names: v.array(v.string()),
  /** What a word names in this library, the surest first, with the photos of each. */
  meanings: v.array(
    v.object({
      kind: meaningKind,
      /** Of a label its name: "dog". */
      name: v.nullable(v.string()),
      /** Text that asks for this meaning alone: `folder:"wedding"`. */
      query: v.string(),
      count,
    }),
  ),
  /** Nothing is called so; the rest of the query answers without it. `+word` is never set aside. */
  setAside: v.boolean(),
  /** Of what is unknown or set aside: the nearest words that find photos. */
  nearest: v.array(
    v.object({
      text: v.string(),
      term: v.nullable(termKey),
      /** Text that takes the place of the part. */
      query: v.string(),
    }),
  ),
})
export type QueryPart = v.InferOutput<typeof queryPart>

export const wallPhoto = v.object({
  id: photoId,
  /** For the media URL: another one when the photo looks different. */
  version: v.string(),
  width: count,
  height: count,
  /** The beginning of what is known of it. */
  takenAt: v.nullable(localTime),
  takenPrecision: v.nullable(v.picklist(datePrecisions)),
  takenFrom: v.nullable(v.picklist(dateSources)),
  name: v.string(),
  /** The best tag, or the asked one in a search; `sure` is false below the label's threshold. */
  best: v.nullable(
    v.object({
      term: termKey,
      label: v.string(),
      probability,
      sure: v.boolean(),
      /** As in `reason`. */
      guess: v.optional(v.literal(true)),
    }),
  ),
  decided: v.boolean(),
  /** In a search: which word met what. */
  because: v.array(reason),
  /** How many further files hold it that are there, or were when their disk went away. */
  copies: count,
  /** It stands for so many photos, itself among them, that a person put together, or is behind another of them. */
  stack: v.optional(v.object({ photos: count, behind: v.boolean() })),
  /** In this list: photos of the same picture that it is shown for. */
  sameAs: v.optional(count),
  /** Stars, −1 for rejected: what the person said, else what the file says. */
  rating: v.nullable(v.number()),
  favourite: v.boolean(),
  hidden: v.boolean(),
  /** It moves: its file holds several pictures that are shown one after another. */
  animated: v.optional(v.literal(true)),
  /** What the person called it. */
  title: v.nullable(v.string()),
  offline: v.boolean(),
  damaged: v.boolean(),
  state: v.picklist(['pending', 'running', 'done', 'failed']),
})
export type WallPhoto = v.InferOutput<typeof wallPhoto>

/** `searchPage.days` names this day for photos without a date, and for a list that is not in the order of dates. */
export const noDay = -1_000_000

/** The first photos of a search, and everything the wall needs to lay itself out before any other is fetched. */
export const searchPage = v.object({
  understood: v.array(queryPart),
  total: count,
  sort: listOrder,
  /**
   * Day and number of photos in turn, newest first: days since 1970-01-01, or `noDay`. Numbers alone, as a wall of all
   * photos has thousands of days.
   */
  days: v.array(v.pipe(v.number(), v.integer())),
  /**
   * Which of them are no days, by their number: the photos there were taken in the year or month that begins so, and no more
   * is known.
   */
  daysInPart: v.array(v.object({ section: count, unit: v.picklist(['year', 'month']) })),
  /** Of each photo in turn a byte for its shape (`shape.ts`), in base64; `null`: those that were known. */
  shapes: v.nullable(v.string()),
  shapesVersion: v.string(),
  /** It asks for hidden photos: they are not left out. */
  withHidden: v.boolean(),
  /** The album that is all that is asked for. */
  album: v.nullable(albumId),
  /** For an empty result: searches that do find something. */
  nearest: v.array(v.object({ text: v.string(), total: count })),
  /** Grows with every change of the library that may alter this list. */
  revision: count,
  photos: v.array(wallPhoto),
})
export type SearchPage = v.InferOutput<typeof searchPage>

const photoTag = v.object({
  term: termKey,
  label: v.string(),
  rank: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5)),
  classIndex: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(999)),
  synset: v.string(),
  probability,
  sure: v.boolean(),
})
export type PhotoTag = v.InferOutput<typeof photoTag>

const photoDecision = v.object({
  term: termKey,
  label: v.string(),
  verdict: v.picklist(['confirmed', 'removed', 'added']),
})

export const photoDetails = v.object({
  id: photoId,
  version: v.string(),
  path: v.string(),
  name: v.string(),
  folder: v.string(),
  size: count,
  format: v.string(),
  width: count,
  height: count,
  orientation: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(8)),
  takenAt: v.nullable(localTime),
  /** `+02:00`, or `null` when the file does not say. */
  takenOffset: v.nullable(v.string()),
  takenFrom: v.nullable(v.picklist(dateSources)),
  takenPrecision: v.nullable(v.picklist(datePrecisions)),
  /** What the files say of it, where the person may say something else. */
  dateInFile: shownDate,
  position: v.nullable(position),
  /** What the files say of it, where the person may say something else. */
  positionInFile: v.nullable(position),
  /** Where `position` is; `null` where nothing is known. Far from towns there is only a country. */
  place: v.nullable(
    v.object({
      town: v.nullable(v.string()),
      region: v.nullable(v.string()),
      country: v.nullable(v.string()),
      /** From the middle of the town. */
      kilometres: v.nullable(v.number()),
    }),
  ),
  camera: v.nullable(v.string()),
  lens: v.nullable(v.string()),
  /** "1/250 s · f/2.8 · ISO 400 · 35 mm", or `null`. */
  exposure: v.nullable(v.string()),
  /** The words of `keywordPaths` among them. */
  keywords: v.array(v.string()),
  /** Keywords that stand in a tree, each from its root on: `['Places', 'Russia', 'Murmansk']`. */
  keywordPaths: v.array(v.array(v.string())),
  /** Stars, −1 for rejected. */
  rating: v.nullable(v.number()),
  /** What the files say of it, where the person may say something else. */
  ratingInFile: v.nullable(v.number()),
  /** What the person said beside labels: it is in what stands above; title, note and turn are only here. */
  said: saidFacts,
  contentHash: v.nullable(v.string()),
  state: v.picklist(['pending', 'running', 'done', 'failed', 'offline']),
  kind: v.nullable(v.picklist(problemKinds)),
  reason: v.nullable(v.string()),
  /** The photo was read as far as it goes; the sentence says what was wrong with the file. */
  damaged: v.nullable(v.string()),
  tags: v.array(photoTag),
  categories: v.array(v.object({ term: termKey, label: v.string(), probability, sure: v.boolean() })),
  decisions: v.array(photoDecision),
  /** The albums that it is in. */
  albums: v.array(albumId),
  /** Labels that are taught and that the photo probably has; none that was decided on. */
  proposals: v.array(v.object({ term: termKey, label: v.string(), probability, sure: v.boolean() })),
  /** All files that hold the photo, the one that speaks for it, `path`, first. */
  files: v.array(
    v.object({ path: v.string(), presence: v.picklist(['here', 'offline', 'missing', 'removed']) }),
  ),
  /** How many further files hold it that are there, or were when their disk went away. */
  copies: count,
})
export type PhotoDetails = v.InferOutput<typeof photoDetails>

/** Where in the photo a class was seen: 7×7, row-major, 0–1, over the whole upright photo. */
export const heatMap = v.object({ term: termKey, size: v.literal(7), values: v.array(probability) })
export type HeatMap = v.InferOutput<typeof heatMap>

export const folderNode = v.object({
  id: folderId,
  parentId: v.nullable(folderId),
  path: v.string(),
  name: v.string(),
  /** Photos in this folder and below. */
  photos: count,
  /** `untrusted`: the library came with it from elsewhere, and the person has not let it be looked into yet. */
  state: v.picklist(['online', 'offline', 'untrusted']),
  root: v.boolean(),
})
export type FolderNode = v.InferOutput<typeof folderNode>

/** A label or category with the number of photos it is sure about. */
export const facet = v.object({
  term: termKey,
  label: v.string(),
  kind: v.picklist(['category', 'class', 'own']),
  count,
  parent: v.nullable(termKey),
})
export type Facet = v.InferOutput<typeof facet>

/** A label that photos have. */
export const selectionLabel = v.object({
  term: termKey,
  label: v.string(),
  kind: v.picklist(['category', 'class', 'own']),
  /** Photos that surely have it. */
  count,
  /** Those of them of which a person said so. */
  decided: count,
})
export type SelectionLabel = v.InferOutput<typeof selectionLabel>

/** A word of one's own with the number of photos that have it. */
export const ownLabel = v.object({ term: termKey, name: v.string(), count })
export type OwnLabel = v.InferOutput<typeof ownLabel>

export const completion = v.object({
  /** What the word under the caret becomes. */
  insert: v.string(),
  label: v.string(),
  kind: v.picklist(['category', 'class', 'own', 'album', 'folder', 'camera', 'place', 'operator', 'keyword']),
  term: v.nullable(termKey),
  count: v.nullable(count),
})
export type Completion = v.InferOutput<typeof completion>

/** A label that a text given for one may mean. */
export const labelMatch = v.object({
  term: termKey,
  kind: v.picklist(['category', 'class', 'own']),
  name: v.string(),
  /** The other name of it that was given; `null` when it is the one shown. */
  spelling: v.nullable(v.string()),
  /** The whole text is a name of it; else a name of it only starts with the text. */
  exact: v.boolean(),
})
export type LabelMatch = v.InferOutput<typeof labelMatch>
