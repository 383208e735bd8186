import { join } from 'node:path'
import type { Classifier } from '../../../electron/core/classify/classification.ts'
import { language, type Language } from '../../../electron/core/contract/values.ts'
import { standardLimits } from '../../../electron/core/imaging/limits.ts'
import { readPhoto } from '../../../electron/core/imaging/read-photo.ts'
import type { Lexicon } from '../../../electron/core/labels/lexicon.ts'
import { readTable, type Row } from '../../../electron/core/labels/table.ts'
import type { TermId } from '../../../electron/core/labels/term.ts'
import { sharedPath } from '../shared.ts'
import type { Measured, MeasuredSet, Outcome } from './report.ts'
import { classesUnder, isFound, look, type Photo } from './scoring.ts'
import { chooseThresholds, type LookedAt } from './thresholds.ts'

/** Parts that each set is cut into: a part is searched with thresholds chosen on the others. */
export const folds = 5
const foldOf = (at: number) => at % folds

export interface LabelledSet {
  readonly name: string
  readonly photos: readonly LookedAt[]
}

export type ThresholdOf = (term: TermId) => number

/** What the network sees in the photos that have a true class: `photos/labelled` (200) and `photos/validation` (650). */
export async function lookAtLabelled(classifier: Classifier, lexicon: Lexicon): Promise<LabelledSet[]> {
  const sets: LabelledSet[] = []
  for (const name of ['labelled', 'validation']) {
    const photos = await classify(sharedPath('photos', name), classifier)
    sets.push({ name, photos: photos.map((photo) => ({ photo, seen: look(photo, lexicon) })) })
  }
  return sets
}

/** What became of each photo of a set in a search for each measured word, and for each category. */
export function measuredSet(
  { name, photos }: LabelledSet,
  lexicon: Lexicon,
  thresholds: readonly ThresholdOf[],
): MeasuredSet {
  return {
    name,
    photos: photos.length,
    words: new Map(language.options.map((code) => [code, scoreWords(code, photos, lexicon, thresholds)])),
    categories: scoreCategories(photos, lexicon, thresholds),
  }
}

/** For each fold the thresholds chosen without its photos. */
export function thresholdsByFold(lexicon: Lexicon, sets: readonly LabelledSet[]): ThresholdOf[] {
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
  thresholds: readonly ThresholdOf[],
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
  thresholds: readonly ThresholdOf[],
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
  thresholds: readonly ThresholdOf[],
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
