import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hasDisplay } from '../web/show-in-folder.ts'

export type ElectronProgram =
  { readonly ok: true; readonly program: string } | { readonly ok: false; readonly why: string }

/**
 * The Electron program of a checkout, if the package has brought it already and there is a display; it is never
 * fetched here, since that may hang.
 * @param root of the checkout
 */
export function electronProgram(root: string): ElectronProgram {
  const folder = join(root, 'node_modules/electron')
  const dist = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist')
  const pathFile = join(folder, 'path.txt')
  const program = join(dist, existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : 'electron')
  if (!existsSync(program)) {
    return {
      ok: false,
      why: 'The Electron program is not installed (`npx install-electron` fetches it from GitHub).',
    }
  }
  return hasDisplay() ? { ok: true, program } : { ok: false, why: 'There is no display to open a window on.' }
}
