import { createHash } from 'node:crypto'
import { appendFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sidecarFolder } from '../library/upkeep/library-files.ts'

/** Keeps what a sidecar was before Kartoteka first wrote to it. @throws what the file system says */
export type KeepFirstState = (path: string, bytes: Buffer) => Promise<void>

/**
 * In the library's folder, under a name made of the sidecar's path, which may be longer than a name can be. `paths.tsv`
 * there says which is which.
 */
export function firstStatesIn(libraryFolder: string): KeepFirstState {
  const folder = sidecarFolder(libraryFolder)
  return async (path, bytes) => {
    const name = `${createHash('sha256').update(path).digest('hex').slice(0, 32)}.xmp`
    await mkdir(folder, { recursive: true })
    try {
      await writeFile(join(folder, name), bytes, { flag: 'wx', flush: true })
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return
      throw error
    }
    await appendFile(join(folder, 'paths.tsv'), `${name}\t${path.replaceAll(/[\t\n]/g, ' ')}\n`)
  }
}
