import { join, resolve } from 'node:path'
import { lazy } from '../contract/lazy.ts'
import type { Language, TermKey } from '../contract/values.ts'
import { prepareCompletion, type StartingWith } from './completion.ts'
import { readLabelData, type CategoryEntry, type ClassEntry, type LabelData } from './load-data.ts'
import { prepareLookup, type Lookup } from './lookup.ts'
import { prepareCategoryProbabilities, type CategoryProbabilitiesOf } from './category-probabilities.ts'
import { prepareNearest, type Nearest } from './nearest.ts'
import { classTermKey, firstCategoryId, firstOwnId, ownTermKey, type TermId } from './term.ts'
import { indexWords } from './word-index.ts'

/** What the program calls the things it can see, in every language it ships, and what belongs to what. */
export interface Lexicon {
  /** 1000, by class index. */
  readonly classes: readonly ClassEntry[]
  readonly categories: readonly CategoryEntry[]
  /** Shown name, with a distinguishing word where needed. Throws RangeError for an own label or an unknown term. */
  label(term: TermId, language: Language): string
  /** Shown plural; throws as `label` does. */
  plural(term: TermId, language: Language): string
  /** 0–1; a finding below it is only "possible". 0 for own labels, which only people give. */
  threshold(term: TermId): number
  keyOf(term: TermId): TermKey
  /** `null` for a key of no class or category; an own key always has an id. */
  idOf(key: TermKey): TermId | null
  /**
   * All terms a word or phrase names, in any shipped language, any case, accents, hyphens, plural or case form.
   * Whole words only. A term inside another one of the answer is left out. `[]` when unknown.
   */
  readonly lookup: Lookup
  /** Words of the longest known name. */
  readonly maxPhraseWords: number
  /** Known words near an unknown one. */
  readonly nearest: Nearest
  /** Known names that start with what was typed, those of `language` first. */
  readonly startingWith: StartingWith
  /** Sum of all 1000 probabilities per category. */
  readonly categoryProbabilities: CategoryProbabilitiesOf
}

/**
 * Reads the label files of `folder`; by default `labels` in $KARTOTEKA_RESOURCES (packaged), else
 * native-models/labels beside the sources. Throws LabelDataError naming file and line of a fault.
 */
export function loadLexicon(folder: string = defaultFolder()): Lexicon {
  return buildLexicon(readLabelData(folder))
}

function defaultFolder(): string {
  const resources = process.env['KARTOTEKA_RESOURCES']
  return resources === undefined
    ? resolve(import.meta.dirname, '../../../native-models/labels')
    : join(resources, 'labels')
}

function buildLexicon(data: LabelData): Lexicon {
  const { classes, categories } = data
  // Indexing a folder asks for no word: 20 ms of the start.
  const index = lazy(() => indexWords(data))
  const categoryById = new Map(categories.map((category) => [category.id, category]))
  const idByKey = new Map(categories.map((category) => [category.key, category.id]))
  const namings = new Map(
    [...data.names].map(([language, list]) => [
      language,
      new Map(list.map((naming) => [naming.term, naming])),
    ]),
  )

  const naming = (term: TermId, language: Language) => {
    const found = namings.get(language)?.get(term)
    if (found === undefined) throw new RangeError(`term ${term} has no name in "${language}"`)
    return found
  }
  const isInside = (term: TermId, category: TermId): boolean => {
    const parents = classes[term]?.parents ?? categoryById.get(term)?.parents ?? []
    return parents.some((parent) => parent === category || isInside(parent, category))
  }
  const lookup = lazy(() => prepareLookup(index()))
  const nearest = lazy(() =>
    prepareNearest(index(), data.unseen, (term, language) => naming(term, language).name),
  )
  const startingWith = lazy(() => prepareCompletion(index()))

  return {
    classes,
    categories,
    label: (term, language) => naming(term, language).name,
    plural: (term, language) => naming(term, language).plural,
    threshold: (term) => classes[term]?.threshold ?? categoryById.get(term)?.threshold ?? 0,
    keyOf: (term) => {
      if (term < firstCategoryId) return classTermKey(term)
      if (term >= firstOwnId) return ownTermKey(term - firstOwnId)
      const category = categoryById.get(term)
      if (category === undefined) throw new RangeError(`there is no category ${term}`)
      return `category:${category.key}`
    },
    idOf: (key) => {
      const at = key.indexOf(':')
      const value = key.slice(at + 1)
      switch (key.slice(0, at)) {
        case 'class':
          return classes[Number(value)]?.index ?? null
        case 'category':
          return idByKey.get(value) ?? null
        case 'own':
          return firstOwnId + Number(value)
        default:
          return null
      }
    },
    lookup: (phrase) => {
      const terms = lookup()(phrase)
      return terms.length < 2 ? terms : terms.filter((term) => !terms.some((other) => isInside(term, other)))
    },
    get maxPhraseWords() {
      return index().maxWords
    },
    nearest: (word, limit) => nearest()(word, limit),
    startingWith: (prefix, language, limit) => startingWith()(prefix, language, limit),
    categoryProbabilities: prepareCategoryProbabilities(categories),
  }
}
