import { parseArgs } from 'node:util'
import type { Classifier } from '../../../electron/core/classify/classification.ts'
import { createClassifier } from '../../../electron/core/classify/create-classifier.ts'
import { findModels } from '../../../electron/core/classify/model-files.ts'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import { folds, lookAtLabelled, measuredSet, thresholdsByFold } from './measured-sets.ts'
import { report } from './report.ts'
import { chooseThresholds } from './thresholds.ts'

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
  const sets = await lookAtLabelled(classifier, lexicon)
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
    ? Array.from({ length: folds }, () => lexicon.threshold)
    : thresholdsByFold(lexicon, sets)
  const measured = sets.map((set) => measuredSet(set, lexicon, thresholds))
  const { name, precision } = classifier.identity
  console.log(report(measured, `${name} ${precision}`, (index) => lexicon.label(index, 'en'), folds))
}

async function openClassifier(precision: string): Promise<Classifier> {
  const found = await findModels()
  if (!found.ok) throw new Error(found.error.message)
  const { int8, fp32 } = found.value
  return createClassifier({ model: precision === 'int8' && int8 !== null ? int8 : fp32, provider: 'cpu' })
}

await measure()
