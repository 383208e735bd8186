import { beforeAll, expect, test } from 'vitest'
import { createClassifier } from '../../../electron/core/classify/create-classifier.ts'
import { findModels } from '../../../electron/core/classify/model-files.ts'
import { language, type Language } from '../../../electron/core/contract/values.ts'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import { cacheFolder } from '../../../native-models/make.ts'
import { lookAtLabelled, measuredSet, thresholdsByFold } from './measured-sets.ts'
import { enough, meansOf, type MeasuredSet } from './report.ts'

let sets: readonly MeasuredSet[]

beforeAll(async () => {
  const models = await findModels(cacheFolder)
  if (!models.ok) throw new Error(models.error.message)
  const classifier = await createClassifier({
    model: models.value.int8 ?? models.value.fp32,
    provider: 'cpu',
  })
  const lexicon = loadLexicon()
  const labelled = await lookAtLabelled(classifier, lexicon)
  await classifier.release()
  const thresholds = thresholdsByFold(lexicon, labelled)
  sets = labelled.map((set) => measuredSet(set, lexicon, thresholds))
})

const wanted: { photos: string; code: Language; words: number }[] = [
  { photos: 'labelled', code: 'en', words: 17 },
  { photos: 'labelled', code: 'ru', words: 17 },
  { photos: 'validation', code: 'en', words: 62 },
  { photos: 'validation', code: 'ru', words: 62 },
]

test('every language is measured', () => {
  expect(new Set(wanted.map(({ code }) => code))).toEqual(new Set(language.options))
})

test.for(wanted)(
  'everyday words find the photos that show them: $photos, $code',
  ({ photos, code, words }) => {
    const measured = sets.find(({ name }) => name === photos)?.words.get(code) ?? []
    const means = meansOf(measured, enough)
    expect(means.words).toBe(words)
    expect(means.precision).toBeGreaterThanOrEqual(0.85)
    expect(means.recall).toBeGreaterThanOrEqual(0.85)
  },
)
