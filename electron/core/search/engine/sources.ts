import { areaText } from '../../contract/map.ts'
import { decidedScore } from '../../library/photos/index-entries.ts'
import { likenessKey, likePhotos } from './like-photos.ts'
import type { Reader } from '../../library/statements.ts'
import type { Fact, KeptFact, PhotoState, WordsTable } from './facts.ts'
import { allShapes, withShapes } from './shape-scores.ts'
import { ask, askLists, type Found, type StatementName } from './statements.ts'

/** How the photos for which a fact holds are read. Photos that are not on the wall may be among them. */
export interface Source {
  /** The same for facts that the same condition answers, say one label at any cut-off. */
  readonly key: string
  /** The photos have scores. */
  readonly scored: boolean
  /** Of the changes of photos those matter that have at least this scope, see `photo_change`. */
  readonly scope: 0 | 1
  /** All photos, in parts of some ten milliseconds. */
  readonly parts: () => Iterable<() => Found>
  /** Photos for which `parts` may be wrong: asked for once more. */
  readonly amended: () => readonly number[]
  /** Those of some photos, ascending, or of all near them; `null` when reading all again is faster. */
  readonly among: (ids: readonly number[]) => Found | null
}

/**
 * @param foldersRevision which folders a value names, and which of them are offline, is read anew when it grows
 * @param lastId the highest photo id there has been
 */
export function sourceOf(reader: Reader, fact: KeptFact, foldersRevision: number, lastId: number): Source {
  const lists = (name: StatementName, ...values: readonly unknown[]): Found =>
    askLists(reader, name, ...values)
  const simple = (
    key: string,
    all: StatementName,
    some: StatementName,
    values: readonly unknown[] = [],
  ): Source => ({
    key,
    scored: false,
    scope: 1,
    parts: () => [() => lists(all, ...values)],
    amended: () => [],
    among: (ids) => lists(some, JSON.stringify(ids), ...values),
  })
  switch (fact.kind) {
    case 'term':
      return {
        key: `term ${fact.term}`,
        scored: true,
        scope: 0,
        parts: () =>
          rangesOf(reader, fact.term).map(
            ([min, max]) =>
              () =>
                lists('term', fact.term, min, max),
          ),
        amended: () => [],
        among: (ids) => lists('termOfSome', JSON.stringify(ids), fact.term),
      }
    case 'best':
      return {
        key: 'best',
        scored: true,
        scope: 0,
        parts: () =>
          Array.from({ length: Math.ceil((lastId + 1) / photosAtOnce) }, (_, at) => () => {
            return lists('best', at * photosAtOnce, (at + 1) * photosAtOnce - 1)
          }),
        amended: () => lists('decided').ids,
        among: (ids) => lists('bestOfSome', JSON.stringify(ids)),
      }
    case 'words':
      return {
        ...simple(`words ${fact.match}`, wordsIn[fact.table].all, wordsIn[fact.table].all, [fact.match]),
        among: wordsAmong(fact),
      }
    case 'folder': {
      const ids = JSON.stringify(fact.ids)
      return simple(
        `folder ${JSON.stringify([fact.value, fact.beginning, foldersRevision])}`,
        'folder',
        'folderOfSome',
        [ids],
      )
    }
    case 'camera':
      return simple(`camera ${fact.ids.join(' ')}`, 'camera', 'cameraOfSome', [JSON.stringify(fact.ids)])
    case 'lens':
      return simple(`lens ${fact.ids.join(' ')}`, 'lens', 'lensOfSome', [JSON.stringify(fact.ids)])
    case 'place':
      return simple(`place ${fact.ids.join(' ')}`, 'inPlace', 'inPlaceOfSome', [JSON.stringify(fact.ids)])
    case 'album':
      return {
        ...simple(`album ${fact.term}`, 'album', 'albumOfSome', [fact.term]),
        scope: 0,
      }
    case 'area': {
      const { south, west, north, east } = fact.area
      // Across the date line it is two boxes.
      const longitudes = west <= east ? [west, east, west, east] : [west, 180, -180, east]
      return simple(`area ${areaText(fact.area)}`, 'inArea', 'inAreaOfSome', [south, north, ...longitudes])
    }
    case 'similar':
      return {
        key: likenessKey(reader, fact),
        scored: true,
        scope: 1,
        parts: () => [() => likePhotos(reader, fact)],
        amended: () => [],
        // One photo more may move the mean that all are compared by.
        among: () => null,
      }
    case 'type':
      return simple(`type ${fact.format}`, 'type', 'typeOfSome', [fact.format])
    case 'hours': {
      const hours = Array.from(
        { length: (fact.until - fact.from + 24) % 24 },
        (_, at) => (fact.from + at) % 24,
      )
      return simple(`hours ${fact.from} ${fact.until}`, 'hours', 'hoursOfSome', [JSON.stringify(hours)])
    }
    case 'inPart':
      return simple(`in part ${fact.unit}`, 'inPart', 'inPartOfSome', [fact.unit])
    case 'shape':
      return {
        key: 'shape',
        scored: true,
        scope: 1,
        parts: () => [() => allShapes(reader)],
        amended: () => [],
        among: (ids) => withShapes(lists('shapesOfSome', JSON.stringify(ids))),
      }
    case 'stars':
    case 'rating':
      return { ...simple('rating', 'ratings', 'ratingsOfSome'), scored: true }
    case 'state':
      return stateSource(fact.what)
  }

  function stateSource(what: PhotoState): Source {
    const key = `state ${what}`
    if (what === 'offline')
      return {
        ...simple(`${key} ${foldersRevision}`, 'offline', 'offlineOfSome'),
        parts: () => [() => without(lists('offline'), lists('copyOnline'))],
        among: (ids) => without(lists('offlineOfSome', JSON.stringify(ids)), onlineOf(ids)),
      }
    const source = simple(key, what, `${what}OfSome`)
    if (what === 'tagged') return { ...source, scope: 0, amended: () => lists('decided').ids }
    return what === 'confirmed' ? { ...source, scope: 0 } : source
  }

  function onlineOf(ids: readonly number[]): Found {
    return lists('onlineOfSome', JSON.stringify(ids))
  }

  function wordsAmong({ match, table }: Extract<Fact, { kind: 'words' }>): Source['among'] {
    return (ids) => {
      const ranges = rangesAround(ids)
      if (ranges.length > mostRanges) return null
      return {
        ids: ranges.flatMap(([from, to]) => lists(wordsIn[table].between, match, from, to).ids),
        scores: null,
      }
    }
  }
}

/** Which columns a fact is about is part of its expression, so that no two of them have the same. */
const wordsIn = {
  names: { all: 'words', between: 'wordsBetween' },
  said: { all: 'saidWords', between: 'saidWordsBetween' },
} as const satisfies Record<WordsTable, Record<'all' | 'between', StatementName>>

/** Index entries read at a time, and photos. */
const entriesAtOnce = 100_000
const photosAtOnce = 100_000

/** The scores of a term in ranges that few enough photos have. */
function rangesOf(reader: Reader, term: number): [min: number, max: number][] {
  const ranges: [number, number][] = []
  let [from, photos] = [0, 0]
  for (const { bucket, count } of ask<{ bucket: number; count: number }>(reader, 'termBuckets', term)) {
    photos += count
    if (photos < entriesAtOnce) continue
    const max = Math.min(decidedScore, bucket * 100 + 99)
    ranges.push([from, max])
    from = max + 1
    photos = 0
  }
  return from > decidedScore ? ranges : [...ranges, [from, decidedScore]]
}

/** Each range of ids costs FTS5 a look at all its words; new photos come in few, decisions never come here. */
const mostRanges = 200
/** Ids that are this near are asked for together. */
const near = 64

function rangesAround(ids: readonly number[]): [from: number, to: number][] {
  const ranges: [number, number][] = []
  for (const id of ids) {
    const last = ranges.at(-1)
    if (last !== undefined && id - last[1] <= near) last[1] = id
    else ranges.push([id, id])
  }
  return ranges
}

function without({ ids }: Found, others: Found): Found {
  const out = new Set(others.ids)
  return { ids: ids.filter((id) => !out.has(id)), scores: null }
}
