import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Classifier } from '../../../electron/core/classify/classification.ts'
import { createClassifier } from '../../../electron/core/classify/create-classifier.ts'
import { findModels } from '../../../electron/core/classify/model-files.ts'
import type { Language } from '../../../electron/core/contract/values.ts'
import { standardLimits } from '../../../electron/core/imaging/limits.ts'
import { readPhoto } from '../../../electron/core/imaging/read-photo.ts'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import { readTable } from '../../../electron/core/labels/table.ts'
import { sharedPath } from '../shared.ts'
import { classesUnder, type Photo, scoreWord, type WordScore } from './scoring.ts'

/**
 * Prints how well searches for everyday words find labelled photos: precision and recall against WordNet, at the
 * default cut-offs, in every language. `node tests/material/labels/measure.ts [FOLDER] [--wordnet FILE]
 * [--precision fp32|int8]`; FOLDER holds photos and a labels.tsv (file, class index), FILE the ancestors of every
 * class (index, WordNet id, names, `id:name > id:name …`). MEASURED.md keeps the result.
 */
async function measure(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      wordnet: { type: 'string', default: sharedPath('labels/wordnet/imagenet1k-ancestors.tsv') },
      precision: { type: 'string', default: 'int8' },
    },
  })
  const classifier = await openClassifier(values.precision)
  const photos = await classify(positionals[0] ?? sharedPath('photos/labelled'), classifier)
  await classifier.release()

  const lexicon = loadLexicon()
  const under = classesUnder(values.wordnet)
  console.log(`${photos.length} photos, ${classifier.identity.name} ${classifier.identity.precision}\n`)
  for (const [language, column] of [
    ['en', 'english'],
    ['ru', 'russian'],
  ] as const) {
    const rows = readTable(join(import.meta.dirname, 'measured-words.tsv'), [
      'english',
      'russian',
      'wordnet',
      'wordnet for russian',
    ])
    const scores = rows.map((row) => {
      const own = language === 'ru' ? row.list('wordnet for russian', ';') : []
      return scoreWord(
        row.cell(column),
        under(own.length > 0 ? own : row.list('wordnet', ';')),
        photos,
        lexicon,
      )
    })
    printTable(language, scores)
  }
}

async function openClassifier(precision: string): Promise<Classifier> {
  const found = await findModels()
  if (!found.ok) throw new Error(found.error.message)
  const { int8, fp32 } = found.value
  return createClassifier({ model: precision === 'int8' && int8 !== null ? int8 : fp32, provider: 'cpu' })
}

async function classify(folder: string, classifier: Classifier): Promise<Photo[]> {
  const photos: Photo[] = []
  for (const row of readTable(join(folder, 'labels.tsv'), ['file', 'index', 'synset', 'label'])) {
    const outcome = await readPhoto(join(folder, row.cell('file')), standardLimits)
    if (!outcome.ok) throw row.fault(outcome.problem.reason)
    const { probabilities } = await classifier.classify(outcome.reading.modelInput, 'probabilities')
    photos.push({ classIndex: Number(row.cell('index')), probabilities })
  }
  return photos
}

function printTable(language: Language, scores: readonly WordScore[]): void {
  console.log(`| ${language} | photos | found | right | precision | recall |`)
  console.log('|---|---:|---:|---:|---:|---:|')
  for (const { word, wanted, found, right } of scores) {
    console.log(
      `| ${word} | ${wanted} | ${found} | ${right} | ${rate(right, found)} | ${rate(right, wanted)} |`,
    )
  }
  const testable = scores.filter(({ wanted }) => wanted > 0)
  console.log(
    `\nOver the ${testable.length} words that have a photo: mean precision ` +
      `${mean(testable.map(({ right, found }) => (found === 0 ? 0 : right / found)))}, ` +
      `mean recall ${mean(testable.map(({ right, wanted }) => right / wanted))}.\n`,
  )
}

function rate(part: number, whole: number): string {
  return whole === 0 ? '–' : (part / whole).toFixed(2)
}

function mean(values: readonly number[]): string {
  return (values.reduce((total, value) => total + value, 0) / values.length).toFixed(3)
}

await measure()
