import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { components, createDescriber } from '../../../electron/core/alike/descriptor.ts'
import { createClassifier } from '../../../electron/core/classify/create-classifier.ts'
import { findModels } from '../../../electron/core/classify/model-files.ts'
import type { Features } from '../../../electron/core/teach/features.ts'
import { learn, type Examples, type Learnt } from '../../../electron/core/teach/learn.ts'
import { byNeighbours } from '../../../electron/core/teach/neighbours.ts'
import { probabilityOf } from '../../../electron/core/teach/percent.ts'
import { bestRows, questionsOf, standing } from '../../../electron/core/teach/propose.ts'
import { spreadOf, type Spread } from '../../../electron/core/teach/spread.ts'
import { sharedPath } from '../shared.ts'
import { modelInput } from '../model/labelled-photos.ts'

/**
 * Words that the network has no class for, taught by a few marks in a library of 1,730 photos: `concepts`, `labelled` and
 * `validation`. Sunrise and sunset are one word here: nobody can tell their photos apart.
 *
 * A word has 40 photos. What is marked is in no list, so that 35 photos are left for the first twenty places after five marks,
 * and 30 after ten.
 */
const repetitions = Number(process.env['REPETITIONS'] ?? 8)

/**
 * Words of photos that were about 28 pixels wide before someone enlarged them to 128: 99.5 % of the energy of their spectra lies
 * below a cycle in 16 pixels, 62–91 % of other photos here. A person cannot tell a rose from a tulip on
 * many of them.
 */
const enlarged = new Set(['daisy', 'dandelion', 'rose', 'sunflower', 'tulip'])

interface Library {
  readonly features: Features
  readonly spread: Spread
  /** Of each row, as the folder says. */
  readonly words: readonly string[]
  /** Of each row the words that a person gave it besides, see `also-right.tsv`. */
  readonly also: readonly (readonly string[])[]
}
let library: Library

const picturesIn = (folder: string): string[] =>
  readdirSync(sharedPath('photos', folder))
    .filter((name) => /\.jpe?g$/iu.test(name))
    .sort()

/** Lines of a table without its head. */
const linesOf = async (path: string): Promise<string[][]> =>
  (await readFile(path, 'utf8'))
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'))

beforeAll(async () => {
  const found = await findModels()
  if (!found.ok) throw new Error(found.error.message)
  const model = found.value.int8 ?? found.value.fp32
  const classifier = await createClassifier({ model, provider: 'cpu' })
  const { describe: described } = createDescriber(model.projection)
  const wordOf = new Map(
    (await linesOf(sharedPath('photos/concepts/labels.tsv'))).map(([file = '', word = '']) => [file, word]),
  )
  const judged = await linesOf(join(import.meta.dirname, 'also-right.tsv'))
  const files = ['concepts', 'labelled', 'validation'].flatMap((folder) =>
    picturesIn(folder).map((name) => [folder, name] as const),
  )
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
  const also = files.map(([folder, name]) =>
    judged.flatMap(([word = '', photo]) => (photo === `${folder}/${name}` ? [word] : [])),
  )
  library = { features: table, spread: spreadOf(table), words, also }
}, 1_800_000)

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
  /** Where what a person found right besides counts as right. */
  readonly judged20: number
  /** Of photos that were not decided on: how likely, and whether it was so. */
  readonly claims: readonly (readonly [probability: number, is: boolean])[]
  readonly milliseconds: number
}

/** @param asks whether ten questions are answered first */
function taught(word: string, marks: number, asks: boolean, seed: number): Outcome {
  const { features, spread, words, also } = library
  const all = [...words.keys()].filter((row) => words[row] === word)
  const given = shuffled(all, seed).slice(0, marks)
  let examples: Examples = { given, confirmed: [], removed: [] }
  const learnt = (): Learnt => {
    const result = learn(features, spread, examples)
    if (result === null) throw new Error('Nothing was learnt')
    return result
  }
  const standingOf = (of: Learnt): Float32Array =>
    byNeighbours(features, spread, standing(features, spread, of), examples)
  if (asks) {
    const asked = questionsOf(bestRows(standingOf(learnt()), 40, (row) => given.includes(row)))
    examples = {
      given,
      confirmed: asked.filter((row) => words[row] === word),
      removed: asked.filter((row) => words[row] !== word),
    }
  }
  const from = process.cpuUsage().user
  const result = learnt()
  const milliseconds = (process.cpuUsage().user - from) / 1000
  const z = standingOf(result)
  const order = bestRows(z, words.length, (row) => given.includes(row))
  const decided = new Set([...given, ...examples.confirmed, ...examples.removed])
  let hits = 0
  let sum = 0
  for (const [rank, row] of order.entries())
    if (words[row] === word) {
      hits += 1
      sum += hits / (rank + 1)
    }
  const precisionAt = (count: number, isRight: (row: number) => boolean): number =>
    order.slice(0, count).filter(isRight).length / count
  const isIt = (row: number): boolean => words[row] === word
  return {
    averagePrecision: sum / hits,
    precision10: precisionAt(10, isIt),
    precision20: precisionAt(20, isIt),
    judged20: precisionAt(20, (row) => isIt(row) || also[row]?.includes(word) === true),
    claims: [...words.keys()]
      .filter((row) => !decided.has(row))
      .map((row) => [probabilityOf(z[row] ?? 0, result.level), isIt(row)]),
    milliseconds,
  }
}

/** Between which 95 of 100 means lie when words are drawn again: other words are what differs most. */
function interval(means: readonly number[]): string {
  let state = 1
  const drawn = Array.from({ length: 2000 }, () => {
    let sum = 0
    for (let at = 0; at < means.length; at += 1) {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
      sum += means[Math.floor((state / 2_147_483_648) * means.length)] ?? 0
    }
    return sum / means.length
  }).sort((a, b) => a - b)
  return `${drawn[50]?.toFixed(3)}–${drawn[1950]?.toFixed(3)}`
}

const meanOf = (some: readonly Outcome[], of: (outcome: Outcome) => number): number =>
  some.reduce((sum, outcome) => sum + of(outcome), 0) / some.length

/** The same over all words, some times each. */
function measured(marks: number, asks: boolean) {
  const words = [...new Set(library.words)].filter((word) => word !== '')
  const byWord = words.map((word) => ({
    word,
    outcomes: Array.from({ length: repetitions }, (_, seed) => taught(word, marks, asks, seed)),
  }))
  const outcomes = byWord.flatMap((each) => each.outcomes)
  const mean = (of: (outcome: Outcome) => number): number => meanOf(outcomes, of)
  const detailed = byWord.filter(({ word }) => !enlarged.has(word)).flatMap((each) => each.outcomes)
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
    judged20: mean((each) => each.judged20),
    detailed10: meanOf(detailed, (each) => each.precision10),
    detailed20: meanOf(detailed, (each) => each.precision20),
    detailedJudged20: meanOf(detailed, (each) => each.judged20),
    sureRight: rightFrom(0.9),
    possibleRight: rightFrom(0.5),
    calibrationError:
      bins.reduce((sum, [claimed, right]) => sum + Math.abs(claimed - right), 0) / claims.length,
    milliseconds: mean((each) => each.milliseconds),
  }
  const shown = Object.entries(figures).map(([name, value]) => `${name} ${value.toFixed(3)}`)
  const sure = claims.filter(([probability]) => probability >= 0.9).length
  console.log(`${marks} marks${asks ? ' and ten answers' : ''}: ${shown.join(', ')}, sure of ${sure}`)
  const twenty = byWord.map(
    ({ word, outcomes: some }) => [word, meanOf(some, (each) => each.precision20)] as const,
  )
  console.log(`  precision20 95 % ${interval(twenty.map(([, value]) => value))}`)
  console.log(`  ${twenty.map(([word, value]) => `${word} ${value.toFixed(2)}`).join(', ')}`)
  return figures
}

describe('words taught by a few photos', { timeout: 1_800_000 }, () => {
  it('come first in the order, the more so the more are marked', () => {
    const [five, ten] = [measured(5, false), measured(10, false)]
    expect(five.precision10).toBeGreaterThan(0.785)
    expect(ten.precision10).toBeGreaterThan(0.805)
    expect(five.precision20).toBeGreaterThan(0.735)
    expect(ten.precision20).toBeGreaterThan(0.735)
    expect(ten.averagePrecision).toBeGreaterThan(five.averagePrecision)
    // Where the photos hold detail to learn from.
    expect(five.detailed20).toBeGreaterThan(0.815)
    expect(ten.detailed20).toBeGreaterThan(0.815)
    expect(five.calibrationError).toBeLessThan(0.02)
    // Of one photo in two runs.
    expect(five.sureRight).toBeGreaterThan(0.93)
  })

  it('are told apart better after ten answers', () => {
    const [before, after] = [measured(3, false), measured(3, true)]
    expect(after.averagePrecision - before.averagePrecision).toBeGreaterThan(0.07)
  })

  it('are as likely as the percentage says, after answers too', () => {
    expect(measured(5, true).calibrationError).toBeLessThan(0.025)
  })
})
