import { fold } from '../../labels/fold.ts'
import { firstOwnId, ownTermKey, termOf } from '../../labels/term.ts'
import { languages } from '../../contract/languages.ts'
import type { Language, TermKey } from '../../contract/values.ts'
import type { Lexicon } from '../../labels/lexicon.ts'
import type { TermId } from '../../labels/term.ts'
import type { NamedAlbum } from '../../library/decisions/albums.ts'
import { decidedScore, possibleScore, sureScore } from '../../library/photos/index-entries.ts'
import type { OwnLabel } from '../../library/decisions/own-labels.ts'
import type { DateContext } from './dates/when.ts'
import { isCalled, withoutLooseQuotes, wordsOf } from './words.ts'

/** What a word can mean: the labels of the program and the person's own. */
export interface Vocabulary {
  readonly maxPhraseWords: number
  /** Every term the whole phrase names (several when it is ambiguous) and its plainest spelling; `null` for none. */
  readonly match: (phrase: string) => { readonly words: string; readonly terms: readonly TermId[] } | null
  /** Own labels in whose names the words stand side by side, a single word in any of its forms. */
  readonly ownWith: (words: string) => readonly TermId[]
  /** Albums of this very name; else those in whose names the words stand side by side, a single word in any of its forms. */
  readonly albumsLike: (words: string) => readonly TermId[]
  /** Whether an album has this very name. */
  readonly isAlbumName: (words: string) => boolean
  readonly termOfKey: (key: string) => TermId | null
  readonly keyOf: (term: TermId) => TermKey
  readonly label: (term: TermId, language: Language) => string
  /** The shown name folded and without its distinguishing word: what people write as a keyword. */
  readonly plainName: (term: TermId, language: Language) => string
  /** In 1/10,000: from here on photos are found by it. */
  readonly threshold: (term: TermId) => number
  /** The same: below it a photo only possibly shows it. Differs from the threshold for labels that are taught. */
  readonly sureFrom: (term: TermId) => number
  /** The same: photos from here on are counted. Of a label of which only an order is known those that have it. */
  readonly countedFrom: (term: TermId) => number
  /** A score of this label only tells where the photo stands in the order, not how likely it is. */
  readonly isGuess: (term: TermId, score: number) => boolean
  /** Known words most like this one, then the category of the best of them. */
  readonly nearest: (words: string, language: Language) => readonly { text: string; term: TermId | null }[]
  /** An own label or album has this name, in which a comma stands. */
  readonly hasCommaName: (text: string) => boolean
  readonly lexicon: Lexicon
  readonly ownLabels: readonly OwnLabel[]
  readonly albums: readonly NamedAlbum[]
  /** What dates are read against. */
  readonly dates: DateContext
  /** A place in which photos were taken has this name of several words. */
  readonly isPlace: (words: string) => boolean
}

/** Of own labels, by what is proposed of them; see `Vocabulary`. */
const cutOffs = {
  none: { threshold: 1, sureFrom: 1, countedFrom: 1 },
  order: { threshold: 1, sureFrom: decidedScore, countedFrom: decidedScore },
  probabilities: { threshold: possibleScore, sureFrom: sureScore, countedFrom: possibleScore },
} as const satisfies Record<OwnLabel['proposals'], unknown>

/** Words of the name of a place that are looked for together. */
const longestPlace = 4

const nearestLimit = 4

/** Shown names as people read them off the screen, "crane (bird)", so that they can be typed or clicked. */
const shownNames = new WeakMap<Lexicon, ShownNames>()

interface ShownNames {
  readonly terms: ReadonlyMap<string, TermId>
  /** Words of the longest. */
  readonly maxWords: number
}

function shownNamesOf(lexicon: Lexicon): ShownNames {
  const known = shownNames.get(lexicon)
  if (known !== undefined) return known
  const names = new Map<string, TermId>()
  const terms = [...lexicon.categories.map(({ id }) => id), ...lexicon.classes.map(({ index }) => index)]
  for (const term of terms)
    for (const language of languages) {
      const name = wordsOf(lexicon.label(term, language))
      if (!names.has(name)) names.set(name, term)
    }
  const shown = { terms: names, maxWords: longestOf(names.keys()) }
  shownNames.set(lexicon, shown)
  return shown
}

/** Words of the longest name. */
const longestOf = (names: Iterable<string>): number =>
  [...names].reduce((longest, name) => Math.max(longest, name.split(' ').length), 0)

export function vocabularyOf(
  lexicon: Lexicon,
  ownLabels: readonly OwnLabel[],
  albums: readonly NamedAlbum[],
  dates: DateContext,
  isPlace: (words: string) => boolean,
  cutOffInUse: (term: TermId, measured: number) => number = (_, measured) => measured,
): Vocabulary {
  const own = new Map<string, OwnLabel>()
  for (const label of ownLabels) own.set(label.folded, label).set(wordsOf(label.name), label)
  const ownWords = ownLabels.map(({ term, name }) => ({ term, name: wordsOf(name) }))
  const ownNames = new Map(ownLabels.map(({ term, name }) => [term, name]))
  const ownProposals = new Map(ownLabels.map(({ term, proposals }) => [term, proposals]))
  const albumNames = new Map<string, NamedAlbum>()
  for (const album of albums) albumNames.set(album.folded, album).set(wordsOf(album.name), album)
  const shown = shownNamesOf(lexicon)

  const named = (words: string): TermId[] => {
    const found = new Set(lexicon.lookup(words))
    const mine = own.get(words)
    if (mine !== undefined) found.add(mine.term)
    const read = found.size === 0 ? shown.terms.get(words) : undefined
    return read === undefined ? [...found].sort((a, b) => a - b) : [read]
  }
  const match: Vocabulary['match'] = (phrase) => {
    for (const words of new Set([withoutLooseQuotes(fold(phrase)), wordsOf(phrase)])) {
      const terms = words === '' ? [] : named(words)
      if (terms.length > 0) return { words, terms }
    }
    return null
  }

  const label = (term: TermId, language: Language): string => {
    return termOf(term).kind === 'own' ? (ownNames.get(term) ?? '') : lexicon.label(term, language)
  }

  const usual = (term: TermId): number =>
    cutOffInUse(term, Math.max(1, Math.round(lexicon.threshold(term) * 10_000)))
  const proposalsOf = (term: TermId): OwnLabel['proposals'] => ownProposals.get(term) ?? 'none'

  return {
    lexicon,
    ownLabels,
    albums,
    dates,
    isPlace,
    ownWith: (words) => ownWords.filter(({ name }) => isCalled(name, words)).map(({ term }) => term),
    albumsLike: (words) => {
      const exact = albumNames.get(words)
      if (exact !== undefined) return [exact.term]
      return albums.filter(({ name }) => isCalled(wordsOf(name), words)).map(({ term }) => term)
    },
    isAlbumName: (words) => albumNames.has(words),
    maxPhraseWords: Math.max(
      longestOf(own.keys()),
      longestOf(albumNames.keys()),
      shown.maxWords,
      lexicon.maxPhraseWords,
      longestPlace,
    ),
    match,
    termOfKey: (key) => {
      const mine = /^own:(\d{1,9})$/.exec(key)
      if (mine !== null)
        return ownNames.has(firstOwnId + Number(mine[1])) ? firstOwnId + Number(mine[1]) : null
      return /^(class|category):/.test(key) ? lexicon.idOf(key) : null
    },
    keyOf: (term) => {
      const what = termOf(term)
      return what.kind === 'own' ? ownTermKey(what.ownId) : lexicon.keyOf(term)
    },
    label,
    plainName: (term, language) => wordsOf(label(term, language).replace(/\([^)]*\)/g, ' ')),
    threshold: (term) => (term < firstOwnId ? usual(term) : cutOffs[proposalsOf(term)].threshold),
    sureFrom: (term) => (term < firstOwnId ? usual(term) : cutOffs[proposalsOf(term)].sureFrom),
    countedFrom: (term) => (term < firstOwnId ? usual(term) : cutOffs[proposalsOf(term)].countedFrom),
    isGuess: (term, score) => score < decidedScore && proposalsOf(term) === 'order',
    nearest: (words, language) => {
      const found: { text: string; term: TermId | null }[] = lexicon
        .nearest(words, nearestLimit)
        .map(({ text, term }) => ({ text, term }))
      const best = found[0]?.term ?? null
      if (best !== null && termOf(best).kind === 'class') {
        const category = lexicon.classes[best]?.parents[0]
        if (category !== undefined && !found.some(({ term }) => term === category))
          found.push({ text: lexicon.label(category, language), term: category })
      }
      return found
    },
    hasCommaName: (text) => own.has(fold(text)) || albumNames.has(fold(text)),
  }
}

/**
 * Text that is read as exactly this term: its name if that is unmistakable, else with its kind, else its key.
 * @param operator `always`: it shall not mean anything else of that name either, say a folder
 */
export function termQuery(
  { match, keyOf }: Vocabulary,
  term: TermId,
  text: string,
  operator: 'if-needed' | 'always' = 'if-needed',
): string {
  const terms = match(text)?.terms ?? []
  if (operator === 'if-needed' && terms.length === 1 && terms[0] === term)
    return /^[\p{L}\p{N}]+$/u.test(text) ? text : `"${text}"`
  const isCategory = termOf(term).kind === 'category'
  const asked = terms.filter((other) => (termOf(other).kind === 'category') === isCategory)
  const key = isCategory ? 'category' : 'label'
  return asked.length === 1 && asked[0] === term ? `${key}:"${text}"` : `${key}:"${keyOf(term)}"`
}
