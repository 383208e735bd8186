import { completedWord } from '../contract/completed-word.ts'
import { fold } from '../labels/fold.ts'
import { termOf } from '../labels/term.ts'
import { placeNameIn } from '../library/photos/places.ts'
import { reading, type Reader } from '../library/statements.ts'
import { ask, askLists } from './engine/statements.ts'
import { signs } from './language/parse.ts'
import { wordsOfName } from './language/folders-like.ts'
import {
  beingSpellings,
  havingSpellings,
  operatorOf,
  operatorSpellings,
  shown,
} from './language/operators.ts'
import { termQuery } from './language/vocabulary.ts'
import { hasWords, wordsOf } from './language/words.ts'
import { sessionOf, type Session } from './session.ts'
import type { Completion, Language } from '../contract/values.ts'
import type { Lexicon } from '../labels/lexicon.ts'
import type { TermId } from '../labels/term.ts'
import type { OperatorName } from './language/query.ts'

const mostCompletions = 12
/** Names looked at before the most frequent are chosen. */
const mostNames = 60
/** UTF-16 units before the caret that are looked at: no name, and no word worth completing, is longer. */
const longestName = 200

interface Request {
  readonly text: string
  /** UTF-16 offset. */
  readonly caret: number
  readonly language: Language
}

/**
 * What the word under the caret could become, likeliest first: labels, categories and own labels with the number of
 * photos, then folders, cameras and operators. Words before it may begin a longer name ("black sw" → "swan").
 * `insert` replaces the span that `completedWord` of the contract gives.
 */
export function complete(reader: Reader, lexicon: Lexicon, request: Request): Completion[] {
  return reading(reader, () => completions(sessionOf(reader, lexicon), request))
}

function completions(session: Session, { text, caret, language }: Request): Completion[] {
  const { start } = completedWord(text, caret)
  const word = text.slice(start, Math.max(start, caret))
  if (word.length > longestName) return []
  const sign = signs.exec(word)?.[0] ?? ''
  const typed = word.slice(sign.length)
  const colon = typed.search(/[:：]/u)
  const operator = colon === -1 ? undefined : operatorOf(typed.slice(0, colon))
  const found =
    operator === undefined
      ? plainCompletions(session, text.slice(Math.max(0, start - longestName), start), typed, language)
      : valueCompletions(session, operator, typed.slice(0, colon + 1), typed.slice(colon + 1), language)
  return found
    .slice(0, mostCompletions)
    .map((completion) => ({ ...completion, insert: sign + completion.insert }))
}

function plainCompletions(session: Session, before: string, typed: string, language: Language): Completion[] {
  const prefix = unquoted(typed)
  if (fold(prefix) === '') return typed.trim() === '' ? mostFrequent(session, language) : []
  const found = [
    ...longerNames(session, before, prefix, language),
    ...names(
      session,
      prefix,
      language,
      () => true,
      (term, text) => termQuery(session.vocabulary, term, text),
    ),
  ]
  const unique = found.filter(({ term }, at) => found.findIndex((other) => other.term === term) === at)
  return [
    ...albums(session, prefix, `${shown(operatorSpellings.album, language)}:`).slice(0, 3),
    ...unique.slice(0, mostCompletions - 3),
    ...operatorsStarting(prefix, language),
    ...folders(session, prefix, `${shown(operatorSpellings.folder, language)}:`).slice(0, 3),
    ...cameras(session, prefix, `${shown(operatorSpellings.camera, language)}:`).slice(0, 2),
    ...places(session, prefix, `${shown(operatorSpellings.place, language)}:`, language).slice(0, 2),
  ]
}

function valueCompletions(
  session: Session,
  operator: OperatorName,
  key: string,
  value: string,
  language: Language,
): Completion[] {
  const prefix = unquoted(value)
  switch (operator) {
    case 'label':
    case 'category': {
      const asked = (term: TermId): boolean =>
        (termOf(term).kind === 'category') === (operator === 'category')
      return names(session, prefix, language, asked, (term, text) => {
        const { match, keyOf } = session.vocabulary
        const terms = match(text)?.terms.filter(asked) ?? []
        return terms.length === 1 && terms[0] === term ? `${key}"${text}"` : `${key}"${keyOf(term)}"`
      })
    }
    case 'album':
      return albums(session, prefix, key)
    case 'folder':
      return folders(session, prefix, key)
    case 'camera':
      return cameras(session, prefix, key)
    case 'place':
    case 'near':
      return places(session, prefix, key, language)
    case 'type':
      return formats(session, prefix, key)
    case 'is':
      return values(Object.values(beingSpellings), prefix, key, language)
    case 'has':
      return values(Object.values(havingSpellings), prefix, key, language)
    case 'confidence':
      return ['>50%', '>70%', '>90%'].map((bound) => operatorCompletion(key + bound))
    case 'date':
    case 'before':
    case 'after':
    case 'since':
    case 'until':
      return years(session, prefix, key)
    case 'stars':
      return ['5', '>=4', '>=3', '0']
        .filter((stars) => stars.startsWith(prefix.trim()))
        .map((stars) => operatorCompletion(key + stars))
    case 'area':
    case 'name':
    case 'keyword':
    case 'title':
    case 'note':
    case 'similar':
    case 'same':
    case 'stack':
      return []
  }
}

const unquoted = (text: string): string => text.replace(/["“”„‟«»＂]/gu, '')

function mostFrequent(session: Session, language: Language): Completion[] {
  const countOf = session.sureCounts(session.lexicon.categories.map(({ id }) => id))
  return session.lexicon.categories
    .map(({ id }) => ({ id, count: countOf(id) }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, 8)
    .map(({ id, count }) => {
      const name = session.vocabulary.label(id, language)
      return termCompletion(session, id, name, termQuery(session.vocabulary, id, name), count, language)
    })
}

/** Names that start with the prefix, those with photos first and the most frequent of them on top. */
function names(
  session: Session,
  prefix: string,
  language: Language,
  wanted: (term: TermId) => boolean,
  insert: (term: TermId, text: string) => string,
): Completion[] {
  const start = fold(prefix)
  const own = session.vocabulary.ownLabels
    .filter(({ folded }) => folded.startsWith(start))
    .map(({ term, name }) => ({ term, text: name }))
  const named = [...own, ...session.lexicon.startingWith(prefix, language, mostNames)].filter(({ term }) =>
    wanted(term),
  )
  const countOf = session.sureCounts(named.map(({ term }) => term))
  return named
    .map((name) => ({ ...name, count: countOf(name.term) }))
    .sort((a, b) => b.count - a.count)
    .slice(0, mostCompletions)
    .map(({ term, text, count }) => termCompletion(session, term, text, insert(term, text), count, language))
}

function termCompletion(
  session: Session,
  term: TermId,
  text: string,
  insert: string,
  count: number,
  language: Language,
): Completion {
  const name = session.vocabulary.label(term, language)
  return {
    insert,
    label: fold(name) === fold(text) ? name : `${text} · ${name}`,
    kind: termOf(term).kind,
    term: session.vocabulary.keyOf(term),
    count,
  }
}

/** Names of several words of which the first stand before the caret already. */
function longerNames(session: Session, before: string, prefix: string, language: Language): Completion[] {
  const words = before.split(/\s+/u).filter((word) => word !== '')
  for (let count = Math.min(words.length, session.vocabulary.maxPhraseWords - 1); count > 0; count -= 1) {
    const start = words.slice(-count).join(' ')
    if (/["“”„‟«»＂:|,;&]/u.test(start)) continue
    const found = names(
      session,
      `${start} ${prefix}`,
      language,
      () => true,
      (_term, text) => text.split(' ').slice(count).join(' '),
    ).filter(({ insert, term }) => {
      const terms = session.vocabulary.match(`${start} ${insert}`)?.terms ?? []
      return (
        insert !== '' && terms.length === 1 && terms.every((one) => session.vocabulary.keyOf(one) === term)
      )
    })
    if (found.length > 0) return found
  }
  return []
}

const operatorCompletion = (insert: string): Completion => ({
  insert,
  label: insert,
  kind: 'operator',
  term: null,
  count: null,
})

function operatorsStarting(prefix: string, language: Language): Completion[] {
  const start = fold(prefix)
  return (
    (Object.keys(operatorSpellings) as OperatorName[])
      // Nobody knows photos by their numbers.
      .filter((operator) => operator !== 'similar' && operator !== 'same' && operator !== 'stack')
      .map((operator) => shown(operatorSpellings[operator], language))
      .filter((spelling) => fold(spelling).startsWith(start))
      .map((spelling) => operatorCompletion(`${spelling}:`))
  )
}

function values(
  spellings: readonly Parameters<typeof shown>[0][],
  prefix: string,
  key: string,
  language: Language,
): Completion[] {
  const start = fold(prefix)
  return spellings
    .map((each) => shown(each, language))
    .filter((value) => fold(value).startsWith(start))
    .map((value) => operatorCompletion(key + value))
}

/** Albums in whose name a word begins so, in the order of the list. */
function albums(session: Session, prefix: string, key: string): Completion[] {
  const start = wordsOf(prefix)
  const found = session.vocabulary.albums
    .filter(({ name }) => hasWords(wordsOf(name), start, true))
    .slice(0, mostCompletions)
  const countOf = session.sureCounts(found.map(({ term }) => term))
  return found.map(({ name, term }) => ({
    insert: `${key}"${unquoted(name)}"`,
    label: name,
    kind: 'album',
    term: null,
    count: countOf(term),
  }))
}

function folders(session: Session, prefix: string, key: string): Completion[] {
  const start = wordsOf(prefix)
  const counts = new Map<string, number>()
  for (const folder of session.folders()) {
    const { id, name } = folder
    if (hasWords(wordsOfName(folder), start, true))
      counts.set(name, (counts.get(name) ?? 0) + session.photosIn(id))
  }
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, mostCompletions)
    .map(([name, count]) => ({
      insert: `${key}"${unquoted(name)}"`,
      label: name,
      kind: 'folder',
      term: null,
      count,
    }))
}

function cameras(session: Session, prefix: string, key: string): Completion[] {
  const start = ` ${wordsOf(prefix)}`
  return session
    .cameras()
    .filter(({ name }) => ` ${wordsOf(name)}`.includes(start))
    .slice(0, mostCompletions)
    .map(({ name }) => ({
      insert: `${key}"${unquoted(name)}"`,
      label: name,
      kind: 'camera',
      term: null,
      count: null,
    }))
}

/** Places with a name in any language that begins so, under the name that is shown in this one. */
function places(session: Session, prefix: string, key: string, language: Language): Completion[] {
  const start = wordsOf(prefix)
  const found = new Map<string, Completion>()
  for (const place of session.places()) {
    if (!`\n${place.names}`.includes(`\n${start}`)) continue
    const label = placeNameIn(language, place)
    // Many towns have the name of their region.
    if (found.has(label)) continue
    const insert = `${key}"${unquoted(label)}"`
    found.set(label, { insert, label, kind: 'place', term: null, count: null })
    if (found.size === mostCompletions) break
  }
  return [...found.values()]
}

function formats(session: Session, prefix: string, key: string): Completion[] {
  const next = (after: string): string | undefined =>
    ask<{ format: string }>(session.reader, 'nextFormat', after)[0]?.format
  const found: string[] = []
  for (let format = next(''); format !== undefined && found.length < 100; format = next(format))
    found.push(format)
  return found
    .filter((format) => format.startsWith(fold(prefix)))
    .map((format) => operatorCompletion(key + format))
}

function years(session: Session, prefix: string, key: string): Completion[] {
  const counts = new Map<number, number>()
  const { ids: days, scores: photos } = askLists(session.reader, 'days')
  for (const [at, day] of days.entries()) {
    const year = new Date(day * 86_400_000).getUTCFullYear()
    if (year >= 1000) counts.set(year, (counts.get(year) ?? 0) + (photos?.[at] ?? 0))
  }
  return [...counts]
    .filter(([year]) => String(year).startsWith(prefix.trim()))
    .map(([year, count]) => ({ ...operatorCompletion(`${key}${year}`), count }))
}
