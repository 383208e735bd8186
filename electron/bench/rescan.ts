import { join } from 'node:path'
import type { ChosenModel } from '../core/classify/choice.ts'
import { ensureFolder } from '../core/library/roots/folders.ts'
import { closeLibrary, openLibrary } from '../core/library/upkeep/open.ts'
import { addFiles } from '../core/library/files/files.ts'
import { write } from '../core/library/library.ts'
import { addRoot, settleRoots } from '../core/library/roots/roots.ts'
import { prepare } from '../core/library/statements.ts'
import { realFolder } from '../core/paths/real-folder.ts'
import { walk } from '../core/scan/walk.ts'
import { indexHere } from './index-here.ts'
import { linkPhotos, makePhotos } from './synthetic-photos.ts'
import { rounded } from './measure.ts'
import { inScratch } from './scratch.ts'

export interface Rescan {
  readonly photos: number
  readonly seconds: number
  readonly inferences: number
}

/** File systems allow some 65,000 links to one file. */
const photosPerSource = 30_000

/**
 * A second pass over many unchanged files. They are taken into the library as done beforehand: only the second pass
 * is of interest. The folder is settled before it has photos, as when it is added: that happens once, and is no part of
 * any pass.
 */
export function rescan(photos: number, perFolder: number, model: ChosenModel): Promise<Rescan> {
  return inScratch(async (scratch) => {
    const sources = Math.ceil(photos / photosPerSource)
    await makePhotos(join(scratch, 'sources'), sources, { width: 64, height: 48 })
    const paths = Array.from({ length: sources }, (_, number) =>
      join(scratch, 'sources', `photo-${number}.jpg`),
    )
    const folder = join(scratch, 'photos')
    linkPhotos(paths, folder, photos, perFolder)
    const library = openLibrary(join(scratch, 'library'), { mode: 'write' })
    try {
      const root = addRoot(library, realFolder(folder))
      await settleRoots(library)
      for (const visit of walk(root.path)) {
        if (visit.state !== 'read' || visit.files.length === 0) continue
        const folderId = ensureFolder(library, visit.path)
        addFiles(library, folderId, visit.files)
      }
      write(library, () => prepare<[]>(library, "UPDATE file SET state = 'done'").run())
      const start = performance.now()
      const { found, unchanged, inferences } = await indexHere(library, folder, model, 1)
      if (found !== photos || unchanged !== photos)
        throw new Error(`${unchanged} of ${photos} were left alone`)
      return { photos, seconds: rounded((performance.now() - start) / 1000, 3), inferences }
    } finally {
      closeLibrary(library)
    }
  })
}
