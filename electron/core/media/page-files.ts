import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'

/** One file of the built renderer. */
export interface PageFile {
  readonly type: string
  /** Its name changes with its content, so it may be kept for ever. */
  readonly immutable: boolean
  readonly read: () => Promise<Buffer>
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}

/**
 * The files a shell may serve as its page, by URL path: those that lie in the folder now, of the types above,
 * and `/` for index.html. A request can only name one of them, so no trick with dots or slashes leads out.
 * Empty when the folder is not there.
 */
export async function listPageFiles(folder: string): Promise<ReadonlyMap<string, PageFile>> {
  const files = new Map<string, PageFile>()
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  for (const entry of entries) {
    const type = types[extname(entry.name)]
    if (!entry.isFile() || type === undefined) continue
    const full = join(entry.parentPath, entry.name)
    const address = full.slice(folder.length).replaceAll('\\', '/').replace(/^\/*/, '/')
    files.set(address, {
      type,
      immutable: address.startsWith('/assets/'),
      read: () => readFile(full),
    })
  }
  const index = files.get('/index.html')
  if (index) files.set('/', index)
  return files
}
