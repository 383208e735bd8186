import { areaMeaning, notAnArea } from './language/area.ts'
import { boundsMeaning } from './language/bounds.ts'
import { dateMeaning } from './language/dates/tell.ts'
import { dateQuery } from './language/dates/write.ts'
import { termOf } from '../labels/term.ts'
import { beingSpellings, havingSpellings, operatorSpellings, shown } from './language/operators.ts'
import type { Fact } from './engine/facts.ts'
import type { Meaning } from './engine/meanings.ts'
import type { PlannedPart } from './engine/plan.ts'
import type { Language, QueryPart, TermKey } from '../contract/values.ts'
import type { TermId } from '../labels/term.ts'
import type { Criterion, OperatorName } from './language/query.ts'
import { starsMeaning } from './language/stars.ts'
import { termQuery, type Vocabulary } from './language/vocabulary.ts'
import { wordsOf } from './language/words.ts'

const mostNames = 4

/** Comparing a word with every known one takes about a millisecond, so of very many only some get suggestions. */
const mostHelped = 4

/** A word that may be meant instead. */
export interface NearWord {
  readonly text: string
  readonly term: TermKey | null
}

/** What telling a query needs of the library. */
interface Counting {
  /** Photos for which any of the facts holds. */
  readonly count: (facts: readonly Fact[]) => number
  /** What a photo, or a picture by its mark, is called: its title, or the name of its file. `null`: it is not there. */
  readonly photoName: (photo: number | string) => string | null
  /** Words that find photos and are near the ones given. */
  readonly nearest: (words: string, language: Language) => readonly NearWord[]
}

/** How the query was read, part by part, in the words of `language`. */
export function queryPartsOf(
  parts: readonly PlannedPart[],
  vocabulary: Vocabulary,
  library: Counting,
  language: Language,
): QueryPart[] {
  let helped = 0
  return parts.map(({ part, text, meanings, apart, setAside, group }) => {
    const { criterion, negated, required, start, end } = part
    const sign = negated ? '-' : required ? '+' : ''
    const terms = 'terms' in criterion ? criterion.terms : []
    const isUnknown =
      criterion.kind === 'unknown' || (criterion.kind === 'word' && meanings.length + apart.length === 0)
    return {
      kind: kindOf(criterion, meanings),
      text,
      start,
      end,
      negated,
      group,
      meaning: meaningOf(asTyped(criterion, text), meanings, vocabulary, library.photoName, language),
      terms: terms.map(vocabulary.keyOf),
      names: terms.map((term) => vocabulary.label(term, language)),
      meanings:
        criterion.kind === 'word'
          ? meanings.map((meaning) => ({
              kind: meaning.kind,
              name: meaning.term === null ? null : vocabulary.label(meaning.term, language),
              query: sign + narrowed(criterion, meaning, vocabulary, language),
              count: library.count(meaning.facts),
            }))
          : [],
      setAside,
      nearest:
        isUnknown && (helped += 1) <= mostHelped
          ? nearestOf(criterion, library, vocabulary, language).map((near) => ({
              ...near,
              query: sign + near.query,
            }))
          : [],
    }
  })
}

/** With the words as the person wrote them: they are looked up without capitals and accents. */
function asTyped(criterion: Criterion, text: string): Criterion {
  if (criterion.kind !== 'word') return criterion
  const typed = text.replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
  return wordsOf(typed) === criterion.words ? { ...criterion, words: typed } : criterion
}

/** Query text that asks for one meaning of a word alone. */
function narrowed(
  { words, when }: Extract<Criterion, { kind: 'word' }>,
  { kind, term }: Meaning,
  vocabulary: Vocabulary,
  language: Language,
): string {
  if (term !== null) return termQuery(vocabulary, term, vocabulary.label(term, language), 'always')
  if (kind === 'date') return when === null ? words : dateQuery(when)
  const operator = kind === 'own-label' || kind === 'label' || kind === 'category' ? 'label' : kind
  return `${shown(operatorSpellings[operator], language)}:"${words}"`
}

function kindOf(criterion: Criterion, meanings: readonly Meaning[]): QueryPart['kind'] {
  switch (criterion.kind) {
    case 'ignored':
      return 'unknown'
    case 'terms': {
      const kinds = criterion.terms.map((term) => termOf(term).kind)
      if (kinds.every((kind) => kind === 'own')) return 'own-label'
      return kinds.includes('category') ? 'category' : 'label'
    }
    case 'word': {
      const [first] = meanings
      const only = meanings.every(({ kind }) => kind === first?.kind)
      if (first === undefined) return criterion.each.length > 0 ? 'word' : 'unknown'
      return only ? first.kind : 'word'
    }
    default:
      return criterion.kind
  }
}

function nearestOf(
  criterion: Criterion,
  library: Counting,
  vocabulary: Vocabulary,
  language: Language,
): QueryPart['nearest'] {
  if (criterion.kind !== 'word' && criterion.kind !== 'unknown') return []
  const operator = criterion.kind === 'word' ? null : criterion.operator
  if (operator === null || operator === 'label' || operator === 'category')
    return library.nearest(criterion.words, language).map((near) => ({ ...near, query: written(near.text) }))
  return valuesOf(operator, vocabulary, language).map((value) => {
    const text = `${shown(operatorSpellings[operator], language)}:${value}`
    return { text, term: null, query: text }
  })
}

/** A name as it is typed: several words in quotation marks. */
const written = (name: string): string =>
  /^[\p{L}\p{N}]+$/u.test(name) ? name : `"${name.replaceAll(/["“”„‟«»＂]/gu, '')}"`

/** Examples of what an operator understands, for one that was given something else. */
function valuesOf(operator: OperatorName, { albums }: Vocabulary, language: Language): string[] {
  if (operator === 'is') return Object.values(beingSpellings).map((spellings) => shown(spellings, language))
  if (operator === 'album')
    return albums.slice(0, mostNames).map(({ name }) => `"${name.replaceAll('"', '')}"`)
  if (operator === 'has') return Object.values(havingSpellings).map((spellings) => shown(spellings, language))
  if (operator === 'confidence') return ['>60%']
  if (operator === 'similar' || operator === 'same' || operator === 'stack') return []
  if (operator === 'stars') return ['5', '>=4', '3..5']
  if (operator === 'area') return ['52.3,13.1..52.7,13.8']
  return ['2019', '2019-07']
}

const words = {
  en: {
    category: 'category',
    own: 'own label',
    or: 'or',
    folder: 'folder',
    camera: 'camera',
    place: 'place',
    near: 'near',
    type: 'format',
    name: 'file name',
    keyword: 'keyword',
    title: 'title',
    note: 'note',
    album: 'album',
    similar: {
      similar: (name: string) => `like ${name}`,
      same: (name: string) => `the same picture as ${name}`,
      stack: (name: string) => `stack of ${name}`,
    },
    shown: 'a picture that is no longer there',
    quoted: (text: string) => `“${text}”`,
    names: {
      keyword: 'keyword',
      title: 'in titles',
      note: 'in notes',
      album: 'album',
      folder: 'in folders',
      place: 'place',
      camera: 'camera',
      date: 'date',
      name: 'in file names',
    },
    unknown: 'not known',
    ignored: 'left out: too long',
    has: {
      place: 'with a place',
      date: 'with a date',
      camera: 'with a camera',
      keywords: 'with keywords',
      stars: 'with stars',
      title: 'with a title',
      note: 'with a note',
    },
    is: {
      untagged: 'without labels',
      problem: 'with problems',
      pending: 'not looked at yet',
      confirmed: 'confirmed by you',
      damaged: 'damaged files',
      offline: 'on a disk that is away',
      copy: 'with copies',
      undated: 'without a date of their own',
      hidden: 'hidden',
      rejected: 'rejected',
      favourite: 'favourites',
    },
  },
  ru: {
    category: 'категория',
    own: 'своя метка',
    or: 'или',
    folder: 'папка',
    camera: 'камера',
    place: 'место',
    near: 'рядом:',
    type: 'формат',
    name: 'имя файла',
    keyword: 'ключевое слово',
    title: 'заголовок',
    note: 'заметка',
    album: 'альбом',
    similar: {
      similar: (name: string) => `похоже на ${name}`,
      same: (name: string) => `то же изображение, что ${name}`,
      stack: (name: string) => `стопка с ${name}`,
    },
    shown: 'изображение, которого больше нет',
    quoted: (text: string) => `«${text}»`,
    names: {
      keyword: 'ключевое слово',
      title: 'в заголовках',
      note: 'в заметках',
      album: 'альбом',
      folder: 'в папках',
      place: 'место',
      camera: 'камера',
      date: 'дата',
      name: 'в именах файлов',
    },
    unknown: 'неизвестно',
    ignored: 'не учтено: слишком длинно',
    has: {
      place: 'с местом съёмки',
      date: 'с датой',
      camera: 'с камерой',
      keywords: 'с ключевыми словами',
      stars: 'со звёздами',
      title: 'с заголовком',
      note: 'с заметкой',
    },
    is: {
      untagged: 'без меток',
      problem: 'с проблемами',
      pending: 'ещё не просмотренные',
      confirmed: 'подтверждённые вами',
      damaged: 'повреждённые файлы',
      offline: 'на отключённом диске',
      copy: 'с копиями',
      undated: 'без собственной даты',
      hidden: 'скрытые',
      rejected: 'отклонённые',
      favourite: 'избранные',
    },
  },
} as const

function meaningOf(
  criterion: Criterion,
  meanings: readonly Meaning[],
  vocabulary: Vocabulary,
  nameOf: Counting['photoName'],
  language: Language,
): string {
  const say = words[language]
  switch (criterion.kind) {
    case 'word':
      return wordMeaning(criterion, meanings, vocabulary, language)
    case 'terms':
      return termsMeaning(criterion.terms, vocabulary, language)
    case 'album':
      return albumsMeaning(criterion.albums, vocabulary, language)
    case 'folder':
    case 'camera':
    case 'place':
    case 'near':
    case 'type':
      return `${say[criterion.kind]} ${criterion.value}`
    case 'area':
      return areaMeaning(criterion.area, language)
    case 'date':
      return dateMeaning(criterion.when, language)
    case 'has':
      return say.has[criterion.what]
    case 'is':
      return say.is[criterion.what]
    case 'confidence':
      return boundsMeaning(criterion, language)
    case 'similar':
      return say.similar[criterion.how](nameOf(criterion.photo) ?? say.shown)
    case 'stars':
      return starsMeaning(criterion, language)
    case 'name':
    case 'keyword':
    case 'title':
    case 'note':
      return `${say[criterion.kind]} ${criterion.words}`
    case 'ignored':
      return say.ignored
    case 'unknown':
      return `${say.quoted(criterion.words)}: ${criterion.operator === 'area' ? notAnArea(language) : say.unknown}`
  }
}

/** "dog (category), in folders"; a date by itself is told as one. */
function wordMeaning(
  criterion: Extract<Criterion, { kind: 'word' }>,
  meanings: readonly Meaning[],
  vocabulary: Vocabulary,
  language: Language,
): string {
  const say = words[language]
  // Labels that no photo has are only named where nothing else is.
  const terms = meanings.length === 0 ? criterion.terms : meanings.flatMap(({ term }) => term ?? [])
  const named = meanings.filter(({ term, kind }) => term === null && kind !== 'date')
  const told = [
    ...(terms.length > 0 ? [termsMeaning(terms, vocabulary, language)] : []),
    ...(criterion.when === null ? [] : [dateMeaning(criterion.when, language)]),
    ...named.map(({ kind }) => (kind in say.names ? say.names[kind as keyof typeof say.names] : kind)),
  ]
  const isPlain = terms.length === 0 && criterion.when === null
  if (told.length === 0)
    return criterion.each.length > 0
      ? say.quoted(criterion.words)
      : `${say.quoted(criterion.words)}: ${say.unknown}`
  return `${isPlain ? `${say.quoted(criterion.words)} ` : ''}${told.join(', ')}`
}

/** "album Rome or Oslo" */
function albumsMeaning(terms: readonly TermId[], { albums }: Vocabulary, language: Language): string {
  const say = words[language]
  const names = albums.filter(({ term }) => terms.includes(term)).map(({ name }) => name)
  return `${say.album} ${names.slice(0, mostNames).join(` ${say.or} `)}${names.length > mostNames ? ' …' : ''}`
}

function termsMeaning(terms: readonly TermId[], vocabulary: Vocabulary, language: Language): string {
  const say = words[language]
  const names = terms.slice(0, mostNames).map((term) => {
    const name = vocabulary.label(term, language)
    const kind = termOf(term).kind
    return kind === 'class' ? name : `${name} (${kind === 'own' ? say.own : say.category})`
  })
  return names.join(` ${say.or} `) + (terms.length > mostNames ? ' …' : '')
}
