import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'

/**
 * The folders among the arguments the app was started with ("Open with", a command line). Options and files
 * are left out; so is what does not exist.
 * @param cwd Where relative ones start.
 */
export async function foldersAmong(args: readonly string[], cwd: string): Promise<string[]> {
  const paths = args.filter((arg) => arg !== '' && !arg.startsWith('-')).map((arg) => resolve(cwd, arg))
  const kinds = await Promise.all(
    paths.map((path) =>
      stat(path).then(
        (found) => found.isDirectory(),
        () => false,
      ),
    ),
  )
  return paths.filter((_path, at) => kinds[at])
}
