import { fold } from '../../labels/fold.ts'
import { hasWords, isCalled, wordsOf } from './words.ts'

export interface Folder {
  readonly id: number
  readonly parentId: number | null
  readonly path: string
  readonly name: string
}

const separator = /[/\\]+/
const absolute = /^([/\\]|\p{L}:[/\\])/u

/** The folded words of the folder's name. Names are looked through with every key typed, so they are kept, of all libraries. */
export function wordsOfName({ name }: Pick<Folder, 'name'>): string {
  const known = wordsOfNames.get(name)
  if (known !== undefined) return known
  if (wordsOfNames.size === mostNames) wordsOfNames.clear()
  const words = wordsOf(name)
  wordsOfNames.set(name, words)
  return words
}
const wordsOfNames = new Map<string, string>()
const mostNames = 50_000

/**
 * Folders a value names, with everything below them. A whole path names that folder; "2019/italy" names folders whose
 * path ends so; words name folders whose name has them side by side, a single word in any of its forms.
 * `'all'` when no folder is left out.
 * @param beginning the last word may be cut short
 */
export function foldersLike(
  value: string,
  folders: readonly Folder[],
  beginning: boolean,
): readonly number[] | 'all' {
  const matches = matcherOf(value, folders, beginning)
  const found = new Set<number>()
  // Parents come before their children.
  for (const folder of folders)
    if ((folder.parentId !== null && found.has(folder.parentId)) || matches(folder)) found.add(folder.id)
  return found.size === folders.length && found.size > 0 ? 'all' : [...found]
}

function matcherOf(
  value: string,
  folders: readonly Folder[],
  beginning: boolean,
): (folder: Folder) => boolean {
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
  const words = wordsOf(path)
  if (words === '') return () => false
  if (beginning) return (folder) => hasWords(wordsOfName(folder), words, true)
  if (words.includes(' ')) return (folder) => hasWords(wordsOfName(folder), words, false)
  // Many folders have the same words in their names.
  const known = new Map<string, boolean>()
  const isForm = (word: string): boolean => {
    const called = known.get(word) ?? isCalled(word, words)
    known.set(word, called)
    return called
  }
  return (folder) => wordsOfName(folder).split(' ').some(isForm)
}

/** A query cannot hold every quotation mark that a name may have. */
const quotes = /["“”„‟«»＂]/gu

const partsOf = (path: string): string[] =>
  path
    .replaceAll(quotes, '')
    .split(separator)
    .map(fold)
    .filter((part) => part !== '')
