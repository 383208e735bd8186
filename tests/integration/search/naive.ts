import { firstOwnId } from '../../../electron/core/labels/term.ts'
import type { Lexicon } from '../../../electron/core/labels/lexicon.ts'
import { secondsOf } from '../../../electron/core/library/times.ts'
import type { Criterion, Part, Query } from '../../../electron/core/search/query.ts'
import { plainWords, type Sample } from './sample-library.ts'

/** A photo of the sample library as the naive search sees it. */
export interface NaivePhoto extends Sample {
  readonly id: number
  /** Everything it can be found by, worked out by hand: 0–10,000, 20,000 when a person said so. */
  readonly scores: ReadonlyMap<number, number>
}

interface Settings {
  readonly lexicon: Lexicon
  readonly minConfidence: number | null
  readonly copies: (photo: NaivePhoto) => number
}

interface Bounds {
  readonly min: number | null
  readonly max: number | null
}

const person = 20_000
const noMatch = -1
const sure = 10_000

/** What the query means, photo by photo, without any index: `null` when it does not match, else its place by confidence. */
export function naiveKey(query: Query, photo: NaivePhoto, settings: Settings): number | null {
  const parts = query.groups.flat()
  const all = parts.flatMap(({ criterion }) => (criterion.kind === 'confidence' ? [criterion] : []))
  const mins = all.flatMap(({ min }) => (min === null ? [] : [min]))
  const maxs = all.flatMap(({ max }) => (max === null ? [] : [max]))
  const bounds =
    all.length === 0
      ? null
      : { min: mins.length ? Math.max(...mins) : null, max: maxs.length ? Math.min(...maxs) : null }
  const wantsUnread = query.groups.some(
    (group) =>
      group.length === 1 &&
      group[0]?.negated === false &&
      group[0].criterion.kind === 'is' &&
      ['problem', 'pending'].includes(group[0].criterion.what),
  )
  if (photo.unread === true && !wantsUnread) return null
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
  return 2 * confirmed + product
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
  { copies }: Settings,
): boolean {
  const folders = (photo.folder ?? '').split('/')
  const names = ['photos', ...folders].map(plainWords)
  switch (criterion.kind) {
    case 'folder':
      return names.some((name) => ` ${name}`.includes(` ${plainWords(criterion.value)}`))
    case 'camera':
      return (
        photo.camera !== undefined &&
        ` ${plainWords(photo.camera)}`.includes(` ${plainWords(criterion.value)}`)
      )
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
        problem: photo.state === 'failed',
        pending: photo.state === 'pending',
        confirmed: (photo.decisions ?? []).some(([, verdict]) => verdict !== 'removed'),
        damaged: photo.damaged === true,
        offline: photo.offline === true,
        copy: copies(photo) > 0,
      }[criterion.what]
    case 'name':
      return contains(nameOf(photo), criterion.words, true)
    case 'keyword':
      return contains(keywordsOf(photo), criterion.words, false)
    case 'text':
      return [nameOf(photo), keywordsOf(photo), names.join(' ')].some((text) =>
        contains(text, criterion.words, true),
      )
    case 'confidence':
    case 'ignored':
      return !negated
    case 'unknown':
      return false
  }
}

const nameOf = ({ name }: Sample): string => plainWords(name.replace(/\.[^.]*$/, ''))
const keywordsOf = ({ keywords = [] }: Sample): string => keywords.map(plainWords).join(' ')

/** Whole words side by side; the last may be the beginning of a word when it has three letters or more. */
function contains(text: string, words: string, beginning: boolean): boolean {
  const last = words.slice(words.lastIndexOf(' ') + 1)
  const end = beginning && [...last].length >= 3 ? '' : ' '
  return words !== '' && ` ${text} `.includes(` ${words}${end}`)
}
