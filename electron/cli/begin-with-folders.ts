import * as v from 'valibot'
import { calls } from '../core/contract/contract.ts'
import type { Supervisor } from '../service/supervisor.ts'

/**
 * Adds folders, as absolute paths, to the library of a running service and begins to index.
 * @returns a sentence for each thing that could not be done
 */
export async function beginWithFolders(
  { call }: Pick<Supervisor, 'call'>,
  paths: readonly string[],
): Promise<string[]> {
  const added = await call('addFolders', { paths })
  if (!added.ok) return [added.error.message]
  const { refused } = v.parse(calls.addFolders.output, added.value)
  const started = await call('startIndexing', { folderId: null, again: false })
  return [...refused.map(({ failure }) => failure.message), ...(started.ok ? [] : [started.error.message])]
}
