import { lstat, realpath, stat } from 'node:fs/promises'
import { standardLimits } from '../../imaging/limits.ts'
import { openPhoto } from '../../imaging/open-photo.ts'
import { childOf, isWithin, osFromText, textFromOs } from '../../paths/os-path.ts'
import type { Library } from '../library.ts'
import { prepare } from '../statements.ts'
import { listRoots, type Root } from './roots.ts'
import { isTrustedFolder } from './trust.ts'

/**
 * Whether a folder is a root under another name: a disk with another letter or mount point, a folder that was renamed.
 *
 * The rule: of 20 photos, spread evenly over the root, four in five must be in the folder at the same place below it,
 * with the same size and the same content. The others may have been deleted or edited since.
 */

/** Photos compared, at most. */
const sampleSize = 20
/** Share of them that must agree. */
const enough = 0.8
/** Bytes of content compared, the smallest photos first; those after that agree by name and size: RAW files are large. */
const readAtMost = 200_000_000

interface SampledFile {
  /** Where it is below its root. */
  readonly below: string
  /** Bytes. */
  readonly size: number
  /** 32 hex digits. */
  readonly contentHash: string
}

export const filledFoldersSql = 'SELECT id, path, photos FROM folder WHERE root_id = ? AND photos > 0'
export const nameAtSql = 'SELECT name FROM file WHERE folder_id = ? ORDER BY name LIMIT 1 OFFSET ?'
export const sampledFileSql = `
  SELECT fi.name, fi.size, lower(hex(p.content_hash)) AS contentHash
  FROM file fi CROSS JOIN photo p ON p.id = fi.photo_id
  WHERE fi.folder_id = ? AND fi.name > ? AND fi.presence = 'here' ORDER BY fi.name LIMIT 1`

interface FilledFolder {
  readonly id: number
  readonly path: string
  /** Directly in it. */
  readonly photos: number
}

function filledFolders(library: Library, root: Root): FilledFolder[] {
  return prepare<[number], FilledFolder>(library, filledFoldersSql).all(root.id)
}

const photosIn = (folders: readonly FilledFolder[]): number =>
  folders.reduce((sum, { photos }) => sum + photos, 0)

/** Photos of a root, spread over its folders by how many each has; smallest first, none for a root without photos. */
function sampleOf(library: Library, root: Root): SampledFile[] {
  const folders = filledFolders(library, root).sort((a, b) => (a.path < b.path ? -1 : 1))
  const total = photosIn(folders)
  const count = Math.min(sampleSize, total)
  const positions = Array.from({ length: count }, (_, at) => Math.floor(((at + 0.5) * total) / count))
  const nameAt = prepare<[number, number], { name: string }>(library, nameAtSql)
  const fileAfter = prepare<[number, string], Omit<SampledFile, 'below'> & { name: string }>(
    library,
    sampledFileSql,
  )
  const sample: SampledFile[] = []
  let before = 0
  for (const { id, path, photos } of folders) {
    let last = ''
    for (const position of positions) {
      const at = position - before
      if (at < 0 || at >= photos) continue
      // Other files lie between the photos; none is taken twice.
      const from = at === 0 ? '' : (nameAt.get(id, at - 1)?.name ?? '')
      const file = fileAfter.get(id, from > last ? from : last)
      if (file === undefined) continue
      last = file.name
      const below = childOf(path, file.name).slice(childOf(root.path, '').length)
      sample.push({ below, size: file.size, contentHash: file.contentHash })
    }
    before += photos
  }
  return sample.sort((a, b) => a.size - b.size)
}

/** How a folder compares with a root. */
export interface Comparison {
  /** Photos that were compared; none when the library knows none in the root. */
  readonly compared: number
  /** How many of them are in the folder as they were. */
  readonly same: number
  /** Whether the folder may be taken for the root. */
  readonly agrees: boolean
}

/** Compares a folder with a root, whether or not that is there. @param folder absolute, real, in text form */
export async function compareWithRoot(library: Library, root: Root, folder: string): Promise<Comparison> {
  return compare(sampleOf(library, root), folder)
}

async function compare(sample: readonly SampledFile[], folder: string): Promise<Comparison> {
  const compared = sample.length
  const same = await countSame(sample, folder)
  return { compared, same, agrees: same > 0 && isEnough(same, compared) }
}

const isEnough = (same: number, compared: number): boolean => same >= enough * compared

/** Contents are read only where enough of the names and sizes agree. */
async function countSame(sample: readonly SampledFile[], folder: string): Promise<number> {
  const there: SampledFile[] = []
  for (const file of sample) {
    if ((await sizeOf(childOf(folder, file.below))) === file.size) there.push(file)
  }
  let same = there.length
  let read = 0
  for (const { below, size, contentHash } of there) {
    if (!isEnough(same, sample.length) || read > readAtMost) break
    read += size
    const opened = await openPhoto(childOf(folder, below), standardLimits)
    if (!opened.ok || opened.file.contentHash !== contentHash) same -= 1
  }
  return same
}

/** Bytes; `null` when there is no such file, or its content is in the cloud and reading would download it. */
async function sizeOf(path: string): Promise<number | null> {
  try {
    const { size, blocks } = await stat(osFromText(path))
    return process.platform === 'darwin' && size > 0 && blocks === 0 ? null : size
  } catch {
    return null
  }
}

/**
 * The root of the library that a new folder looks like, when that is not where it was; of several the one with most
 * photos. `null` for any other folder, and for one that is in the library already, or holds what is.
 * @param folder absolute, real, in text form
 */
export async function rootMovedTo(library: Library, folder: string): Promise<Root | null> {
  const roots = listRoots(library)
  if (roots.some(({ path }) => isWithin(folder, path))) return null
  const apart = roots
    .filter(({ path }) => !isWithin(path, folder))
    .map((root) => ({ root, photos: photosIn(filledFolders(library, root)) }))
    .sort((a, b) => b.photos - a.photos)
  for (const { root } of apart) {
    const sample = sampleOf(library, root)
    if ((await compare(sample, folder)).agrees && !(await isThere(root, sample, folder))) return root
  }
  return null
}

/**
 * Whether any of the photos is still in its root, or may be: where looking is forbidden nothing is known. Of a root that
 * came with the library nothing is looked at. One that is only another way to the folder (a link in its place, other
 * letters of the same name) is not there by itself.
 */
async function isThere({ path }: Root, sample: readonly SampledFile[], folder: string): Promise<boolean> {
  if (!isTrustedFolder(path)) return false
  if ((await realPathOf(path)) === folder) return false
  for (const { below } of sample) {
    if (await mayExist(childOf(path, below))) return true
  }
  return false
}

async function realPathOf(path: string): Promise<string | null> {
  try {
    return textFromOs(await realpath(osFromText(path), { encoding: 'buffer' }))
  } catch {
    return null
  }
}

async function mayExist(path: string): Promise<boolean> {
  try {
    await lstat(osFromText(path))
    return true
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    return code === 'EACCES' || code === 'EPERM'
  }
}
