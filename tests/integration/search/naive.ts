import { firstOwnId } from '../../../electron/core/labels/term.ts'
import type { Lexicon } from '../../../electron/core/labels/lexicon.ts'
import { secondsOf } from '../../../electron/core/library/times.ts'
import type { Criterion, Part, Query } from '../../../electron/core/search/language/query.ts'
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

const person = 20_000
const noMatch = -1
const sure = 10_000

/**
 * What the query means, photo by photo, without any index: `null` when it does not match, else its key by confidence, in
 * 1/10,000: 10,001 for each group that is confirmed, then the product of the others.
 */
export function naiveKey(query: Query, photo: NaivePhoto, settings: Settings): number | null {
  const parts = query.groups.flat()
  const all = parts.flatMap(({ criterion }) => (criterion.kind === 'confidence' ? [criterion] : []))
  const mins = all.flatMap(({ min }) => (min === null ? [] : [min]))
  const maxs = all.flatMap(({ max }) => (max === null ? [] : [max]))
  const bounds =
    all.length === 0
      ? null
      : { min: mins.length ? Math.max(...mins) : null, max: maxs.length ? Math.min(...maxs) : null }
  if (!isVisible(photo)) return null
  let confirmed = 0
  let product = 1
  let asksLabels = false
  const different = new Map(
    query.groups.map((group) => [
      JSON.stringify(group.map(({ criterion, negated }) => [criterion, negated])),
      group,
    ]),
  )
  for (const group of different.values()) {
    if (group[0]?.criterion.kind === 'confidence') continue
    const scores = group.map((part) => scoreOf(part, photo, settings, bounds))
    const best = Math.max(...scores)
    if (best === noMatch) return null
    if (!group.some(({ criterion, negated }) => criterion.kind === 'terms' && !negated)) continue
    asksLabels = true
    if (best === person) confirmed += 1
    product *= Math.min(best, sure) / sure
  }
  if (bounds !== null && !asksLabels) {
    const best = Math.max(
      ...[...photo.scores].map(([term, score]) => (term < 1000 ? score : noMatch)),
      noMatch,
    )
    if (best === noMatch || best < (bounds.min ?? 0) || best > (bounds.max ?? person)) return null
  }
  return 10_001 * confirmed + Math.round(product * sure)
}

function scoreOf(part: Part, photo: NaivePhoto, settings: Settings, bounds: Bounds | null): number {
  const { criterion, negated } = part
  if (criterion.kind === 'terms') return termsScore(criterion, negated, photo, settings, bounds)
  return holds(criterion, negated, photo, settings) === negated ? noMatch : sure
}

function termsScore(
  { terms, words, asked }: Extract<Criterion, { kind: 'terms' }>,
  negated: boolean,
  photo: NaivePhoto,
  { lexicon, minConfidence }: Settings,
  bounds: Bounds | null,
): number {
  const threshold = (term: number): number =>
    term >= firstOwnId ? 1 : Math.max(1, Math.round(lexicon.threshold(term) * 10_000))
  const least = (term: number): number => {
    if (bounds !== null) return bounds.min ?? 1
    return minConfidence === null ? threshold(term) : Math.max(1, Math.round(minConfidence * 10_000))
  }
  const most = bounds?.max ?? person
  const labels = terms.flatMap((term) =>
    term >= firstOwnId
      ? []
      : (['en', 'ru'] as const).map((language) =>
          plainWords(lexicon.label(term, language).replace(/\(.*\)/, '')),
        ),
  )
  const inKeywords =
    asked === 'word' &&
    (bounds === null || bounds.max === null) &&
    [words, ...labels].some((each) => contains(keywordsOf(photo), each, false))
  const seen = terms.map((term) => ({ term, score: photo.scores.get(term) ?? noMatch }))
  if (negated) {
    const cut = (term: number): number =>
      bounds !== null && bounds.max !== null ? threshold(term) : Math.min(threshold(term), least(term))
    return inKeywords || seen.some(({ term, score }) => score >= cut(term)) ? noMatch : sure
  }
  const matching = seen
    .filter(({ term, score }) => score >= least(term) && score <= most)
    .map(({ score }) => score)
  if (inKeywords) matching.push(Math.max(0, Math.min(...terms.map(least)) - 1))
  return Math.max(noMatch, ...matching)
}

function holds(
  criterion: Exclude<Criterion, { kind: 'terms' }>,
  negated: boolean,
  photo: NaivePhoto,
  { offline }: Settings,
): boolean {
  const files = filesOf(photo).filter(({ presence = 'here' }) => presence === 'here')
  const names = files.map((file) => foldersOf(file).map(plainWords))
  switch (criterion.kind) {
    case 'folder':
      return names.flat().some((name) => ` ${name}`.includes(` ${plainWords(criterion.value)}`))
    case 'camera':
      return (
        photo.camera !== undefined &&
        ` ${plainWords(photo.camera)}`.includes(` ${plainWords(criterion.value)}`)
      )
    case 'place':
    case 'near':
      return photo.place === true && /moscow|москв|russia|росси/u.test(plainWords(criterion.value))
    case 'type':
      return (photo.format ?? 'jpeg') === criterion.value
    case 'date': {
      const { from, until } = criterion.days
      if (!negated && criterion.word !== null && contains(keywordsOf(photo), criterion.word, false))
        return true
      if (photo.takenAt === undefined) return false
      const day = Math.floor((secondsOf(photo.takenAt) ?? 0) / 86_400)
      return (from === null || day >= from) && (until === null || day < until)
    }
    case 'has':
      return {
        place: photo.place === true,
        date: photo.takenAt !== undefined,
        camera: photo.camera !== undefined,
        keywords: photo.keywords !== undefined,
      }[criterion.what]
    case 'is':
      return {
        untagged: photo.scores.size === 0,
        problem: files.some(({ state }) => state === 'failed'),
        pending: files.some(({ state }) => state === 'pending'),
        confirmed: (photo.decisions ?? []).some(([, verdict]) => verdict !== 'removed'),
        damaged: photo.damaged === true,
        offline: files.every(({ folder = '' }) => offline.has(folder)),
        copy: files.length > 1,
      }[criterion.what]
    case 'name':
      return contains(namesOf(files), criterion.words, true)
    case 'keyword':
      return contains(keywordsOf(photo), criterion.words, false)
    case 'text':
      return [
        namesOf(files),
        keywordsOf(photo),
        [...new Set(names.map((each) => each.join(' ')))].join(' '),
      ].some((text) => contains(text, criterion.words, true))
    case 'confidence':
    case 'ignored':
      return !negated
    case 'unknown':
      return false
  }
}

const foldersOf = ({ folder = '' }: SampleFile): string[] => ['photos', ...folder.split('/')]
const namesOf = (files: readonly SampleFile[]): string =>
  files.map(({ name }) => plainWords(name.replace(/\.[^.]*$/, ''))).join(' ')
const keywordsOf = ({ keywords = [] }: Sample): string => keywords.map(plainWords).join(' ')

/** Whole words side by side; the last may be the beginning of a word when it has three letters or more. */
function contains(text: string, words: string, beginning: boolean): boolean {
  const last = words.slice(words.lastIndexOf(' ') + 1)
  const end = beginning && [...last].length >= 3 ? '' : ' '
  return words !== '' && ` ${text} `.includes(` ${words}${end}`)
}
