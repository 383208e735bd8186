import { areaOf } from './area.ts'
import { boundsOf } from './bounds.ts'
import { bounded } from './dates/join.ts'
import { dateAt, dateOf } from './dates/read.ts'
import { fold } from '../../labels/fold.ts'
import { termOf } from '../../labels/term.ts'
import { beingOf, havingOf } from './operators.ts'
import { nameWords, phraseLength } from './read-words.ts'
import { starsOf } from './stars.ts'
import { withoutLooseQuotes, wordsOf } from './words.ts'
import type { TermId } from '../../labels/term.ts'
import type { Criterion, Item, OperatorName } from './query.ts'
import type { Word } from './read-words.ts'
import type { Vocabulary } from './vocabulary.ts'

export type Operator = Extract<Item, { kind: 'operator' }>

/** File formats by the names people use, as the library keeps them. */
const formats: Readonly<Record<string, string>> = { jpg: 'jpeg', jpe: 'jpeg', tif: 'tiff', heif: 'heic' }

/** `length`: how many of the words that follow belong to the value ("label:hot dog"). */
export function operatorCriterion(
  item: Operator,
  following: readonly Word[],
  negated: boolean,
  vocabulary: Vocabulary,
): { criterion: Criterion; length: number } {
  const value = withoutLooseQuotes(item.value)
  const { operator } = item
  const one = (criterion: Criterion | null): { criterion: Criterion; length: number } => ({
    criterion: criterion ?? { kind: 'unknown', words: value, operator },
    length: 0,
  })
  switch (operator) {
    case 'label':
    case 'category': {
      const first: Word = { kind: 'word', text: value, apart: false, sign: null, start: 0, end: 0 }
      const words = item.quoted ? [first] : [first, ...following]
      for (let length = phraseLength(words, vocabulary); length > 0; length -= 1) {
        const phrase = words
          .slice(0, length)
          .map(({ text }) => text)
          .join(' ')
        const match = matchAsked(operator, phrase, vocabulary)
        if (match !== null)
          return { criterion: { kind: 'terms', asked: operator, ...match }, length: length - 1 }
      }
      return one(null)
    }
    case 'album': {
      const first: Word = { kind: 'word', text: value, apart: false, sign: null, start: 0, end: 0 }
      const words = item.quoted ? [first] : [first, ...following]
      for (let length = phraseLength(words, vocabulary); length > 0; length -= 1) {
        const phrase = wordsOf(
          words
            .slice(0, length)
            .map(({ text }) => text)
            .join(' '),
        )
        // Words that follow belong to the name only where an album has just that.
        if (length > 1 && !vocabulary.isAlbumName(phrase)) continue
        const albums = vocabulary.albumsLike(phrase)
        if (albums.length > 0)
          return { criterion: { kind: 'album', words: phrase, albums }, length: length - 1 }
      }
      return one(null)
    }
    case 'folder':
    case 'camera':
    case 'place':
    case 'near':
      return one({ kind: operator, value })
    case 'area': {
      const area = areaOf(value)
      return one(area === null ? null : { kind: 'area', area })
    }
    case 'type': {
      const format = fold(value).replace(/^[.*]+/, '')
      return one({ kind: 'type', value: formats[format] ?? format })
    }
    case 'name':
      return one({ kind: operator, words: nameWords(value) })
    case 'keyword':
    case 'title':
    case 'note':
      return one({ kind: operator, words: wordsOf(value) })
    case 'has': {
      const what = havingOf(value)
      return one(what === undefined ? null : { kind: 'has', what })
    }
    case 'is': {
      const what = beingOf(value)
      return one(what === undefined ? null : { kind: 'is', what })
    }
    case 'confidence': {
      const bounds = boundsOf(value, negated)
      return one(bounds === null ? null : { kind: 'confidence', ...bounds })
    }
    case 'similar':
    case 'same':
    case 'stack': {
      const isShown = operator === 'similar' && /^@[0-9a-f]{8}$/.test(value)
      const photo = isShown ? value : /^\d{1,9}$/.test(value) ? Number(value) : null
      return one(photo === null ? null : { kind: 'similar', how: operator, photo })
    }
    case 'stars': {
      const stars = starsOf(value)
      return one(stars === null ? null : { kind: 'stars', ...stars })
    }
    case 'date':
    case 'before':
    case 'after':
    case 'since':
    case 'until':
      return dateCriterion(operator, item, value, following, vocabulary)
  }
}

function dateCriterion(
  operator: Extract<OperatorName, 'date' | 'before' | 'after' | 'since' | 'until'>,
  item: Operator,
  value: string,
  following: readonly Word[],
  vocabulary: Vocabulary,
): { criterion: Criterion; length: number } {
  const spoken = item.quoted ? null : dateAt([value, ...following.map(({ text }) => text)], vocabulary.dates)
  const length = spoken === null ? 0 : spoken.length - 1
  const when = spoken !== null && length > 0 ? spoken.when : dateOf(value, vocabulary.dates)
  const unknown: Criterion = { kind: 'unknown', words: value, operator }
  if (when === null) return { criterion: unknown, length }
  const asked = operator === 'date' ? when : bounded(operator, when)
  return asked === null
    ? { criterion: unknown, length: 0 }
    : { criterion: { kind: 'date', when: asked }, length }
}

/** Labels for `label:`, categories for `category:`; whatever there is when a word names only the other kind. */
function matchAsked(
  operator: 'label' | 'category',
  phrase: string,
  vocabulary: Vocabulary,
): { words: string; terms: readonly TermId[] } | null {
  const byKey = vocabulary.termOfKey(phrase)
  if (byKey !== null) return { words: phrase, terms: [byKey] }
  const match = vocabulary.match(phrase)
  if (match === null) return null
  const asked = match.terms.filter((term) => (termOf(term).kind === 'category') === (operator === 'category'))
  return asked.length > 0 ? { words: match.words, terms: asked } : match
}
