import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import { closeLibrary } from '../../../electron/core/library/upkeep/open.ts'
import { addRoot } from '../../../electron/core/library/roots/roots.ts'
import { openLibraryService } from '../../../electron/service/library-service.ts'
import { createThumbnailSweeper } from '../../../electron/service/thumbnail-sweeper.ts'
import { addPhoto, hashOf, tempFolder, tempLibrary } from '../../fixtures/temp-library.ts'
import { eventually } from '../../fixtures/eventually.ts'

const kept = (library: Library): number => library.thumbnails.hashesAfter('', 10_000).length

/** A library with pictures of contents that no photo has. */
function withUnused(count: number): Library {
  const library = tempLibrary()
  library.thumbnails.put(
    Array.from({ length: count }, (_, at) => ({ contentHash: hashOf(at + 1), jpeg: Buffer.from('unused') })),
  )
  return library
}

describe('pictures that nobody needs any more', () => {
  it('go with the folder that a person takes out for good, and stay with one whose tags are kept', async () => {
    const library = tempLibrary()
    const [staying, forgotten] = [tempFolder(), tempFolder()]
    addRoot(library, staying)
    addRoot(library, forgotten)
    addPhoto(library, { path: `${staying}/a.jpg`, reading: { contentHash: hashOf(1) } })
    for (let number = 2; number < 250; number++) {
      addPhoto(library, { path: `${forgotten}/${number}.jpg`, reading: { contentHash: hashOf(number) } })
    }
    closeLibrary(library)
    const opened = await openLibraryService({
      service: { library: library.folder, shell: 'browser', checkOutput: true, crashesAllowed: 2 },
      lexicon: loadLexicon(),
      machineFolder: tempFolder(),
      afresh: false,
      emit: () => {},
      log: () => {},
    })
    const reader = tempLibrary({ mode: 'read' }, library.folder)
    onTestFinished(() => opened.close())
    expect(kept(reader)).toBe(249)
    for (const { id, path } of await opened.handlers.getFolders(null)) {
      await opened.handlers.removeFolder({ id, keepTags: path === staying })
    }
    await eventually(() => expect(kept(reader)).toBe(1))
    expect(reader.thumbnails.has(hashOf(1))).toBe(true)
  })

  it('stay while photos are indexed, and go once they are done', async () => {
    const library = withUnused(1000)
    let isFree = false
    const sweeper = createThumbnailSweeper(
      library,
      () => isFree,
      () => {},
    )
    sweeper.request()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(kept(library)).toBe(1000)
    isFree = true
    sweeper.sweepIfFree()
    // One step is done at once; then indexing begins.
    isFree = false
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(kept(library)).toBe(900)
    isFree = true
    sweeper.sweepIfFree()
    await eventually(() => expect(kept(library)).toBe(0))
  })

  it('are looked for once, and again when photos were forgotten', async () => {
    const library = withUnused(10)
    const sweeper = createThumbnailSweeper(
      library,
      () => true,
      () => {},
    )
    sweeper.sweepIfFree()
    await eventually(() => expect(kept(library)).toBe(0))
    library.thumbnails.put([{ contentHash: hashOf(1), jpeg: Buffer.from('unused') }])
    sweeper.sweepIfFree()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(kept(library)).toBe(1)
    sweeper.request()
    await eventually(() => expect(kept(library)).toBe(0))
  })

  it('that cannot be removed now are tried again, and what went wrong is said', async () => {
    const library = withUnused(10)
    const log = vi.fn<(line: string) => void>()
    const remove = vi.spyOn(library.thumbnails, 'remove').mockImplementationOnce(() => {
      throw new Error('The disk is full.')
    })
    const sweeper = createThumbnailSweeper(library, () => true, log)
    sweeper.sweepIfFree()
    await eventually(() =>
      expect(log).toHaveBeenCalledWith(expect.stringContaining('disk is full') as string),
    )
    expect(remove).toHaveBeenCalledTimes(1)
    sweeper.sweepIfFree()
    await eventually(() => expect(kept(library)).toBe(0))
  })
})
