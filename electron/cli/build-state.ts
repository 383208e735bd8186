import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const fileName = '.built-from'

/** A digest of names, sizes and times of all source files in these folders of the checkout. */
export async function buildState(root: string, folders: readonly string[]): Promise<string> {
  const hash = createHash('sha256')
  for (const folder of [...folders, 'package-lock.json']) {
    const path = join(root, folder)
    const files = (await stat(path)).isDirectory()
      ? (await readdir(path, { recursive: true })).map((name) => join(path, name)).toSorted()
      : [path]
    for (const file of files) {
      const { size, mtimeMs } = await stat(file)
      hash.update(`${file}\n${size}\n${mtimeMs}\n`)
    }
  }
  return hash.digest('hex')
}

/** Whether the built folder was made from sources in that state. */
export function isBuiltFrom(out: string, state: string): boolean {
  try {
    return readFileSync(join(out, fileName), 'utf8') === state
  } catch {
    return false
  }
}

export async function noteBuiltFrom(out: string, state: string): Promise<void> {
  await writeFile(join(out, fileName), state)
}
