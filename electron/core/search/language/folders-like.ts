import { fold } from '../../labels/fold.ts'
import { wordsOf } from './words.ts'

export interface Folder {
  readonly id: number
  readonly parentId: number | null
  readonly path: string
  readonly name: string
}

const separator = /[/\\]+/
const absolute = /^([/\\]|\p{L}:[/\\])/u

/** Names are looked through for every value and with every key typed, so their words are kept, of all libraries. */
const wordsOfNames = new Map<string, string>()
const mostNames = 50_000

/** A space and the folded words of the folder's name. */
export function spacedWords({ name }: Folder): string {
  const known = wordsOfNames.get(name)
  if (known !== undefined) return known
  if (wordsOfNames.size === mostNames) wordsOfNames.clear()
  const words = ` ${wordsOf(name)}`
  wordsOfNames.set(name, words)
  return words
}

/**
 * Folders a value names, with everything below them. A whole path names that folder; "2019/italy" names folders whose
 * path ends so; a word or words name folders whose name has them, the last word possibly cut short.
 * `'all'` when no folder is left out.
 */
export function foldersLike(value: string, folders: readonly Folder[]): readonly number[] | 'all' {
  const matches = matcherOf(value, folders)
  const found = new Set<number>()
  // Parents come before their children.
  for (const folder of folders)
    if ((folder.parentId !== null && found.has(folder.parentId)) || matches(folder)) found.add(folder.id)
  return found.size === folders.length && found.size > 0 ? 'all' : [...found]
}

function matcherOf(value: string, folders: readonly Folder[]): (folder: Folder) => boolean {
  const path = value.replace(/[/\\]+$/, '')
  if (absolute.test(value)) {
    if (folders.some((folder) => folder.path === path || folder.path === value))
      return (folder) => folder.path === path || folder.path === value
    const folded = partsOf(path).join('/')
    return (folder) => partsOf(folder.path).join('/') === folded
  }
  if (separator.test(path)) {
    const end = `/${partsOf(path).join('/')}`
    return (folder) => `/${partsOf(folder.path).join('/')}`.endsWith(end)
  }
  const words = ` ${wordsOf(path)}`
  return (folder) => words !== ' ' && spacedWords(folder).includes(words)
}

/** A query cannot hold every quotation mark that a name may have. */
const quotes = /["“”„‟«»＂]/gu

const partsOf = (path: string): string[] =>
  path
    .replaceAll(quotes, '')
    .split(separator)
    .map(fold)
    .filter((part) => part !== '')
