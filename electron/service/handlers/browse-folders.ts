import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { KartotekaError } from '../../core/contract/failure.ts'
import type { CallOutput } from '../../core/contract/contract.ts'
import { osFromText, textFromOs } from '../../core/paths/os-path.ts'
import { systemReason } from '../../core/paths/system-reason.ts'
import { givenFolder } from './given-path.ts'

/** Of the files that may hold the network's weights. */
const weightsEnding = /\.onnx$/iu

/**
 * The folders inside one folder, for people without a folder dialog; `null` starts at home. Hidden ones are left
 * out: they hold caches and settings, not photos.
 * @param withWeights also name the files that may hold the network's weights
 * @throws KartotekaError `folder-missing` when it cannot be read.
 */
export async function browseFolders(
  path: string | null,
  withWeights: boolean,
): Promise<CallOutput<'browseFolders'>> {
  const here = resolve(path === null ? homedir() : givenFolder(path))
  const entries = await readdir(osFromText(here), { withFileTypes: true, encoding: 'buffer' }).catch(
    (error: unknown) => {
      throw new KartotekaError('folder-missing', `${here} cannot be read: ${systemReason(error)}.`)
    },
  )
  const named = (wanted: Dirent<Buffer>[]): CallOutput<'browseFolders'>['children'] =>
    wanted
      .map((entry) => textFromOs(entry.name))
      .filter(
        (name) => !name.startsWith('.') && name !== '$RECYCLE.BIN' && name !== 'System Volume Information',
      )
      .sort((a, b) => a.localeCompare(b, undefined, { numeric: true }))
      .map((name) => ({ name, path: join(here, name) }))
  const children = named(entries.filter((entry) => entry.isDirectory()))
  const weights = withWeights
    ? named(entries.filter((entry) => entry.isFile() && weightsEnding.test(textFromOs(entry.name))))
    : []
  const parent = dirname(here)
  return { path: here, parent: parent === here ? null : parent, children, weights }
}
