import type { Language } from '../../../electron/core/contract/values.ts'
import { count, precisionOf, recallOf, type Finds } from './scoring.ts'

/** What became of one photo in a search for one word. */
export interface Outcome {
  readonly shown: boolean
  readonly found: boolean
  /** Its true class. */
  readonly is: number
  /** What the model thinks it is. */
  readonly taken: number
}

export interface Measured {
  readonly name: string
  readonly outcomes: readonly Outcome[]
}

export interface MeasuredSet {
  readonly name: string
  readonly photos: number
  readonly words: ReadonlyMap<Language, readonly Measured[]>
  readonly categories: readonly Measured[]
}

/** With fewer photos a word says little about searching. */
export const enough = 5

/** MEASURED.md; the formatter aligns its tables. */
export function report(
  sets: readonly MeasuredSet[],
  model: string,
  nameOf: (index: number) => string,
  folds: number,
): string {
  const languages = [...(sets[0]?.words.keys() ?? [])]
  const wordsOf = (set: MeasuredSet, code: Language) => set.words.get(code) ?? []
  const photos = sets.map((set) => `${set.photos} photos of \`photos/${set.name}\``).join(' and ')
  return [
    '# How well words find photos',
    '',
    `Made by \`npm exec -- node tests/material/labels/measure.ts\` with ${model}, on ${photos}.`,
    '',
    method(folds),
    '',
    '## In short',
    '',
    `Means over all words that have a photo, and over those with at least ${enough}:`,
    '',
    ...table(
      [
        'photos',
        'what',
        'with a photo',
        'precision',
        'recall',
        `with ${enough} photos`,
        'precision',
        'recall',
      ],
      2,
      sets.flatMap((set) => [
        ...languages.map((code) => [set.name, `words, ${code}`, ...means(wordsOf(set, code))]),
        [set.name, 'categories', ...means(set.categories)],
      ]),
    ),
    ...languages.flatMap((code) => worst(sets, code, nameOf)),
    ...languages.flatMap((code) => [
      '',
      `## Words, ${code}`,
      '',
      ...findsTable('word', sets, (set) => wordsOf(set, code)),
    ]),
    '',
    '## Categories',
    '',
    'The photos of a category are those of its own classes, so this tells only how well the network knows them.',
    '',
    ...findsTable('category', sets, (set) => set.categories),
  ].join('\n')
}

function method(folds: number): string {
  return `
"shown" photos show the word by WordNet and common sense (\`measured-words.tsv\`), not by our own categories. A photo has
one true class even when more is to be seen in it, so some of the "wrong" finds are right (the oxen before the oxcart,
the spider in its web). A word that finds nothing has precision 0 in the means; words without a photo are left out.

Thresholds are never judged by the photos they were chosen on. Both sets are cut into ${folds} parts (each ${folds}th
photo); the photos of a part are searched with thresholds chosen on the others. A category's threshold is the one with the
fewest mistakes there, tied to the common 0.35: 0.05 away from it must save more than one mistake, 0.1 more than 4, 0.2
more than 16 (\`thresholds.ts\`). The thresholds in \`categories.tsv\` are those that all photos together lead to. Three
are set by hand: textile, screen and print, which the network falls back on when a photo shows nothing it knows; no photo
here is of that kind.

Looser ties do worse on other photos, as most categories have only a photo or two. Mistakes over all categories of the
validation photos when each part's thresholds are chosen on the others: 263 when chosen freely, 225 to 230 when tied to
what all categories together do best with, 215 when 0.1 away must save one mistake, 211 when it must save 4, 208 with 0.35
for all. So a category leaves it only where many photos ask for that, which as yet they do for none. Classes have 0.65 photos each,
too few for thresholds of their own: at 0.3 for all, 78 % of the tags are right and 82 % of the photos have theirs (at
0.35 both 80 %); the words below find the same photos with either.`.trim()
}

function worst(sets: readonly MeasuredSet[], code: Language, nameOf: (index: number) => string): string[] {
  const set = sets.at(-1)
  if (set === undefined) return []
  const judged = (set.words.get(code) ?? [])
    .map((word) => ({ word, finds: findsOf(word) }))
    .filter(({ finds }) => finds.wanted >= enough)
    .sort((a, b) => quality(a.finds) - quality(b.finds))
    .slice(0, 10)
  return [
    '',
    `## The ten worst words, ${code}`,
    '',
    `Of those with at least ${enough} photos in \`photos/${set.name}\`; in parentheses what the network takes a photo for.`,
    '',
    ...table(
      ['word', 'precision', 'recall', 'found in error', 'missed'],
      3,
      judged.map(({ word, finds }) => [
        word.name,
        precisionOf(finds).toFixed(2),
        recallOf(finds).toFixed(2),
        list(word.outcomes.filter(({ shown, found }) => !shown && found)),
        list(word.outcomes.filter(({ shown, found }) => shown && !found)),
      ]),
    ),
  ]

  function list(wrong: readonly Outcome[]): string {
    const cases = new Map<string, number>()
    for (const { is, taken } of wrong) {
      const text = is === taken ? nameOf(is) : `${nameOf(is)} (${nameOf(taken)})`
      cases.set(text, (cases.get(text) ?? 0) + 1)
    }
    return [...cases].map(([text, times]) => (times === 1 ? text : `${times} × ${text}`)).join(', ') || '–'
  }
}

function findsOf({ outcomes }: Measured): Finds {
  return count(outcomes)
}

const quality = (finds: Finds) => precisionOf(finds) + recallOf(finds)

function means(measured: readonly Measured[]): string[] {
  return [1, enough].flatMap((atLeast) => {
    const { words, precision, recall } = meansOf(measured, atLeast)
    return [String(words), precision.toFixed(3), recall.toFixed(3)]
  })
}

/** Mean precision and recall, 0 to 1, of the words that at least so many photos show. */
export function meansOf(
  measured: readonly Measured[],
  atLeast: number,
): { readonly words: number; readonly precision: number; readonly recall: number } {
  const counted = measured.map(findsOf).filter(({ wanted }) => wanted >= atLeast)
  return {
    words: counted.length,
    precision: mean(counted.map(precisionOf)),
    recall: mean(counted.map(recallOf)),
  }
}

const mean = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0) / values.length

function findsTable(
  what: string,
  sets: readonly MeasuredSet[],
  of: (set: MeasuredSet) => readonly Measured[],
): string[] {
  const first = sets[0]
  if (first === undefined) return []
  return table(
    [what, ...sets.flatMap(({ name }) => [name, 'found', 'right', 'precision', 'recall'])],
    1,
    of(first).map(({ name }, at) => [
      name,
      ...sets.flatMap((set) => {
        const measured = of(set)[at]
        return measured === undefined ? [] : cells(findsOf(measured))
      }),
    ]),
  )
}

function cells(finds: Finds): string[] {
  const { wanted, found, right } = finds
  return [
    ...[wanted, found, right].map(String),
    found === 0 ? '–' : precisionOf(finds).toFixed(2),
    wanted === 0 ? '–' : recallOf(finds).toFixed(2),
  ]
}

/** The first `texts` columns hold text, the others numbers, which stand at the right. */
function table(head: readonly string[], texts: number, rows: readonly (readonly string[])[]): string[] {
  const rule = head.map((_, at) => (at < texts ? '---' : '---:'))
  return [head, rule, ...rows].map((row) => `| ${row.join(' | ')} |`)
}
