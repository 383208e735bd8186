import { join } from 'node:path'
import { language, type Language } from '../contract/values.ts'
import { readTable, type Row } from './table.ts'
import { firstCategoryId, firstOwnId, type TermId } from './term.ts'

/** One of the 1000 things GoogLeNet tells apart. */
export interface ClassEntry {
  /** 0–999, place in the model's output. */
  readonly index: number
  /** WordNet id, `n02111889`. */
  readonly synset: string
  /** 0–1; a tag below it is only "possible". */
  readonly threshold: number
  /** The categories it belongs to directly. */
  readonly parents: readonly TermId[]
  /** WordNet's names, Latin ones included. */
  readonly wordnetNames: readonly string[]
}

/** An everyday group of classes. */
export interface CategoryEntry {
  /** Fixed number, 1000–9999. */
  readonly id: TermId
  /** Fixed key, `dog`. */
  readonly key: string
  readonly parents: readonly TermId[]
  /** 0–1, on the sum of the probabilities of all its classes. */
  readonly threshold: number
  /** All classes below it, at any depth, each once, ascending. */
  readonly classes: readonly number[]
}

/** What one language calls a class or category. */
interface Naming {
  readonly term: TermId
  /** Shown; unique within the language. */
  readonly name: string
  readonly plural: string
  readonly synonyms: readonly string[]
}

/** Words for what the model cannot see, with the nearest things it can. */
export interface Unseen {
  readonly language: Language
  readonly words: readonly string[]
  readonly nearest: readonly TermId[]
}

export interface LabelData {
  readonly classes: readonly ClassEntry[]
  readonly categories: readonly CategoryEntry[]
  readonly names: ReadonlyMap<Language, readonly Naming[]>
  readonly unseen: readonly Unseen[]
}

const classCount = 1000

/**
 * Reads and checks the label files of `folder` (see native-models/labels/README.md): every class and category is
 * there exactly once, has its place in a tree without cycles, and a name in every language.
 * Throws LabelDataError naming file and line.
 */
export function readLabelData(folder: string): LabelData {
  const categoryRows = readTable(join(folder, 'categories.tsv'), ['number', 'key', 'inside', 'threshold'])
  const idOfCategory = new Map<string, TermId>()
  for (const row of categoryRows) addCategoryNumber(row, idOfCategory)
  const parentsOf = new Map<TermId, TermId[]>()
  for (const row of categoryRows) {
    parentsOf.set(Number(row.cell('number')), categoryIds(row, 'inside', idOfCategory))
  }
  for (const row of categoryRows) refuseCycle(row, parentsOf)

  const classes = readClasses(join(folder, 'classes.tsv'), idOfCategory)
  const members = classesByCategory(classes, parentsOf)
  const categories = categoryRows.map((row): CategoryEntry => {
    const id = Number(row.cell('number'))
    const below = members.get(id)
    if (below === undefined) throw row.fault(`no class belongs to "${row.cell('key')}"`)
    return {
      id,
      key: row.cell('key'),
      parents: parentsOf.get(id) ?? [],
      threshold: thresholdOf(row),
      classes: [...below].sort((a, b) => a - b),
    }
  })

  const names = new Map<Language, readonly Naming[]>()
  const unseen: Unseen[] = []
  for (const code of language.options) {
    names.set(code, readNames(join(folder, `${code}.tsv`), idOfCategory))
    unseen.push(...readUnseen(folder, code, idOfCategory))
  }
  return { classes, categories, names, unseen }
}

function addCategoryNumber(row: Row, idOfCategory: Map<string, TermId>): void {
  const key = row.cell('key')
  const id = Number(row.cell('number'))
  if (!/^[a-z][a-z0-9-]*$/.test(key))
    throw row.fault(`"${key}" is no key: small Latin letters, digits and hyphens`)
  if (!Number.isInteger(id) || id < firstCategoryId || id >= firstOwnId)
    throw row.fault(`the number must be ${firstCategoryId}–${firstOwnId - 1}`)
  if (idOfCategory.has(key)) throw row.fault(`"${key}" is already there`)
  if ([...idOfCategory.values()].includes(id)) throw row.fault(`the number ${id} is already taken`)
  idOfCategory.set(key, id)
}

function categoryIds(row: Row, column: string, idOfCategory: ReadonlyMap<string, TermId>): TermId[] {
  return row.list(column, ',').map((key) => {
    const id = idOfCategory.get(key)
    if (id === undefined) throw row.fault(`there is no category "${key}"`)
    return id
  })
}

function refuseCycle(row: Row, parentsOf: ReadonlyMap<TermId, readonly TermId[]>): void {
  const start = Number(row.cell('number'))
  if (ancestorsOf(parentsOf.get(start) ?? [], parentsOf).has(start))
    throw row.fault(`"${row.cell('key')}" is inside itself`)
}

function ancestorsOf(
  from: readonly TermId[],
  parentsOf: ReadonlyMap<TermId, readonly TermId[]>,
): Set<TermId> {
  const seen = new Set<TermId>()
  const waiting = [...from]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (seen.has(id)) continue
    seen.add(id)
    waiting.push(...(parentsOf.get(id) ?? []))
  }
  return seen
}

function thresholdOf(row: Row): number {
  const value = Number(row.cell('threshold'))
  if (row.cell('threshold') === '' || !(value > 0 && value < 1))
    throw row.fault('the threshold must lie between 0 and 1')
  return value
}

function readClasses(file: string, idOfCategory: ReadonlyMap<string, TermId>): ClassEntry[] {
  const rows = readTable(file, ['index', 'wordnet', 'threshold', 'inside', 'wordnet names'])
  const classes = rows.map((row, position): ClassEntry => {
    const index = Number(row.cell('index'))
    if (row.cell('index') === '' || index !== position) throw row.fault(`class ${position} must stand here`)
    const synset = row.cell('wordnet')
    if (!/^n\d{8}$/.test(synset)) throw row.fault(`"${synset}" is no WordNet id`)
    const parents = categoryIds(row, 'inside', idOfCategory)
    if (parents.length === 0) throw row.fault(`class ${index} is inside no category`)
    return {
      index,
      synset,
      threshold: thresholdOf(row),
      parents,
      wordnetNames: row.list('wordnet names', ';'),
    }
  })
  if (classes.length !== classCount)
    throw new Error(`classes.tsv has ${classes.length} classes, not ${classCount}`)
  return classes
}

function classesByCategory(
  classes: readonly ClassEntry[],
  parentsOf: ReadonlyMap<TermId, readonly TermId[]>,
): Map<TermId, Set<number>> {
  const members = new Map<TermId, Set<number>>()
  for (const { index, parents } of classes) {
    for (const id of ancestorsOf(parents, parentsOf)) {
      const below = members.get(id)
      if (below === undefined) members.set(id, new Set([index]))
      else below.add(index)
    }
  }
  return members
}

function termOfCell(row: Row, text: string, idOfCategory: ReadonlyMap<string, TermId>): TermId {
  const id = /^\d{1,3}$/.test(text) ? Number(text) : idOfCategory.get(text)
  if (id === undefined) throw row.fault(`"${text}" is neither a class number nor the key of a category`)
  return id
}

function readNames(file: string, idOfCategory: ReadonlyMap<string, TermId>): Naming[] {
  const rows = readTable(file, ['term', 'name', 'plural', 'also'])
  const namings: Naming[] = []
  const terms = new Set<TermId>()
  const owners = new Map<string, string>()
  for (const row of rows) {
    const term = termOfCell(row, row.cell('term'), idOfCategory)
    const name = row.cell('name')
    if (terms.has(term)) throw row.fault(`"${row.cell('term')}" is already named`)
    if (name === '') throw row.fault('the name is missing')
    const other = owners.get(name.toLowerCase())
    if (other !== undefined)
      throw row.fault(`"${name}" already names ${other}; add a distinguishing word in parentheses`)
    terms.add(term)
    owners.set(name.toLowerCase(), row.cell('term'))
    namings.push({ term, name, plural: row.cell('plural') || name, synonyms: row.list('also', ';') })
  }
  for (let index = 0; index < classCount; index++) {
    if (!terms.has(index)) throw new Error(`${file} has no name for class ${index}`)
  }
  for (const [key, id] of idOfCategory) {
    if (!terms.has(id)) throw new Error(`${file} has no name for category "${key}"`)
  }
  return namings
}

function readUnseen(folder: string, code: Language, idOfCategory: ReadonlyMap<string, TermId>): Unseen[] {
  return readTable(join(folder, `${code}-unseen.tsv`), ['words', 'nearest']).map((row) => ({
    language: code,
    words: row.list('words', ';'),
    nearest: row.list('nearest', ';').map((text) => termOfCell(row, text, idOfCategory)),
  }))
}
