import { languages } from '../../contract/languages.ts'
import { baseForms } from '../../labels/word-forms.ts'
import { termOf, type TermId } from '../../labels/term.ts'
import { undatedAt } from '../../library/times.ts'
import type { Days, When } from '../language/dates/when.ts'
import type { Criterion, Part, WordCriterion } from '../language/query.ts'
import type { Vocabulary } from '../language/vocabulary.ts'
import {
  always,
  tiers,
  type Fact,
  type ScoreRange,
  type Tier,
  type TimeWindow,
  type WordsTable,
} from './facts.ts'

/** One of the things that a part of a query names in this library. */
export interface Meaning {
  readonly kind:
    | 'own-label'
    | 'label'
    | 'category'
    | 'title'
    | 'keyword'
    | 'note'
    | 'album'
    | 'folder'
    | 'place'
    | 'camera'
    | 'date'
    | 'name'
  /** It is meant of photos for which any of these holds. */
  readonly facts: readonly Fact[]
  /** Of a label. */
  readonly term: TermId | null
  /** Of keywords and file names: any of these words side by side, the last of them cut short if `beginning`. */
  readonly phrases: readonly string[]
  readonly beginning: boolean
}

/** What planning must know of the library. */
export interface Library {
  /** Folders a value names, with all below; `'all'` when that is every folder. */
  readonly foldersLike: (value: string, beginning: boolean) => readonly number[] | 'all'
  readonly camerasLike: (value: string, beginning: boolean) => readonly number[]
  readonly lensesLike: (value: string, beginning: boolean) => readonly number[]
  /** Places of this library that have such a name in any language, with everything in them. */
  readonly placesLike: (value: string, beginning: boolean) => readonly number[]
  /** Those that are shown by this very name, with everything in them. */
  readonly placesShownAs: (value: string) => readonly number[]
  /** Those near towns that have such a name. */
  readonly placesNear: (value: string) => readonly number[]
  /** Whether the fact holds for any photo, hidden or not. */
  readonly meets: (fact: Fact) => boolean
}

/** Cut-offs of the labels of a query. */
export interface CutOffs {
  readonly rangeOf: (term: TermId) => ScoreRange
  /** What must not be there is left out from the lower of cut-off and threshold on. */
  readonly excludedFrom: (term: TermId) => ScoreRange
  /** A label is also meant by its name: not where the query asks for what is unsure. */
  readonly withNames: boolean
}

/** All photos that have a date. */
export const dated: TimeWindow = { from: undatedAt + 1, until: always.until }
/** Beside labels an alternative that always holds still leaves those the person confirmed in front. */
export const everyPhoto: Fact = { kind: 'window', window: always }
const secondsPerDay = 86_400

/** Parts of a query that name something, which is why a photo is found. */
export type Naming = Extract<
  Criterion,
  {
    kind:
      | 'word'
      | 'terms'
      | 'album'
      | 'folder'
      | 'camera'
      | 'place'
      | 'near'
      | 'name'
      | 'keyword'
      | 'title'
      | 'note'
      | 'date'
  }
>

/** What a part names in this library, the surest first; nothing when it names no photo's label or name. */
export function meaningsOf(
  criterion: Naming,
  { negated }: Pick<Part, 'negated'>,
  vocabulary: Vocabulary,
  library: Library,
  cutOffs: CutOffs,
): readonly Meaning[] {
  switch (criterion.kind) {
    case 'word':
      return wordMeanings(criterion, negated, vocabulary, library, cutOffs)
    case 'terms':
      return criterion.terms.map((term) => labelMeaning(term, negated, vocabulary, cutOffs))
    case 'album':
      return [albumMeaning(criterion.albums)]
    case 'folder':
      return firstThat((beginning) => folderMeaning(criterion.value, beginning, library))
    case 'camera':
      return firstThat((beginning) => cameraMeaning(criterion.value, beginning, library))
    case 'place':
      return firstThat((beginning) => placeMeaning(library.placesLike(criterion.value, beginning), library))
    case 'near':
      return placeMeaning(library.placesNear(criterion.value), library)
    case 'keyword':
      return firstThat((beginning) =>
        keywordMeaning(keywordsFor(criterion.words, vocabulary), beginning, library),
      )
    case 'name':
      return firstThat((beginning) => fileNameMeaning(criterion.words, beginning, library))
    case 'title':
    case 'note':
      return firstThat((beginning) => saidMeaning(criterion.kind, criterion.words, beginning, library))
    case 'date':
      return [dateMeaning(criterion.when)]
  }
}

function wordMeanings(
  { words, terms, albums, when }: WordCriterion,
  negated: boolean,
  vocabulary: Vocabulary,
  library: Library,
  cutOffs: CutOffs,
): readonly Meaning[] {
  const labels = terms
    .map((term) => labelMeaning(term, negated, vocabulary, cutOffs))
    .filter(({ facts }) => facts.some(library.meets))
  const dates = when === null ? [] : [dateMeaning(when)]
  const albumsMet = [albumMeaning(albums)].filter(({ facts }) => facts.some(library.meets))
  const called = (beginning: boolean): readonly Meaning[] => [
    ...saidMeaning('title', words, beginning, library),
    ...keywordMeaning(beginning ? [words] : keywordsFor(words, vocabulary), beginning, library),
    ...saidMeaning('note', words, beginning, library),
    ...folderMeaning(words, beginning, library),
    // What a label is called is an ordinary word, and with all its languages the world has a town of almost any name.
    ...placeMeaning(
      terms.length > 0 ? library.placesShownAs(words) : library.placesLike(words, beginning),
      library,
    ),
    ...cameraMeaning(words, beginning, library),
    // The digits of a year stand in very many names of files.
    ...(when === null ? fileNameMeaning(words, beginning, library) : []),
  ]
  if (!cutOffs.withNames && terms.length > 0) return labels
  const whole = [...labels, ...dates, ...albumsMet, ...called(false)]
  return whole.length > 0 || terms.length > 0 ? whole : called(true)
}

/** Whole words; when there are none such, those that begin so. */
function firstThat(meanings: (beginning: boolean) => readonly Meaning[]): readonly Meaning[] {
  const whole = meanings(false)
  return whole.length > 0 ? whole : meanings(true)
}

function labelMeaning(term: TermId, negated: boolean, vocabulary: Vocabulary, cutOffs: CutOffs): Meaning {
  const kind = termOf(term).kind
  const range = negated ? cutOffs.excludedFrom(term) : cutOffs.rangeOf(term)
  return {
    kind: kind === 'own' ? 'own-label' : kind === 'class' ? 'label' : 'category',
    facts: [{ kind: 'term', term, ...range, sure: vocabulary.sureFrom(term) }],
    term,
    phrases: [],
    beginning: false,
  }
}

const named = (kind: Meaning['kind'], facts: readonly Fact[]): Meaning => ({
  kind,
  facts,
  term: null,
  phrases: [],
  beginning: false,
})

const dateMeaning = (when: When): Meaning => named('date', [takenFact(when)])

const albumMeaning = (albums: readonly TermId[]): Meaning =>
  named(
    'album',
    albums.map((term) => ({ kind: 'album', term })),
  )

function folderMeaning(value: string, beginning: boolean, library: Library): Meaning[] {
  const ids = library.foldersLike(value, beginning)
  if (ids === 'all') return [named('folder', [everyPhoto])]
  const fact: Fact = { kind: 'folder', value, beginning, ids }
  return ids.length > 0 && library.meets(fact) ? [named('folder', [fact])] : []
}

function placeMeaning(ids: readonly number[], library: Library): Meaning[] {
  const fact: Fact = { kind: 'place', ids }
  return ids.length > 0 && library.meets(fact) ? [named('place', [fact])] : []
}

function cameraMeaning(value: string, beginning: boolean, library: Library): Meaning[] {
  const [cameras, lenses] = [library.camerasLike(value, beginning), library.lensesLike(value, beginning)]
  const facts: Fact[] = [
    ...(cameras.length > 0 ? [{ kind: 'camera', ids: cameras } as const] : []),
    ...(lenses.length > 0 ? [{ kind: 'lens', ids: lenses } as const] : []),
  ].filter(library.meets)
  return facts.length > 0 ? [named('camera', facts)] : []
}

function keywordMeaning(names: readonly string[], beginning: boolean, library: Library): Meaning[] {
  return written('keyword', 'names', 'keywords', names, beginning, tiers.person, library)
}

function fileNameMeaning(words: string, beginning: boolean, library: Library): Meaning[] {
  return written('name', 'names', 'name', [words], beginning, tiers.fileName, library)
}

function saidMeaning(kind: 'title' | 'note', words: string, beginning: boolean, library: Library): Meaning[] {
  return written(kind, 'said', kind, [words], beginning, tiers.person, library)
}

type Column = 'name' | 'keywords' | 'title' | 'note'

function written(
  kind: 'keyword' | 'name' | 'title' | 'note',
  table: WordsTable,
  column: Column,
  names: readonly string[],
  beginning: boolean,
  tier: Tier,
  library: Library,
): Meaning[] {
  const phrases = phrasesOf(names, beginning)
  if (phrases.length === 0) return []
  const fact: Fact = { kind: 'words', table, match: matchOf(phrases, column, beginning), tier }
  return library.meets(fact) ? [{ ...named(kind, [fact]), phrases, beginning }] : []
}

/** The words themselves, and what the labels of that name are called in either language. */
function keywordsFor(words: string, vocabulary: Vocabulary): string[] {
  const names = new Set([words])
  for (const term of vocabulary.match(words)?.terms ?? [])
    for (const language of languages) names.add(vocabulary.plainName(term, language))
  return [...names]
}

/** Words of a phrase that are looked for: each one more costs a walk through all photos that have it. */
const mostPhraseWords = 6
/** A word that is looked for by its beginning has so many letters at least. */
const shortestBeginning = 3

/**
 * Any of which is looked for: the names as they are, a single word in all its forms; by their beginning only those that are
 * long enough. Of a long name only the first words count.
 */
function phrasesOf(names: readonly string[], beginning: boolean): string[] {
  const phrases = new Set<string>()
  for (const name of names) {
    const wanted = name.split(' ', mostPhraseWords).join(' ')
    const last = wanted.slice(wanted.lastIndexOf(' ') + 1)
    if (beginning && [...last].length < shortestBeginning) continue
    for (const form of beginning || wanted.includes(' ') ? [wanted] : formsOf(wanted)) phrases.add(form)
  }
  return [...phrases]
}

/** An FTS5 expression that finds any of the phrases, their words side by side. */
function matchOf(phrases: readonly string[], column: Column, beginning: boolean): string {
  return `${column} : (${phrases.map((phrase) => quoted(phrase) + (beginning ? ' *' : '')).join(' OR ')})`
}

const quoted = (phrase: string): string => `"${phrase.replaceAll('"', '""')}"`

/** A word, what it may be a form of, and its plural. */
function formsOf(word: string): string[] {
  const plurals = /^[a-z]{2,}[^s\d]$/u.test(word) ? [`${word}s`, `${word}es`] : []
  return [...baseForms(word), ...plurals]
}

function takenFact(when: When): Fact {
  switch (when.kind) {
    case 'span':
      return { kind: 'window', window: windowOf(when) }
    case 'yearly':
    case 'weekdays':
      return { kind: 'days', days: when }
    case 'hours':
      return when
  }
}

/** A photo without a date lies in no window with an end. */
function windowOf({ from, until }: Days): TimeWindow {
  return {
    from: from === null ? dated.from : from * secondsPerDay,
    until: until === null ? dated.until : until * secondsPerDay,
  }
}
