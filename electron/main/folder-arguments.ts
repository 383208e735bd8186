import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The folders among the arguments the app was started with ("Open with", a command line). Options and files
 * are left out; so is what does not exist. File managers on Linux name folders by `file:` addresses.
 * @param cwd Where relative ones start.
 */
export async function foldersAmong(args: readonly string[], cwd: string): Promise<string[]> {
  const paths = args.flatMap((arg) => pathOf(arg, cwd))
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

function pathOf(arg: string, cwd: string): string[] {
  if (arg === '' || arg.startsWith('-')) return []
  if (!/^file:\/\//i.test(arg)) return [resolve(cwd, arg)]
  try {
    return [fileURLToPath(arg)]
  } catch {
    // An address of another computer, or of nothing at all.
    return []
  }
}
