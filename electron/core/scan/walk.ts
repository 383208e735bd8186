import { lstatSync, readdirSync, realpathSync, statSync, type Dirent, type Stats } from 'node:fs'
import { isKeepOut, isLitter, kindByName, type NameKind } from '../paths/file-kinds.ts'
import { childOf, isWithin, osFromText, textFromOs } from '../paths/os-path.ts'
import { pseudoFolders } from './pseudo-folders.ts'

/** A file that may be a photo, with what its directory entry says. */
export interface FoundFile {
  readonly name: string
  readonly kind: Exclude<NameKind, 'other'>
  /** Bytes. */
  readonly size: number
  /** Unix time, whole milliseconds. */
  readonly mtime: number
  /** Unix time, whole milliseconds. */
  readonly ctime: number
  /** The file's content is not on this disk (a cloud placeholder): opening it would download it. */
  readonly elsewhere: boolean
}

/** One folder as it is on the disk now. */
export type FolderVisit =
  | {
      readonly state: 'read'
      readonly path: string
      readonly files: readonly FoundFile[]
      /** Names of files that are surely no photos. */
      readonly others: readonly string[]
      /** Not a single entry in it, as in a mount point with nothing mounted. */
      readonly empty: boolean
      /** Names of links whose target is there and cannot be looked at: it is not known what they are now. */
      readonly unsure: readonly string[]
    }
  /** It asks media programs to stay out: nothing in it or below is shown. */
  | { readonly state: 'kept-out'; readonly path: string }
  /** Permission denied, input/output error, a mount that went away: nothing is known of it or what lies below. */
  | { readonly state: 'unreadable'; readonly path: string; readonly code: string }

/**
 * Visits a folder and everything below it, parents first, in no promised order among siblings; files by name.
 * Links to folders are not followed. Links to files are, since people arrange photos by them, unless their target is
 * walked anyway. Where the system shows itself as files (`/proc`) nothing is read, not even by a link.
 * Litter and hidden folders are passed over in silence, folders with `.nomedia` are named and not entered; but those that
 * people chose are walked whatever they are called and wherever they lie. Blocks its thread: on a local disk some 3 ms a
 * thousand files, on a network as long as that takes; so it has a thread of its own.
 * @param root absolute path in text form
 * @param chosen real paths of all folders that people chose, also inside each other. They are walked anyway, so links to
 * files below them would be the same photos twice
 */
export function* walk(root: string, chosen: readonly string[] = [root]): Generator<FolderVisit, void> {
  const pseudo = pseudoFolders()
  const isPseudo = (path: string): boolean => pseudo.some((folder) => isWithin(path, folder))
  if (isPseudo(root)) {
    yield { state: 'unreadable', path: root, code: 'ENOTSUP' }
    return
  }
  const isWalked = (real: string): boolean => chosen.some((folder) => isWithin(real, folder))
  // Each is a walk of its own, so that nothing on the way there can hide it.
  const inside = chosen.filter((folder) => folder !== root && isWithin(folder, root) && !isPseudo(folder))
  const beginnings = new Set([root, ...inside.toSorted()])
  const ahead = [...beginnings].toReversed()
  for (let path = ahead.pop(); path !== undefined; path = ahead.pop()) {
    let entries: Dirent<string>[]
    try {
      // latin1 keeps every byte of a name and costs less than a Buffer for each.
      entries = readdirSync(osFromText(path), { withFileTypes: true, encoding: 'latin1' })
    } catch (error) {
      const code = codeOf(error)
      // A chosen folder inside may be gone like any other, which its parent would tell if it were walked from there.
      if (path === root || !beginnings.has(path) || !goneCodes.has(code))
        yield { state: 'unreadable', path, code }
      continue
    }
    if (!beginnings.has(path) && entries.some(({ name }) => isKeepOut(name))) {
      yield { state: 'kept-out', path }
      continue
    }
    const files: FoundFile[] = []
    const unsure: string[] = []
    const others: string[] = []
    const below: string[] = []
    let shut: string | null = null
    for (const entry of entries) {
      const name = textOfEntry(entry.name)
      if (isLitter(name)) continue
      const isLink = entry.isSymbolicLink()
      if (entry.isFile() && kindByName(name) === 'other') others.push(name)
      else if (entry.isFile() || isLink) {
        const file = fileAt(childOf(path, name), name, isLink, (real) => isPseudo(real) || isWalked(real))
        if (typeof file === 'object') {
          if (file !== null) files.push(file)
        } else if (isLink) unsure.push(name)
        else shut = file
      } else if (entry.isDirectory()) {
        const folder = childOf(path, name)
        if (!pseudo.includes(folder) && !beginnings.has(folder)) below.push(folder)
      }
    }
    if (shut !== null) {
      yield { state: 'unreadable', path, code: shut }
      continue
    }
    ahead.push(...below)
    // Disks name them in any order. Cameras number them: so they are indexed, and kept together, as they were taken.
    files.sort((a, b) => (a.name < b.name ? -1 : 1))
    yield { state: 'read', path, files, others, empty: entries.length === 0, unsure }
  }
}

/** `null`: no photo, or gone since its directory was read. A text: the code of what keeps it from being looked at. */
function fileAt(
  path: string,
  name: string,
  isLink: boolean,
  isPassedOver: (real: string) => boolean,
): FoundFile | string | null {
  const kind = kindByName(name)
  if (kind === 'other') return null
  const file = osFromText(path)
  try {
    const facts = isLink ? target(file, isPassedOver) : lstatSync(file, { throwIfNoEntry: false })
    if (facts?.isFile() !== true) return null
    return {
      name,
      kind,
      size: facts.size,
      mtime: Math.trunc(facts.mtimeMs),
      ctime: Math.trunc(facts.ctimeMs),
      // iCloud leaves entries without blocks. Elsewhere no blocks may just mean a file system that does not count.
      elsewhere: process.platform === 'darwin' && facts.size > 0 && facts.blocks === 0,
    }
  } catch (error) {
    const code = codeOf(error)
    return goneCodes.has(code) ? null : code
  }
}

/** What says that a file is not there: its name leads nowhere, or in a circle. Anything else says nothing about it. */
const goneCodes = new Set(['ENOENT', 'ENOTDIR', 'ELOOP'])

function target(path: string | Buffer, isPassedOver: (real: string) => boolean): Stats | null {
  const real = textFromOs(realpathSync(path, { encoding: 'buffer' }))
  if (isPassedOver(real)) return null
  return statSync(path)
}

function textOfEntry(latin1: string): string {
  for (let at = 0; at < latin1.length; at++) {
    if (latin1.charCodeAt(at) > 0x7f) return textFromOs(Buffer.from(latin1, 'latin1'))
  }
  return latin1
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'EIO'
}
