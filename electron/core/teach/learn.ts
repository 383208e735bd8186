import { discriminantOf, standardised, type Direction } from './discriminant.ts'
import { centredRow, dot, evenly, sampleRows, type Features } from './features.ts'
import { logisticOf, type Example, type Logistic } from './logistic.ts'
import { levelOf, type Answer } from './percent.ts'
import { deviationAlong, type Spread } from './spread.ts'

/** The examples of a word, as numbers of rows. */
export interface Examples {
  /** The person gave it to them. */
  readonly given: readonly number[]
  /** It was proposed, and they said yes … */
  readonly confirmed: readonly number[]
  /** … or no. */
  readonly removed: readonly number[]
}

/** What a word looks like: photos are it with `probabilityOf(z, level)`, z being their score in deviations. */
export interface Learnt extends Direction {
  readonly level: number
}

/** Examples of a kind that are learnt from: more of them change little and cost time. */
const mostExamples = 400
/** Photos of the library that stand for what the word is not; few of them are it. */
const others = 200
/** How much "no" counts beside one of those. */
const weightOfNo = 5
/** Times that it is learnt without a part of the examples, to see how it does on them. */
const mostFolds = 4
/** From what was found with all of them it is not far. */
const foldSteps = 10

/**
 * Learns a word from its examples, 5–15 ms of processor time. While nobody said no: linear discriminant analysis, which
 * needs the least examples; then logistic regression, which makes the best of a no.
 * @returns `null` without an example of what it is
 */
export function learn(features: Features, spread: Spread, examples: Examples): Learnt | null {
  const rows = (of: readonly number[]): Float64Array[] =>
    evenly(mostExamples, of.length).map((at) => centredRow(features, spread.mean, of[at] ?? 0))
  const [given, confirmed, removed] = [rows(examples.given), rows(examples.confirmed), rows(examples.removed)]
  const marked = [...given, ...confirmed]
  if (marked.length === 0) return null
  if (removed.length === 0) {
    const { direction, deviation, heldOut } = discriminantOf(spread, marked)
    const answers = heldOut.slice(given.length).map((z): Answer => ({ z, is: true }))
    return { direction, deviation, level: levelOf(heldOut, answers) }
  }
  const taken = new Set([...examples.given, ...examples.confirmed, ...examples.removed])
  const library = sampleRows(features, others + taken.size).filter((row) => !taken.has(row))
  return regression(spread, marked, given.length, removed, rows(library))
}

/** @param given how many of the marked were no answers */
function regression(
  spread: Spread,
  marked: readonly Float64Array[],
  given: number,
  removed: readonly Float64Array[],
  library: readonly Float64Array[],
): Learnt {
  const size = spread.mean.length
  // λ is for rows of about unit length.
  const unit = Math.sqrt(spread.meanVariance * size)
  const example = (row: Float64Array, is: boolean, weight: number): Example => ({
    row: unit > 0 ? row.map((value) => value / unit) : row,
    is,
    weight,
  })
  const said = [
    ...marked.map((row) => example(row, true, 1)),
    ...removed.map((row) => example(row, false, weightOfNo)),
  ]
  const unsaid = library.map((row) => example(row, false, 1))
  const whole = logisticOf([...said, ...unsaid], size)
  const heldOut = heldOutOf(spread, said, unsaid, whole, unit)
  const answers = said.flatMap(({ is }, at): Answer[] => (at < given ? [] : [{ z: heldOut[at] ?? 0, is }]))
  return {
    direction: whole.direction,
    deviation: deviationAlong(spread, whole.direction),
    level: levelOf(heldOut.slice(0, marked.length), answers),
  }
}

/** Of each example how far it stands out where it was not learnt from. */
function heldOutOf(
  spread: Spread,
  said: readonly Example[],
  unsaid: readonly Example[],
  whole: Logistic,
  unit: number,
): number[] {
  const folds = Math.min(mostFolds, said.length)
  const heldOut: number[] = []
  for (let fold = 0; fold < folds; fold += 1) {
    const kept = said.filter((_, at) => at % folds !== fold)
    const { direction } = logisticOf([...kept, ...unsaid], spread.mean.length, whole, foldSteps)
    const deviation = deviationAlong(spread, direction)
    for (let at = fold; at < said.length; at += folds)
      heldOut[at] = standardised(dot(direction, said[at]?.row ?? direction) * unit, deviation)
  }
  return heldOut
}
