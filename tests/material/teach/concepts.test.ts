import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { components, createDescriber } from '../../../electron/core/alike/descriptor.ts'
import { createClassifier } from '../../../electron/core/classify/create-classifier.ts'
import { findModels } from '../../../electron/core/classify/model-files.ts'
import type { Features } from '../../../electron/core/teach/features.ts'
import { learn, type Examples, type Learnt } from '../../../electron/core/teach/learn.ts'
import { probabilityOf } from '../../../electron/core/teach/percent.ts'
import { bestRows, questionsOf, standing } from '../../../electron/core/teach/propose.ts'
import { spreadOf, type Spread } from '../../../electron/core/teach/spread.ts'
import { sharedPath } from '../shared.ts'
import { modelInput } from '../model/labelled-photos.ts'

/**
 * Words that the network has no class for, taught by a few marks in a library of 1,380 photos: `concepts`, `labelled` and
 * a part of `validation`. Sunrise and sunset are one word here: nobody can tell their photos apart.
 */
const others = 300
const repetitions = 4

let library: { readonly features: Features; readonly spread: Spread; readonly words: readonly string[] }

const picturesIn = (folder: string): string[] =>
  readdirSync(sharedPath('photos', folder))
    .filter((name) => /\.jpe?g$/iu.test(name))
    .sort()

beforeAll(async () => {
  const found = await findModels()
  if (!found.ok) throw new Error(found.error.message)
  const model = found.value.int8 ?? found.value.fp32
  const classifier = await createClassifier({ model, provider: 'cpu' })
  const { describe: described } = createDescriber(model.projection)
  const lines = (await readFile(sharedPath('photos/concepts/labels.tsv'), 'utf8')).trim().split('\n').slice(1)
  const wordOf = new Map(lines.map((line) => line.split('\t') as [string, string]))
  const files = [
    ...picturesIn('concepts').map((name) => ['concepts', name] as const),
    ...picturesIn('labelled').map((name) => ['labelled', name] as const),
    ...picturesIn('validation')
      .slice(0, others)
      .map((name) => ['validation', name] as const),
  ]
  const features = new Int8Array(files.length * components)
  const words: string[] = []
  for (const [row, [folder, name]] of files.entries()) {
    const rgb = await modelInput(sharedPath('photos', folder, name))
    const output = await classifier.classify(rgb, 'features')
    const { bytes } = described(output.features, rgb)
    features.set(new Int8Array(bytes.buffer, bytes.byteOffset, components), row * components)
    const word = folder === 'concepts' ? (wordOf.get(name) ?? '') : ''
    words.push(word === 'sunrise' ? 'sunset' : word)
  }
  const table: Features = {
    version: 'one',
    count: files.length,
    photos: Uint32Array.from(files, (_, row) => row + 1),
    features,
    size: components,
    rowOf: (id) => id - 1,
  }
  library = { features: table, spread: spreadOf(table), words }
}, 600_000)

/** The same each time. */
function shuffled(rows: readonly number[], seed: number): number[] {
  let state = seed * 7919 + 1
  return rows
    .map((row) => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
      return [state, row] as const
    })
    .sort(([a], [b]) => a - b)
    .map(([, row]) => row)
}

interface Outcome {
  readonly averagePrecision: number
  readonly precision10: number
  readonly precision20: number
  /** Of photos that were not decided on: how likely, and whether it was so. */
  readonly claims: readonly (readonly [probability: number, is: boolean])[]
  readonly milliseconds: number
}

/** @param asks whether ten questions are answered first */
function taught(word: string, marks: number, asks: boolean, seed: number): Outcome {
  const { features, spread, words } = library
  const all = [...words.keys()].filter((row) => words[row] === word)
  const given = shuffled(all, seed).slice(0, marks)
  let examples: Examples = { given, confirmed: [], removed: [] }
  const learnt = (): Learnt => {
    const result = learn(features, spread, examples)
    if (result === null) throw new Error('Nothing was learnt')
    return result
  }
  if (asks) {
    const z = standing(features, spread, learnt())
    const asked = questionsOf(bestRows(z, 40, (row) => given.includes(row)))
    examples = {
      given,
      confirmed: asked.filter((row) => words[row] === word),
      removed: asked.filter((row) => words[row] !== word),
    }
  }
  const from = process.cpuUsage().user
  const result = learnt()
  const milliseconds = (process.cpuUsage().user - from) / 1000
  const z = standing(features, spread, result)
  const order = bestRows(z, words.length, (row) => given.includes(row)).map((row) => words[row] === word)
  const decided = new Set([...given, ...examples.confirmed, ...examples.removed])
  let hits = 0
  let sum = 0
  for (const [rank, is] of order.entries())
    if (is) {
      hits += 1
      sum += hits / (rank + 1)
    }
  const precisionAt = (count: number): number => order.slice(0, count).filter(Boolean).length / count
  return {
    averagePrecision: sum / hits,
    precision10: precisionAt(10),
    precision20: precisionAt(20),
    claims: [...words.keys()]
      .filter((row) => !decided.has(row))
      .map((row) => [probabilityOf(z[row] ?? 0, result.level), words[row] === word]),
    milliseconds,
  }
}

/** The same over all words, some times each. */
function measured(marks: number, asks: boolean) {
  const words = [...new Set(library.words)].filter((word) => word !== '')
  const outcomes = words.flatMap((word) =>
    Array.from({ length: repetitions }, (_, seed) => taught(word, marks, asks, seed)),
  )
  const mean = (of: (outcome: Outcome) => number): number =>
    outcomes.reduce((sum, outcome) => sum + of(outcome), 0) / outcomes.length
  const claims = outcomes.flatMap((outcome) => outcome.claims)
  const rightFrom = (least: number): number => {
    const made = claims.filter(([probability]) => probability >= least)
    return made.filter(([, is]) => is).length / made.length
  }
  const bins = Array.from({ length: 10 }, () => [0, 0] as [claimed: number, right: number])
  for (const [probability, is] of claims) {
    const bin = bins[Math.min(9, Math.floor(probability * 10))]
    if (bin === undefined) continue
    bin[0] += probability
    bin[1] += Number(is)
  }
  const figures = {
    averagePrecision: mean((each) => each.averagePrecision),
    precision10: mean((each) => each.precision10),
    precision20: mean((each) => each.precision20),
    sureRight: rightFrom(0.9),
    possibleRight: rightFrom(0.5),
    calibrationError:
      bins.reduce((sum, [claimed, right]) => sum + Math.abs(claimed - right), 0) / claims.length,
    milliseconds: mean((each) => each.milliseconds),
  }
  const shown = Object.entries(figures).map(([name, value]) => `${name} ${value.toFixed(3)}`)
  console.log(`${marks} marks${asks ? ' and ten answers' : ''}: ${shown.join(', ')}`)
  return figures
}

describe('words taught by a few photos', () => {
  it('come first in the order, the more so the more are marked', () => {
    const [five, ten] = [measured(5, false), measured(10, false)]
    // Of 40 photos a word has here; with 80, as in the trial, precision is as high at twice the depth.
    expect(five.precision10).toBeGreaterThan(0.74)
    expect(ten.precision10).toBeGreaterThan(0.78)
    expect(ten.averagePrecision).toBeGreaterThan(five.averagePrecision)
  })

  it('are told apart better after ten answers', () => {
    const [before, after] = [measured(3, false), measured(3, true)]
    expect(after.averagePrecision - before.averagePrecision).toBeGreaterThan(0.07)
  })

  it('are as likely as the percentage says', () => {
    const five = measured(5, false)
    expect(five.calibrationError).toBeLessThan(0.02)
    // Of some fifty photos of which that is said.
    expect(five.sureRight).toBeGreaterThan(0.9)
    expect(measured(5, true).calibrationError).toBeLessThan(0.025)
  })
})
