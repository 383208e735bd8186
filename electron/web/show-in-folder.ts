import { spawn } from 'node:child_process'
import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { KartotekaError } from '../core/contract/failure.ts'
import { osFromText } from '../core/paths/os-path.ts'
import { nameToOpen } from '../service/path-of.ts'

/** Whether this computer has a file manager that can be opened from here. */
export async function canShowInFolder(): Promise<boolean> {
  if (process.platform === 'win32' || process.platform === 'darwin') return true
  return hasDisplay() && (await onPath('xdg-open'))
}

/** A session with windows, on systems where there may be none. */
export function hasDisplay(env: NodeJS.ProcessEnv = process.env): boolean {
  if (process.platform === 'win32' || process.platform === 'darwin') return true
  return Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY'])
}

/**
 * Opens the file manager at a photo.
 * @param path In text form.
 * @throws KartotekaError `unsupported` when there is none, or the name cannot be passed to it.
 */
export async function showInFolder(path: string): Promise<void> {
  if (!(await canShowInFolder())) {
    throw new KartotekaError('unsupported', 'There is no file manager that could be opened from here.')
  }
  if (process.platform === 'linux') return open('xdg-open', [fileAddress(dirname(path))])
  const name = osFromText(path)
  if (typeof name !== 'string') {
    throw new KartotekaError('unsupported', `The name of ${path} cannot be passed to the file manager.`)
  }
  if (process.platform === 'darwin') return open('open', ['-R', name])
  return open('explorer.exe', [`/select,${name}`])
}

/**
 * Opens a photo with the program that the system has for it.
 * @param path In text form.
 * @throws KartotekaError `unsupported` when there is none, or it must not be opened
 */
export async function openFile(path: string): Promise<void> {
  if (!(await canShowInFolder())) {
    throw new KartotekaError('unsupported', 'There is no other program that could be opened from here.')
  }
  const name = nameToOpen(path)
  if (process.platform === 'linux') return open('xdg-open', [name])
  return open(process.platform === 'darwin' ? 'open' : 'explorer.exe', [name])
}

/** Opens a page in the person's browser; nothing happens where there is no browser to be found. */
export async function openPage(url: string): Promise<void> {
  if (process.platform === 'darwin') return open('open', [url])
  if (process.platform === 'win32') return open('explorer.exe', [url])
  if (hasDisplay() && (await onPath('xdg-open'))) open('xdg-open', [url])
}

/** `file:` URL of a folder, whatever bytes its name has. */
function fileAddress(folder: string): string {
  const name = osFromText(folder)
  const bytes = typeof name === 'string' ? Buffer.from(name) : name
  const escaped = [...bytes].map((byte) => {
    const character = String.fromCharCode(byte)
    return /[\w./~-]/.test(character) ? character : `%${byte.toString(16).padStart(2, '0')}`
  })
  return `file://${escaped.join('')}`
}

/** Arguments go as they are: no shell reads them. */
function open(command: string, args: readonly string[]): void {
  const child = spawn(command, args, { stdio: 'ignore', detached: true })
  child.on('error', () => {})
  child.unref()
}

async function onPath(command: string): Promise<boolean> {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const found = await Promise.all(
    folders.map((folder) =>
      access(join(folder, command), constants.X_OK).then(
        () => true,
        () => false,
      ),
    ),
  )
  return found.includes(true)
}
