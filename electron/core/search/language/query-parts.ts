import { boundsMeaning } from './bounds.ts'
import { daysMeaning } from './dates.ts'
import { termOf } from '../../labels/term.ts'
import { beingSpellings, havingSpellings, operatorSpellings, shown } from './operators.ts'
import type { Language, QueryPart } from '../../contract/values.ts'
import type { TermId } from '../../labels/term.ts'
import type { Criterion, OperatorName, Query } from './query.ts'
import type { Vocabulary } from './vocabulary.ts'

const mostNames = 4

/** Comparing a word with every known one takes about a millisecond, so of very many only some get suggestions. */
const mostHelped = 4

/** How the query was read, part by part, in the words of `language`. */
export function queryPartsOf(query: Query, vocabulary: Vocabulary, language: Language): QueryPart[] {
  let helped = 0
  return query.groups.flatMap((parts, group) =>
    parts.map(({ criterion, negated, start, end }) => ({
      kind: kindOf(criterion),
      text: query.text.slice(start, end),
      start,
      end,
      negated,
      group,
      meaning: meaningOf(criterion, vocabulary, language),
      terms: criterion.kind === 'terms' ? criterion.terms.map(vocabulary.keyOf) : [],
      names:
        criterion.kind === 'terms' ? criterion.terms.map((term) => vocabulary.label(term, language)) : [],
      nearest:
        criterion.kind === 'unknown' && (helped += 1) <= mostHelped
          ? nearestOf(criterion, vocabulary, language)
          : [],
    })),
  )
}

function kindOf(criterion: Criterion): QueryPart['kind'] {
  if (criterion.kind === 'keyword') return 'text'
  if (criterion.kind === 'ignored') return 'unknown'
  if (criterion.kind !== 'terms') return criterion.kind
  const kinds = criterion.terms.map((term) => termOf(term).kind)
  if (kinds.every((kind) => kind === 'own')) return 'own-label'
  return kinds.includes('category') ? 'category' : 'label'
}

function nearestOf(
  { operator, words }: Extract<Criterion, { kind: 'unknown' }>,
  vocabulary: Vocabulary,
  language: Language,
): QueryPart['nearest'] {
  if (operator === null || operator === 'label' || operator === 'category')
    return vocabulary
      .nearest(words, language)
      .map(({ text, term }) => ({ text, term: term === null ? null : vocabulary.keyOf(term) }))
  return valuesOf(operator, language).map((value) => ({
    text: `${shown(operatorSpellings[operator], language)}:${value}`,
    term: null,
  }))
}

/** Examples of what an operator understands, for one that was given something else. */
function valuesOf(operator: OperatorName, language: Language): string[] {
  if (operator === 'is') return Object.values(beingSpellings).map((spellings) => shown(spellings, language))
  if (operator === 'has') return Object.values(havingSpellings).map((spellings) => shown(spellings, language))
  if (operator === 'confidence') return ['>60%']
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
    quoted: (text: string) => `“${text}”`,
    text: 'in names and keywords',
    unknown: 'not known',
    ignored: 'left out: too long',
    has: { place: 'with a place', date: 'with a date', camera: 'with a camera', keywords: 'with keywords' },
    is: {
      untagged: 'without labels',
      problem: 'with problems',
      pending: 'not looked at yet',
      confirmed: 'confirmed by you',
      damaged: 'damaged files',
      offline: 'on a disk that is away',
      copy: 'with copies',
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
    quoted: (text: string) => `«${text}»`,
    text: 'в именах и ключевых словах',
    unknown: 'неизвестно',
    ignored: 'не учтено: слишком длинно',
    has: { place: 'с местом съёмки', date: 'с датой', camera: 'с камерой', keywords: 'с ключевыми словами' },
    is: {
      untagged: 'без меток',
      problem: 'с проблемами',
      pending: 'ещё не просмотренные',
      confirmed: 'подтверждённые вами',
      damaged: 'повреждённые файлы',
      offline: 'на отключённом диске',
      copy: 'с копиями',
    },
  },
} as const

function meaningOf(criterion: Criterion, vocabulary: Vocabulary, language: Language): string {
  const say = words[language]
  switch (criterion.kind) {
    case 'terms':
      return termsMeaning(criterion.terms, vocabulary, language)
    case 'folder':
    case 'camera':
    case 'place':
    case 'near':
    case 'type':
      return `${say[criterion.kind]} ${criterion.value}`
    case 'date':
      return daysMeaning(criterion.days, language)
    case 'has':
      return say.has[criterion.what]
    case 'is':
      return say.is[criterion.what]
    case 'confidence':
      return boundsMeaning(criterion, language)
    case 'name':
    case 'keyword':
      return `${say[criterion.kind]} ${criterion.words}`
    case 'text':
      return `${say.quoted(criterion.words)} ${say.text}`
    case 'ignored':
      return say.ignored
    case 'unknown':
      return `${say.quoted(criterion.words)}: ${say.unknown}`
  }
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
