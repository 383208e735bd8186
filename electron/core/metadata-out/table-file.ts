import { open, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { KartotekaError } from '../contract/failure.ts'
import { childOf, osFromText } from '../paths/os-path.ts'
import { csvHead, csvLine } from './csv.ts'
import type { ExportedPhoto } from './exported-photo.ts'
import { jsonLine } from './json.ts'

/** A file with a line for each photo, which is there when all of it is. */
export interface TableFile {
  readonly path: string
  /** @throws what the file system says */
  readonly add: (photos: readonly ExportedPhoto[]) => Promise<void>
  /** Puts it in its place. @throws as `add` */
  readonly finish: () => Promise<void>
  /** Nothing is left of it, unless it was finished. */
  readonly discard: () => Promise<void>
}

export type TableFormat = 'csv' | 'json'

/**
 * Begins a file; in a folder one of its own, numbered if need be.
 * @param to absolute path of a folder, or of a file that is to be made, in text form
 * @throws KartotekaError `invalid-input` where there is such a file; what the file system says
 */
export async function openTable(to: string, format: TableFormat): Promise<TableFile> {
  const path = (await kindOf(to)) === 'folder' ? await freeName(to, format) : to
  if ((await kindOf(path)) !== 'nothing') {
    throw new KartotekaError(
      'invalid-input',
      `${path} is there already. Choose another name, or move it away.`,
    )
  }
  const temporary = childOf(dirname(path), `.${basename(path).slice(0, 100)}.kartoteka`)
  const file = await open(osFromText(temporary), 'w', 0o644)
  let isOpen = true
  let isEmpty = true
  await file.writeFile(format === 'csv' ? csvHead : '[')
  const close = async (): Promise<void> => {
    if (isOpen) await file.close()
    isOpen = false
  }
  return {
    path,
    add: async (photos) => {
      let text = ''
      for (const photo of photos) {
        text += format === 'csv' ? csvLine(photo) : `${isEmpty ? '\n' : ',\n'}${jsonLine(photo)}`
        isEmpty = false
      }
      await file.writeFile(text)
    },
    finish: async () => {
      if (format === 'json') await file.writeFile('\n]\n')
      await file.sync()
      await close()
      await rename(osFromText(temporary), osFromText(path))
    },
    discard: async () => {
      await close()
      await rm(osFromText(temporary), { force: true })
    },
  }
}

async function freeName(folder: string, format: TableFormat): Promise<string> {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? `kartoteka.${format}` : `kartoteka ${number}.${format}`
    const path = childOf(folder, name)
    if ((await kindOf(path)) === 'nothing') return path
  }
}

async function kindOf(path: string): Promise<'folder' | 'file' | 'nothing'> {
  const found = await stat(osFromText(path)).catch(() => null)
  if (found === null) return 'nothing'
  return found.isDirectory() ? 'folder' : 'file'
}
