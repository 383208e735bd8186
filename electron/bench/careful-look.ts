import { createClassifier } from '../core/classify/create-classifier.ts'
import type { ModelFile } from '../core/classify/model-files.ts'
import { meanProbabilities, viewsOf } from '../core/classify/views.ts'
import { looks, viewCount, type Look } from '../core/contract/looks.ts'
import { median, rounded } from './measure.ts'
import { ourRunner, percentWithin, ranksOf, timeOf, type Runner, type Sample } from './runners.ts'
import { randomSource } from './synthetic-tags.ts'

/** What a careful look gains and costs. */
export interface LookFigures {
  readonly look: Look
  readonly views: number
  /** Percent of photos. */
  readonly first: number
  readonly amongFive: number
  /** Against the plain look, in points, with 95 % intervals. */
  readonly firstGain: Gain
  readonly amongFiveGain: Gain
  /** For one photo, its views included; they take turns. */
  readonly ms: number
}

export interface Gain {
  readonly points: number
  readonly low: number
  readonly high: number
}

const runsPerTurn = 5
const resamplings = 4000

/** @param samples photos with a known class, at least one */
export async function measureLooks(
  model: ModelFile,
  samples: readonly Sample[],
  rounds: number,
  log: (line: string) => void,
): Promise<LookFigures[]> {
  const classifier = await createClassifier({ model, provider: 'cpu' })
  const run = ourRunner(classifier)
  const runners = looks.map((look): readonly [Look, Runner<Uint8Array>] => [
    look,
    async (rgb) => {
      const answers: Float32Array[] = []
      for (const view of viewsOf(rgb, look)) answers.push(await run(view))
      return meanProbabilities(answers)
    },
  ])
  const photos = samples.slice(0, runsPerTurn).map(({ rgb }) => rgb)
  const times = new Map(looks.map((look): [Look, number[]] => [look, []]))
  for (let round = 0; round < rounds; round++) {
    for (const [look, ask] of runners) times.get(look)?.push(await timeOf(ask, photos, runsPerTurn))
  }
  const figures: LookFigures[] = []
  let plain: readonly number[] | null = null
  for (const [look, ask] of runners) {
    log(`careful look: ${look}`)
    const ranks = await ranksOf(ask, samples)
    plain ??= ranks
    figures.push({
      look,
      views: viewCount[look],
      first: percentWithin(ranks, 1),
      amongFive: percentWithin(ranks, 5),
      firstGain: gainWithin(plain, ranks, 1),
      amongFiveGain: gainWithin(plain, ranks, 5),
      ms: rounded(median(times.get(look) ?? []), 2),
    })
  }
  await classifier.release()
  return figures
}

/**
 * How many more of a hundred photos have a rank of at most `last`; the interval by bootstrap over photos.
 * @param before and `after`: a rank for each photo, in the same order
 */
export function gainWithin(before: readonly number[], after: readonly number[], last: number): Gain {
  const changes = after.map((rank, at) => Number(rank <= last) - Number((before[at] ?? 6) <= last))
  const random = randomSource(1)
  const points = (sum: number): number => rounded((100 * sum) / changes.length, 2)
  const sums = Array.from({ length: resamplings }, () => {
    let sum = 0
    for (let drawn = 0; drawn < changes.length; drawn++) {
      sum += changes[Math.floor(random() * changes.length)] ?? 0
    }
    return sum
  }).sort((one, other) => one - other)
  const at = (share: number): number => points(sums[Math.round(share * (resamplings - 1))] ?? Number.NaN)
  return { points: points(changes.reduce((sum, change) => sum + change, 0)), low: at(0.025), high: at(0.975) }
}
