import type { FileOrPhoto } from '../core/contract/contract.ts'
import { KartotekaError } from '../core/contract/failure.ts'
import type { Supervisor } from './supervisor.ts'

/**
 * Where a file is, in text form: what a shell shows in the file manager.
 * @throws KartotekaError `not-found` when the library has none of that id
 */
export async function pathOf(supervisor: Pick<Supervisor, 'inner'>, which: FileOrPhoto): Promise<string> {
  const path = await supervisor.inner('pathOf', which)
  if (!path.ok) throw new KartotekaError(path.error.code, path.error.message)
  if (path.value === null) throw new KartotekaError('not-found', `There is no ${which.kind} ${which.id}.`)
  return path.value
}
