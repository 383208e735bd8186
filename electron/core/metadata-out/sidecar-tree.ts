import { mkdir } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { KartotekaError } from '../contract/failure.ts'
import { childOf, isWithin, osFromText } from '../paths/os-path.ts'

/** Folders of the library as they are mirrored in another folder. */
export interface SidecarTree {
  /** Where the sidecar of a photo file goes; `null` for a file that lies in none of the folders. */
  readonly sidecarFor: (path: string) => string | null
}

/**
 * Each root becomes a folder of its own name; below it everything has its place as in the root.
 * @param to real path of the folder, in text form
 * @param roots paths of the library's roots
 * @throws KartotekaError `invalid-input` where sidecars would come to lie among the photos
 */
export function sidecarTree(to: string, roots: readonly string[]): SidecarTree {
  const taken = new Set<string>()
  const mirrored = roots.map((root) => {
    const name = freeName(basename(root).replaceAll(/[\\/:]/g, '') || 'disk', taken)
    return { root, folder: childOf(to, name) }
  })
  for (const { folder } of mirrored) {
    const met = roots.find((root) => isWithin(folder, root) || isWithin(root, folder))
    if (met !== undefined) {
      throw new KartotekaError(
        'invalid-input',
        `Sidecars in ${to} would lie among the photos of ${met}. Choose a folder outside of your photos.`,
      )
    }
  }
  return {
    sidecarFor: (path) => {
      const inside = mirrored
        .filter(({ root }) => isWithin(path, root))
        .toSorted((one, other) => other.root.length - one.root.length)[0]
      return inside === undefined
        ? null
        : `${childOf(inside.folder, path.slice(childOf(inside.root, '').length))}.xmp`
    },
  }
}

/** Makes the folder of a file. @throws what the file system says */
export async function makeFolderOf(path: string): Promise<void> {
  await mkdir(osFromText(dirname(path)), { recursive: true })
}

/** Two roots may have one name, on some systems also in other letters. */
function freeName(name: string, taken: Set<string>): string {
  let free = name
  for (let number = 2; taken.has(free.toLowerCase()); number += 1) free = `${name} (${number})`
  taken.add(free.toLowerCase())
  return free
}
