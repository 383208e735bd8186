import type { ShownFile } from '../core/contract/shell-calls.ts'
import { KartotekaError, valueOf } from '../core/contract/failure.ts'
import { basename } from 'node:path'
import { kindByName } from '../core/paths/file-kinds.ts'
import { osFromText } from '../core/paths/os-path.ts'
import type { Supervisor } from './supervisor.ts'

/**
 * Where a file is, in text form: what a shell shows in the file manager.
 * @throws KartotekaError `not-found` when the library has none of that id
 */
export async function pathOf(supervisor: Pick<Supervisor, 'inner'>, which: ShownFile): Promise<string> {
  const path = valueOf(await supervisor.inner('pathOf', which))
  if (path !== null) return path
  const what = which.kind === 'copies' ? 'copy that was saved' : `${which.kind} ${which.id}`
  throw new KartotekaError('not-found', `There is no ${what}.`)
}

/**
 * The name by which the system may open a photo with whatever program it has for such files. What is not called like a
 * photo is not opened: a picture may be found in a file that the system would run.
 * @param path in text form
 * @throws KartotekaError `unsupported`
 */
export function nameToOpen(path: string): string {
  const kind = kindByName(basename(path))
  if (kind !== 'photo' && kind !== 'raw') {
    throw new KartotekaError(
      'unsupported',
      `${path} is not called like a photo, so it is not opened by other programs.`,
    )
  }
  const name = osFromText(path)
  if (typeof name !== 'string') {
    throw new KartotekaError('unsupported', `The name of ${path} cannot be passed to another program.`)
  }
  return name
}
