import type { TermId } from '../labels/term.ts'
import { decidedScore } from '../library/photos/index-entries.ts'
import { placeNameIn } from '../library/photos/places.ts'
import { keptKeywords } from '../library/photos/kept-facts.ts'
import { nameWithoutEnding } from '../paths/file-kinds.ts'
import type { Language, Reason } from '../contract/values.ts'
import type { Fact } from './engine/facts.ts'
import type { Meaning } from './engine/meanings.ts'
import type { PlannedPart } from './engine/plan.ts'
import { ask } from './engine/statements.ts'
import { scoreScale } from './language/bounds.ts'
import { dateMeaning } from './language/dates/tell.ts'
import type { Folder } from './language/folders-like.ts'
import type { Place } from './language/places-like.ts'
import type { Criterion } from './language/query.ts'
import { hasWords, wordsOf } from './language/words.ts'
import type { Session } from './session.ts'

/** What a photo is called and where it lies. */
interface Names {
  readonly files: string[]
  readonly folders: number[]
  readonly keywords: readonly string[]
  readonly title: string | null
  readonly note: string | null
  readonly place: number | null
  readonly camera: string | null
  readonly lens: string | null
}

interface NameRow {
  readonly id: number
  readonly name: string
  readonly folderId: number
  readonly keywords: string | null
  readonly title: string | null
  readonly note: string | null
  readonly place: number | null
  readonly camera: string | null
  readonly lens: string | null
}

/** Scores by term of each photo. */
export type Scores = ReadonlyMap<number, ReadonlyMap<TermId, number>>

/**
 * Which word of the query met what in each of a few photos. The photos are held against the very conditions that found
 * them, so no reason is given that did not count.
 */
export function reasonsOf(
  session: Session,
  parts: readonly PlannedPart[],
  ids: readonly number[],
  scores: Scores,
  language: Language,
): ReadonlyMap<number, Reason[]> {
  const reasons = new Map<number, Reason[]>(ids.map((id) => [id, []]))
  const asked = parts.filter(({ part, setAside }) => !part.negated && !setAside)
  const names = asked.some(({ meanings, apart }) => [meanings, ...apart].flat().some(isCalled))
    ? namesOf(session, ids)
    : new Map<number, Names>()

  /** Adds the reasons of some photos; gives back those that have any. */
  const add = (
    word: string,
    criterion: Criterion,
    meanings: readonly Meaning[],
    photos: readonly number[],
  ): Set<number> => {
    const found = new Set<number>()
    for (const meaning of meanings)
      for (const fact of meaning.facts)
        for (const id of session.engine.holding(fact, photos)) {
          found.add(id)
          const score = meaning.term === null ? decidedScore : (scores.get(id)?.get(meaning.term) ?? 0)
          const met = metBy(session, meaning, fact, names.get(id), language) ?? dateIn(criterion, language)
          const known = reasons.get(id) ?? []
          if (known.some((each) => each.word === word && each.kind === meaning.kind && each.met === met))
            continue
          known.push({
            word,
            kind: meaning.kind,
            met,
            probability: score >= decidedScore ? null : score / scoreScale,
            ...(meaning.term !== null &&
              session.vocabulary.isGuess(meaning.term, score) && { guess: true as const }),
          })
        }
    return found
  }
  for (const { part, text, meanings, apart } of asked) {
    const found = add(text, part.criterion, meanings, ids)
    if (part.criterion.kind !== 'word') continue
    const others = ids.filter((id) => !found.has(id))
    for (const [at, each] of part.criterion.each.entries()) add(each.words, each, apart[at] ?? [], others)
  }
  return reasons
}

const dateIn = (criterion: Criterion, language: Language): string =>
  'when' in criterion && criterion.when !== null ? dateMeaning(criterion.when, language) : ''

/** It is told by what the photo is called. */
const isCalled = ({ kind, term }: Meaning): boolean => term === null && kind !== 'date' && kind !== 'album'

/** What of the photo a meaning met; `null` for a date. */
function metBy(
  { vocabulary, folders, places }: Session,
  { kind, term, phrases, beginning }: Meaning,
  fact: Fact,
  names: Names | undefined,
  language: Language,
): string | null {
  if (term !== null) return vocabulary.label(term, language)
  if (fact.kind === 'album') return vocabulary.albums.find((album) => album.term === fact.term)?.name ?? ''
  if (names === undefined || kind === 'date') return null
  const has = (text: string): boolean => phrases.some((phrase) => hasWords(wordsOf(text), phrase, beginning))
  switch (kind) {
    case 'keyword':
      // Words of several keywords can stand for one phrase.
      return names.keywords.find(has) ?? names.keywords.join(', ')
    case 'title':
      return names.title ?? ''
    case 'note':
      return lineWith(has, names.note ?? '')
    case 'name':
      return names.files.find((name) => has(nameWithoutEnding(name) ?? name)) ?? names.files[0] ?? ''
    case 'camera':
      return (fact.kind === 'lens' ? names.lens : names.camera) ?? ''
    case 'place':
      return placeIn(fact, names.place, places(), language)
    default:
      return folderIn(fact, names.folders, folders())
  }
}

/** UTF-16 units of a note that are told. */
const longestLine = 120

/** The line of a note that has the words; the beginning of the note where they stand on two. */
function lineWith(has: (text: string) => boolean, note: string): string {
  const line = note.split('\n').find(has)?.trim() ?? note
  return line.length > longestLine ? `${line.slice(0, longestLine).toWellFormed()}…` : line
}

/** The name of the highest folder of the fact that the photo lies in. */
function folderIn(fact: Fact, own: readonly number[], folders: readonly Folder[]): string {
  const byId = foldersById(folders)
  const named = fact.kind === 'folder' ? idsOf(fact) : null
  let met = ''
  for (const id of own) {
    for (let folder = byId.get(id); folder !== undefined; folder = byId.get(folder.parentId ?? 0))
      if (named === null || named.has(folder.id)) met = folder.name
    if (met !== '') return met
  }
  return met
}

/** The widest place of the fact that the photo was taken in. */
function placeIn(fact: Fact, own: number | null, places: readonly Place[], language: Language): string {
  const named = idsOf(fact)
  const byId = placesById(places)
  let met = ''
  for (let place = byId.get(own ?? 0); place !== undefined; place = byId.get(place.parentId ?? 0))
    if (named.has(place.id)) met = placeNameIn(language, place)
  return met
}

/** The ids of a fact as a set, which all photos of a page ask for. */
function idsOf(fact: Fact): ReadonlySet<number> {
  const known = knownIds.get(fact)
  if (known !== undefined) return known
  const ids = new Set('ids' in fact ? fact.ids : [])
  knownIds.set(fact, ids)
  return ids
}

const knownIds = new WeakMap<Fact, ReadonlySet<number>>()

const knownPlaces = new WeakMap<readonly Place[], ReadonlyMap<number, Place>>()

function placesById(places: readonly Place[]): ReadonlyMap<number, Place> {
  const known = knownPlaces.get(places)
  if (known !== undefined) return known
  const byId = new Map(places.map((place) => [place.id, place]))
  knownPlaces.set(places, byId)
  return byId
}

const knownFolders = new WeakMap<readonly Folder[], ReadonlyMap<number, Folder>>()

function foldersById(folders: readonly Folder[]): ReadonlyMap<number, Folder> {
  const known = knownFolders.get(folders)
  if (known !== undefined) return known
  const byId = new Map(folders.map((folder) => [folder.id, folder]))
  knownFolders.set(folders, byId)
  return byId
}

function namesOf(session: Session, ids: readonly number[]): ReadonlyMap<number, Names> {
  const names = new Map<number, Names>()
  for (const row of ask<NameRow>(session.reader, 'photoNames', JSON.stringify(ids))) {
    const known = names.get(row.id)
    if (known === undefined)
      names.set(row.id, {
        files: [row.name],
        folders: [row.folderId],
        keywords: keptKeywords(row.keywords),
        title: row.title,
        note: row.note,
        place: row.place,
        camera: row.camera,
        lens: row.lens,
      })
    else {
      known.files.push(row.name)
      known.folders.push(row.folderId)
    }
  }
  return names
}
