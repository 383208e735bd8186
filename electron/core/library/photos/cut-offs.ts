import * as v from 'valibot'
import { ownNetwork, type NetworkId } from '../../contract/networks.ts'
import { firstCategoryId, firstOwnId, type TermId } from '../../labels/term.ts'
import type { Library } from '../library.ts'
import { readSetting, writeSetting } from '../settings.ts'
import { prepare, type Reader } from '../statements.ts'
import { modelsOf, unpackTags } from './kept-results.ts'
import { networkChoice } from './network-choice.ts'
import { scoreOf, unpackProbabilities } from './packed-probabilities.ts'

/**
 * From where on a label counts as seen is measured for the app's own network (native-models/labels). Another is surer or
 * less sure of the same photos. For it a cut-off is where as large a share of the photos is found as the own network's
 * cut-off finds, of photos that both have looked at: the quantiles of both are matched.
 */

const keyOf = (network: NetworkId): string => `networks.cutOffs.${network}`

/** Scores in 1/10,000, rising: what the own network's are with the other. */
const pairs = v.array(v.tuple([v.number(), v.number()]))
const cutOffsSchema = v.object({ photos: v.number(), classes: pairs, categories: pairs })
export type CutOffs = v.InferOutput<typeof cutOffsSchema>

/** Fewer photos say too little. */
const fewestPhotos = 100
const mostPhotos = 5000
/** Scores whose counterparts are sought: 5 %, 10 %, … 95 %. */
const knots = Array.from({ length: 19 }, (_, at) => (at + 1) * 500)
const full = 10_000

/** Those of a network that were derived; `null` where there are none. */
export function derivedCutOffs(reader: Reader, network: NetworkId): CutOffs | null {
  const kept = v.safeParse(cutOffsSchema, readSetting(reader, keyOf(network)))
  return kept.success ? kept.output : null
}

/** What a cut-off that was measured for the own network is with the one that is used. Scores in 1/10,000. */
export function cutOffsInUse(reader: Reader): (term: TermId, score: number) => number {
  const { used } = networkChoice(reader)
  const derived = used === ownNetwork ? null : derivedCutOffs(reader, used)
  if (derived === null) return (_, score) => score
  return (term, score) => {
    if (term >= firstOwnId) return score
    return Math.max(1, counterpart(score, term < firstCategoryId ? derived.classes : derived.categories))
  }
}

/** On the line between the two known ones beside it. */
export function counterpart(score: number, known: CutOffs['classes']): number {
  let [from, to] = [0, 0]
  for (const [nextFrom, nextTo] of [...known, [full, full] as const]) {
    if (score <= nextFrom) {
      return nextFrom === from
        ? nextTo
        : Math.round(to + ((score - from) / (nextFrom - from)) * (nextTo - to))
    }
    ;[from, to] = [nextFrom, nextTo]
  }
  return score
}

export const comparedSql = `
  SELECT k.tags, k.categories, c.categories AS nowCategories,
    (SELECT probability FROM tag WHERE photo_id = c.photo_id AND rank = 1) AS nowBest
  FROM kept_result k CROSS JOIN classification c ON c.photo_id = k.photo_id
  WHERE k.model_id = ? AND c.model_id IN (SELECT id FROM model WHERE network = ?) AND k.photo_id % ? = 0
  LIMIT ${mostPhotos}`

interface Compared {
  readonly tags: Buffer
  readonly categories: Buffer
  readonly nowCategories: Buffer
  readonly nowBest: number | null
}

/** Derives the cut-offs of a network from what it and the own one found in the same photos, if there are enough of them. */
export function deriveCutOffs(library: Library, network: NetworkId): void {
  const own = { best: [] as number[], categories: [] as number[] }
  const other = { best: [] as number[], categories: [] as number[] }
  const count = prepare<[number], { count: number }>(
    library,
    'SELECT count(*) AS count FROM kept_result WHERE model_id = ?',
  )
  const rows = prepare<[number, string, number], Compared>(library, comparedSql)
  for (const modelId of modelsOf(library, ownNetwork)) {
    // Of all parts of the library.
    const step = Math.max(1, Math.floor((count.get(modelId)?.count ?? 0) / mostPhotos))
    for (const { tags, categories, nowCategories, nowBest } of rows.all(modelId, network, step)) {
      own.best.push(scoreOf(unpackTags(tags)[0]?.probability ?? 0))
      other.best.push(scoreOf(nowBest ?? 0))
      own.categories.push(...unpackProbabilities(categories).map(({ probability }) => scoreOf(probability)))
      other.categories.push(
        ...unpackProbabilities(nowCategories).map(({ probability }) => scoreOf(probability)),
      )
    }
  }
  if (own.best.length < fewestPhotos) return
  writeSetting(library, keyOf(network), {
    photos: own.best.length,
    classes: matched(own.best, other.best),
    categories: matched(own.categories, other.categories),
  } satisfies CutOffs)
}

/**
 * For each knot the score from which on as many of `other` lie as of `own` from the knot on; knots that none or all reach
 * say nothing.
 */
export function matched(own: readonly number[], other: readonly number[]): [number, number][] {
  const ordered = other.toSorted((a, b) => b - a)
  return knots.flatMap((knot): [number, number][] => {
    const reach = own.filter((score) => score >= knot).length
    const counterpart = ordered[reach - 1]
    return reach === own.length || counterpart === undefined ? [] : [[knot, counterpart]]
  })
}
