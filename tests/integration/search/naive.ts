import { firstAlbumId, firstOwnId, isAlbum } from '../../../electron/core/labels/term.ts'
import { baseForms } from '../../../electron/core/labels/word-forms.ts'
import type { Lexicon } from '../../../electron/core/labels/lexicon.ts'
import type { When } from '../../../electron/core/search/language/dates/when.ts'
import type { Criterion, Part, Query, WordCriterion } from '../../../electron/core/search/language/query.ts'
import { filesOf, isVisible, plainWords, type Sample, type SampleFile } from './sample-library.ts'

/** A photo of the sample library as the naive search sees it. */
export interface NaivePhoto extends Sample {
  readonly id: number
  /** Everything it can be found by, worked out by hand: 0–10,000, 20,000 when a person said so. */
  readonly scores: ReadonlyMap<number, number>
}

interface Settings {
  readonly lexicon: Lexicon
  readonly minConfidence: number | null
  /** Folders whose disk is away. */
  readonly offline: ReadonlySet<string>
}

interface Bounds {
  readonly min: number | null
  readonly max: number | null
}

/** A reason by which a word finds a photo. */
export interface NaiveReason {
  readonly kind: string
  /** 5: the person's own; 4: folders, cameras, dates; 3: surely seen; 2: names of files; 1: possibly seen; 0: asked for by nothing. */
  readonly tier: number
  /** 0–10,000 */
  readonly score: number
}

const person = 20_000
const sure = 10_000

/**
 * What the query means, photo by photo, without any index: the photos it finds, each with its key by confidence: 10,001 for
 * each tier of its weakest word, then the product of the probabilities in 1/10,000.
 */
export function naiveSearch(
  query: Query,
  photos: readonly NaivePhoto[],
  settings: Settings,
): ReadonlyMap<number, number> {
  const visible = photos.filter(isVisible)
  const bounds = boundsOf(query)
  const reading: Reading = { visible, settings, bounds }
  const asksAll = query.groups.filter((group) => !isAside(group, reading))
  const isLeft = asksAll.some((group) =>
    group.some(
      ({ criterion, negated }) => !negated && criterion.kind !== 'confidence' && criterion.kind !== 'ignored',
    ),
  )
  const groups = different(isLeft ? asksAll : query.groups)
  const asksLabels = groups
    .flat()
    .some(({ criterion, negated }) => !negated && labelsIn(criterion, reading).length > 0)
  const found = new Map<number, number>()
  const asksForHidden = query.groups
    .flat()
    .some(({ criterion, negated }) => criterion.kind === 'is' && criterion.what === 'hidden' && !negated)
  for (const photo of visible) {
    if (photo.hidden === true && !asksForHidden) continue
    const key = keyOf(groups, photo, reading)
    if (key === null || (bounds !== null && !asksLabels && !isBestWithin(photo, bounds))) continue
    found.set(photo.id, key)
  }
  return found
}

/** Why the photo meets the part of the query, by the photo's own data. */
export function naiveReasons(
  { criterion, negated, start, end }: Part,
  photo: NaivePhoto,
  query: Query,
  photos: readonly NaivePhoto[],
  settings: Settings,
): readonly (NaiveReason & { readonly word: string })[] {
  if (negated || !isNaming(criterion)) return []
  const reading: Reading = { visible: photos.filter(isVisible), settings, bounds: boundsOf(query) }
  const word = query.text.slice(start, end)
  const reasons = reasonsOf(criterion, photo, reading)
  if (reasons.length > 0 || criterion.kind !== 'word') return reasons.map((reason) => ({ ...reason, word }))
  return apartOf(criterion, photo, reading).flatMap((each, at) =>
    each.map((reason) => ({ ...reason, word: criterion.each[at]?.words ?? '' })),
  )
}

const isNaming = ({ kind }: Criterion): boolean =>
  [
    'word',
    'terms',
    'album',
    'folder',
    'camera',
    'place',
    'near',
    'name',
    'keyword',
    'title',
    'note',
    'date',
  ].includes(kind)

interface Reading {
  readonly visible: readonly NaivePhoto[]
  readonly settings: Settings
  readonly bounds: Bounds | null
}

function boundsOf(query: Query): Bounds | null {
  const all = query.groups
    .flat()
    .flatMap(({ criterion }) => (criterion.kind === 'confidence' ? [criterion] : []))
  const mins = all.flatMap(({ min }) => (min === null ? [] : [min]))
  const maxs = all.flatMap(({ max }) => (max === null ? [] : [max]))
  return all.length === 0
    ? null
    : { min: mins.length ? Math.max(...mins) : null, max: maxs.length ? Math.min(...maxs) : null }
}

const different = (groups: Query['groups']): Query['groups'] => [
  ...new Map(
    groups.map((group) => [
      JSON.stringify(group.map(({ criterion, negated }) => [criterion, negated])),
      group,
    ]),
  ).values(),
]

/** Words by none of which any photo is found. */
const isAside = (group: readonly Part[], reading: Reading): boolean =>
  group.every(
    ({ criterion, negated, required }) =>
      criterion.kind === 'word' &&
      criterion.when === null &&
      !negated &&
      !required &&
      reading.visible.every((photo) => reasonsOf(criterion, photo, reading).length === 0) &&
      !(
        criterion.each.length > 0 &&
        criterion.each.every((each) =>
          reading.visible.some((photo) => reasonsOf(each, photo, reading).length > 0),
        )
      ),
  )

const isBestWithin = (photo: NaivePhoto, bounds: Bounds): boolean => {
  const scores = [...photo.scores].flatMap(([term, score]) => (term < 1000 ? [score] : []))
  const best = Math.max(...scores, -1)
  return best !== -1 && best >= (bounds.min ?? 0) && best <= (bounds.max ?? person)
}

function keyOf(groups: Query['groups'], photo: NaivePhoto, reading: Reading): number | null {
  let tier = 5
  let product = 1
  let scored = false
  for (const group of groups) {
    if (group[0]?.criterion.kind === 'confidence') continue
    const levels = group.flatMap((part) => levelsOf(part, photo, reading))
    if (levels.length === 0) return null
    if (!group.some(({ criterion, negated }) => !negated && isScored(criterion, reading))) continue
    const best = levels.reduce((most, each) => (weight(each) > weight(most) ? each : most))
    scored = true
    tier = Math.min(tier, best.tier)
    product *= best.score / sure
  }
  return scored ? 10_001 * tier + Math.round(product * sure) : sure
}

const weight = ({ tier, score }: Pick<NaiveReason, 'tier' | 'score'>): number => tier * 10_001 + score
/** A date narrows, and says nothing of how well a photo fits. */
const isScored = (criterion: Criterion, reading: Reading): boolean =>
  criterion.kind === 'terms' || (criterion.kind === 'word' && !isOnlyDate(criterion, reading))

const isOnlyDate = (criterion: Criterion, reading: Reading): boolean =>
  criterion.kind === 'word' &&
  criterion.when !== null &&
  criterion.each.length === 0 &&
  reading.visible.every((photo) => reasonsOf(criterion, photo, reading).every(({ kind }) => kind === 'date'))

/** The ways in which a part holds for a photo; none when it does not. */
function levelsOf(part: Part, photo: NaivePhoto, reading: Reading): { tier: number; score: number }[] {
  const { criterion, negated } = part
  const free = [{ tier: 0, score: sure }]
  if (negated) {
    if (criterion.kind === 'ignored') return free
    return reasonsOf(criterion, photo, reading, true).length === 0 ? free : []
  }
  const reasons = [...reasonsOf(criterion, photo, reading)]
  if (criterion.kind !== 'word') return reasons
  const apart = apartOf(criterion, photo, reading)
  if (apart.length > 0 && apart.every((each) => each.length > 0)) {
    const best = apart.map((each) => each.reduce((most, one) => (weight(one) > weight(most) ? one : most)))
    return [
      ...reasons,
      { tier: 0, score: Math.round(best.reduce((all, { score }) => (all * score) / sure, sure)) },
    ]
  }
  return reasons
}

/** The reasons of each word of a name of several, unless one of them finds no photo at all. */
function apartOf(criterion: WordCriterion, photo: NaivePhoto, reading: Reading): (readonly NaiveReason[])[] {
  const all = criterion.each.every((each) =>
    reading.visible.some((other) => reasonsOf(each, other, reading).length > 0),
  )
  return all ? criterion.each.map((each) => reasonsOf(each, photo, reading)) : []
}

/** Labels of a part that any photo has. */
const labelsIn = (criterion: Criterion, reading: Reading): readonly number[] =>
  criterion.kind === 'terms'
    ? criterion.terms
    : criterion.kind === 'word'
      ? criterion.terms.filter((term) =>
          reading.visible.some((photo) => seen(term, photo, reading, false) !== null),
        )
      : []

const called = (kind: string, tier: number, holds: boolean): NaiveReason[] =>
  holds ? [{ kind, tier, score: sure }] : []

function reasonsOf(
  criterion: Criterion,
  photo: NaivePhoto,
  reading: Reading,
  negated = false,
): readonly NaiveReason[] {
  switch (criterion.kind) {
    case 'word': {
      const { words, terms, albums, when } = criterion
      const labels = terms.flatMap((term) => seen(term, photo, reading, negated) ?? [])
      if (terms.length > 0 && reading.bounds !== null && reading.bounds.max !== null) return labels
      const names = (beginning: boolean, each: NaivePhoto): NaiveReason[] => [
        ...called('title', 5, isWritten(plainWords(each.title ?? ''), words, beginning)),
        ...called(
          'keyword',
          5,
          isKeyword(each, beginning ? [words] : keywordsFor(words, reading), beginning),
        ),
        ...called('note', 5, isWritten(plainWords(each.note ?? ''), words, beginning)),
        ...called(
          'folder',
          isEveryFolder(words, beginning, reading) ? 0 : 4,
          isInFolder(each, words, beginning),
        ),
        ...called('place', 4, isIn(each, words)),
        ...called('camera', 4, isTakenWith(each, words, beginning)),
        ...called('name', 2, when === null && isFileName(each, words, beginning)),
      ]
      const dates = when === null ? [] : called('date', 4, isTaken(photo, when))
      const whole = [...labels, ...dates, ...isInAlbum(albums, photo), ...names(false, photo)]
      const isWhole =
        terms.length > 0 ||
        when !== null ||
        reading.visible.some((each) => isInAlbum(albums, each).length + names(false, each).length > 0)
      return isWhole ? whole : names(true, photo)
    }
    case 'terms':
      return criterion.terms.flatMap((term) => seen(term, photo, reading, negated) ?? [])
    case 'album':
      return isInAlbum(criterion.albums, photo)
    case 'folder':
      return firstThat(reading, photo, (each, beginning) =>
        called(
          'folder',
          isEveryFolder(criterion.value, beginning, reading) ? 0 : 4,
          isInFolder(each, plainWords(criterion.value), beginning),
        ),
      )
    case 'camera':
      return firstThat(reading, photo, (each, beginning) =>
        called('camera', 4, isTakenWith(each, plainWords(criterion.value), beginning)),
      )
    case 'place':
    case 'near':
      return called('place', 4, isIn(photo, plainWords(criterion.value)))
    case 'keyword':
      return firstThat(reading, photo, (each, beginning) =>
        called('keyword', 5, isKeyword(each, keywordsFor(criterion.words, reading), beginning)),
      )
    case 'title':
    case 'note':
      return firstThat(reading, photo, (each, beginning) =>
        called(
          criterion.kind,
          5,
          isWritten(plainWords(each[criterion.kind] ?? ''), criterion.words, beginning),
        ),
      )
    case 'name':
      return firstThat(reading, photo, (each, beginning) =>
        called('name', 2, isFileName(each, criterion.words, beginning)),
      )
    case 'date':
      return called('date', 4, isTaken(photo, criterion.when))
    case 'unknown':
    // Features are no matter of these tests.
    case 'similar':
      return []
    case 'confidence':
    case 'ignored':
      return [{ kind: criterion.kind, tier: 0, score: sure }]
    default:
      return called(criterion.kind, isDated(criterion) ? 4 : 0, isState(criterion, photo, reading.settings))
  }
}

const isInAlbum = (albums: readonly number[], { scores }: NaivePhoto): NaiveReason[] =>
  called(
    'album',
    5,
    albums.some((album) => scores.has(album)),
  )

const isDated = (criterion: Criterion): boolean => criterion.kind === 'has' && criterion.what === 'date'

/** Whole words; only when no photo has any, those that begin so. */
function firstThat(
  { visible }: Reading,
  photo: NaivePhoto,
  reasons: (photo: NaivePhoto, beginning: boolean) => NaiveReason[],
): NaiveReason[] {
  const isWhole = visible.some((each) => reasons(each, false).length > 0)
  return reasons(photo, !isWhole)
}

function seen(
  term: number,
  photo: NaivePhoto,
  { settings: { lexicon, minConfidence }, bounds }: Reading,
  negated: boolean,
): NaiveReason | null {
  const score = photo.scores.get(term)
  if (score === undefined) return null
  const threshold = term >= firstOwnId ? 1 : Math.max(1, Math.round(lexicon.threshold(term) * 10_000))
  const asked =
    bounds !== null
      ? (bounds.min ?? 1)
      : minConfidence === null
        ? threshold
        : Math.max(1, Math.round(minConfidence * 10_000))
  const unsureWanted = bounds !== null && bounds.max !== null
  const least = negated ? (unsureWanted ? threshold : Math.min(threshold, asked)) : asked
  const most = negated ? person : (bounds?.max ?? person)
  if (score < least || score > most) return null
  const kind = term >= firstOwnId ? 'own-label' : term >= 1000 ? 'category' : 'label'
  if (score === person) return { kind, tier: 5, score: sure }
  return { kind, tier: score >= threshold ? 3 : 1, score }
}

/** By the calendar and the clock, as a person would look it up. */
function isOn(at: Date, when: When): boolean {
  switch (when.kind) {
    case 'span': {
      const day = Math.floor(at.getTime() / 86_400_000)
      return (when.from === null || day >= when.from) && (when.until === null || day < when.until)
    }
    case 'yearly': {
      const text = at.toISOString().slice(5, 10)
      const [from, until] = [when.from, when.until].map((monthDay) =>
        String(monthDay).padStart(4, '0').replace(/^../, '$&-'),
      )
      const [isAfter, isBefore] = [text >= (from ?? ''), text <= (until ?? '')]
      return when.from <= when.until ? isAfter && isBefore : isAfter || isBefore
    }
    case 'weekdays':
      return when.days.includes(at.getUTCDay() === 0 ? 7 : at.getUTCDay())
    case 'hours': {
      const hour = at.getUTCHours()
      return when.from < when.until
        ? hour >= when.from && hour < when.until
        : hour >= when.from || hour < when.until
    }
  }
}

/** Every moment that may be that of the photo is meant. */
function isTaken({ takenAt, takenPrecision = 'second' }: NaivePhoto, when: When): boolean {
  if (takenAt === undefined) return false
  if (takenPrecision === 'second') return isOn(new Date(`${takenAt}Z`), when)
  if (when.kind === 'hours') return false
  const known = takenAt.slice(0, { year: 4, month: 7, day: 10 }[takenPrecision])
  const day = new Date(`${takenAt}Z`)
  for (; day.toISOString().startsWith(known); day.setUTCDate(day.getUTCDate() + 1))
    if (!isOn(day, when)) return false
  return true
}

const hereOf = (photo: Sample): SampleFile[] =>
  filesOf(photo).filter(({ presence = 'here' }) => presence === 'here')
const foldersOf = ({ folder = '' }: SampleFile): string[] =>
  ['photos', ...folder.split('/')].filter((name) => name !== '').map(plainWords)

const isInFolder = (photo: NaivePhoto, words: string, beginning: boolean): boolean =>
  hereOf(photo)
    .flatMap(foldersOf)
    .some((name) =>
      beginning || words.includes(' ')
        ? contains(name, words, beginning)
        : name
            .split(' ')
            .some(
              (word) =>
                baseForms(words).includes(word) ||
                (word.startsWith(words.slice(0, 2)) && baseForms(word).includes(words)),
            ),
    )

/** The root's own name names every folder. */
const isEveryFolder = (value: string, beginning: boolean, { settings }: Reading): boolean =>
  isInFolder({ id: 0, name: '', scores: new Map() }, plainWords(value), beginning) && settings !== null

/** The sample library knows two places. */
const isIn = ({ place }: NaivePhoto, words: string): boolean =>
  place === true && /^(moscow|москв|russia|росси)/u.test(words)

const isTakenWith = ({ camera }: NaivePhoto, words: string, beginning: boolean): boolean =>
  camera !== undefined && contains(plainWords(camera), words, beginning)

const keywordsFor = (words: string, { settings: { lexicon } }: Reading): string[] => [
  words,
  ...lexicon
    .lookup(words)
    .flatMap((term) =>
      (['en', 'ru'] as const).map((language) =>
        plainWords(lexicon.label(term, language).replace(/\([^)]*\)/g, ' ')),
      ),
    ),
]

const isKeyword = ({ keywords = [] }: NaivePhoto, names: readonly string[], beginning: boolean): boolean =>
  names.some((name) => isWritten(keywords.map(plainWords).join(' '), name, beginning))

const isFileName = (photo: NaivePhoto, words: string, beginning: boolean): boolean =>
  isWritten(
    hereOf(photo)
      .map(({ name }) => plainWords(name.replace(/\.[^.]*$/, '')))
      .join(' '),
    words,
    beginning,
  )

/** A single word is looked for in all its forms, the beginning of one has three letters at least. */
function isWritten(text: string, words: string, beginning: boolean): boolean {
  const last = words.slice(words.lastIndexOf(' ') + 1)
  if (beginning) return [...last].length >= 3 && contains(text, words, true)
  if (words.includes(' ')) return contains(text, words, false)
  const plurals = /^[a-z]{2,}[^s\d]$/u.test(words) ? [`${words}s`, `${words}es`] : []
  return [...baseForms(words), ...plurals].some((form) => contains(text, form, false))
}

const contains = (text: string, words: string, beginning: boolean): boolean =>
  words !== '' && ` ${text} `.includes(` ${words}${beginning ? '' : ' '}`)

function isState(
  criterion: Extract<Criterion, { kind: 'type' | 'has' | 'is' | 'stars' | 'area' }>,
  photo: NaivePhoto,
  { offline }: Settings,
): boolean {
  const files = hereOf(photo)
  const stars = Math.max(0, photo.rating ?? 0)
  switch (criterion.kind) {
    case 'stars':
      return stars >= criterion.min && stars <= criterion.max
    case 'area': {
      const { south, west, north, east } = criterion.area
      const [latitude, longitude] = [55.75, 37.62]
      const around =
        west <= east ? longitude >= west && longitude <= east : longitude >= west || longitude <= east
      return photo.place === true && latitude >= south && latitude <= north && around
    }
    case 'type':
      return (photo.format ?? 'jpeg') === criterion.value
    case 'has':
      return {
        place: photo.place === true,
        date: photo.takenAt !== undefined,
        camera: photo.camera !== undefined,
        keywords: photo.keywords !== undefined,
        stars: stars > 0,
        title: photo.title !== undefined,
        note: photo.note !== undefined,
      }[criterion.what]
    case 'is':
      return {
        untagged: [...photo.scores.keys()].every(isAlbum),
        problem: files.some(({ state }) => state === 'failed'),
        pending: files.some(({ state }) => state === 'pending'),
        confirmed: (photo.decisions ?? []).some(
          ([term, verdict]) => verdict !== 'removed' && term < firstAlbumId,
        ),
        damaged: photo.damaged === true,
        offline: files.every(({ folder = '' }) => offline.has(folder)),
        copy: files.length > 1,
        undated: photo.takenAt === undefined || photo.takenFrom === 'file-time',
        hidden: photo.hidden === true,
        rejected: photo.rating === -1,
        favourite: photo.favourite === true,
      }[criterion.what]
  }
}
