import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Classifier } from '../../../electron/core/classify/classification.ts'
import { createClassifier } from '../../../electron/core/classify/create-classifier.ts'
import { findModels } from '../../../electron/core/classify/model-files.ts'
import { language, type Language } from '../../../electron/core/contract/values.ts'
import { standardLimits } from '../../../electron/core/imaging/limits.ts'
import { readPhoto } from '../../../electron/core/imaging/read-photo.ts'
import { loadLexicon, type Lexicon } from '../../../electron/core/labels/lexicon.ts'
import { readTable, type Row } from '../../../electron/core/labels/table.ts'
import type { TermId } from '../../../electron/core/labels/term.ts'
import { sharedPath } from '../shared.ts'
import { report, type Measured, type MeasuredSet, type Outcome } from './report.ts'
import { classesUnder, isFound, look, type Photo } from './scoring.ts'
import { chooseThresholds, type LookedAt } from './thresholds.ts'

/**
 * Prints MEASURED.md: how well searches for everyday words, and categories, find labelled photos, in every language.
 * `node tests/material/labels/measure.ts [--precision fp32|int8] [--labels FOLDER] [--as-written] [--choose]`.
 * `--as-written` takes the thresholds of the label files for all photos instead of choosing them anew without the
 * photos they are measured on; `--choose` prints only the thresholds that all photos together lead to.
 */
async function measure(): Promise<void> {
  const { values } = parseArgs({
    options: {
      precision: { type: 'string', default: 'int8' },
      labels: { type: 'string' },
      'as-written': { type: 'boolean', default: false },
      choose: { type: 'boolean', default: false },
    },
  })
  const lexicon = values.labels === undefined ? loadLexicon() : loadLexicon(values.labels)
  const classifier = await openClassifier(values.precision)
  const sets: { name: string; photos: LookedAt[] }[] = []
  for (const name of ['labelled', 'validation']) {
    const photos = await classify(sharedPath('photos', name), classifier)
    sets.push({ name, photos: photos.map((photo) => ({ photo, seen: look(photo, lexicon) })) })
  }
  await classifier.release()

  if (values.choose) {
    const chosen = chooseThresholds(
      lexicon,
      sets.flatMap(({ photos }) => photos),
    )
    for (const { id, key } of lexicon.categories) console.log(`${key}\t${chosen.get(id)}`)
    return
  }
  const thresholds = values['as-written']
    ? Array.from({ length: folds }, () => (term: TermId) => lexicon.threshold(term))
    : thresholdsByFold(lexicon, sets)
  const measured = sets.map(({ name, photos }): MeasuredSet => ({
    name,
    photos: photos.length,
    words: new Map(language.options.map((code) => [code, scoreWords(code, photos, lexicon, thresholds)])),
    categories: scoreCategories(photos, lexicon, thresholds),
  }))
  const { name, precision } = classifier.identity
  console.log(report(measured, `${name} ${precision}`, (index) => lexicon.label(index, 'en'), folds))
}

const folds = 5
const foldOf = (at: number) => at % folds

/** For each fold the thresholds chosen without its photos. */
function thresholdsByFold(lexicon: Lexicon, sets: readonly { photos: readonly LookedAt[] }[]) {
  return Array.from({ length: folds }, (_, fold) => {
    const others = sets.flatMap(({ photos }) => photos.filter((_photo, at) => foldOf(at) !== fold))
    const chosen = chooseThresholds(lexicon, others)
    return (term: TermId) => chosen.get(term) ?? lexicon.threshold(term)
  })
}

function outcomes(
  photos: readonly LookedAt[],
  truth: ReadonlySet<number>,
  terms: readonly TermId[],
  thresholds: readonly ((term: TermId) => number)[],
): Outcome[] {
  return photos.map(({ photo, seen }, at) => {
    const threshold = thresholds[foldOf(at)]
    return {
      shown: truth.has(photo.classIndex),
      found: threshold !== undefined && isFound(seen, terms, threshold),
      is: photo.classIndex,
      taken: photo.probabilities.indexOf(Math.max(...photo.probabilities)),
    }
  })
}

function scoreWords(
  code: Language,
  photos: readonly LookedAt[],
  lexicon: Lexicon,
  thresholds: readonly ((term: TermId) => number)[],
): Measured[] {
  const under = classesUnder(sharedPath('labels/wordnet/imagenet1k-ancestors.tsv'))
  return measuredWords().map((row) => {
    const word = row.cell(code === 'ru' ? 'russian' : 'english')
    const own = code === 'ru' ? row.list('wordnet for russian', ';') : []
    const truth = under(own.length > 0 ? own : row.list('wordnet', ';'))
    return { name: word, outcomes: outcomes(photos, truth, lexicon.lookup(word), thresholds) }
  })
}

function scoreCategories(
  photos: readonly LookedAt[],
  lexicon: Lexicon,
  thresholds: readonly ((term: TermId) => number)[],
): Measured[] {
  return lexicon.categories.map(({ id, key, classes }) => ({
    name: key,
    outcomes: outcomes(photos, new Set(classes), [id], thresholds),
  }))
}

function measuredWords(): Row[] {
  return readTable(join(import.meta.dirname, 'measured-words.tsv'), [
    'english',
    'russian',
    'wordnet',
    'wordnet for russian',
    'why',
  ])
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

await measure()
