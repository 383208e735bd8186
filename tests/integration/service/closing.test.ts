import { expect, it, vi } from 'vitest'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import { listRoots, removeRoot, settleRoots } from '../../../electron/core/library/roots/roots.ts'
import { closeLibrary } from '../../../electron/core/library/upkeep/open.ts'
import { openLibraryService, type LibraryService } from '../../../electron/service/library-service.ts'
import { addRoot } from '../../../electron/core/library/roots/roots.ts'
import { addFile, tempFolder, tempLibrary } from '../../fixtures/temp-library.ts'

const told = vi.fn<(name: string) => void>()

function openOn(library: string): Promise<LibraryService> {
  return openLibraryService({
    service: { library, shell: 'browser', checkOutput: true, crashesAllowed: 2 },
    lexicon: loadLexicon(),
    machineFolder: tempFolder(),
    afresh: false,
    emit: told,
    log: (line) => {
      told(line)
    },
  })
}

/** A closed library that keeps what it knows of a folder that was taken out. */
async function libraryWithout(folder: string, photos: number): Promise<string> {
  const library = tempLibrary()
  addRoot(library, folder)
  for (let number = 0; number < photos; number++) addFile(library, `${folder}/${number}.jpg`)
  removeRoot(library, listRoots(library)[0]?.id ?? 0, true)
  await settleRoots(library)
  closeLibrary(library)
  return library.folder
}

it('a library that is closed while a folder comes back is left alone, told of by nobody, and goes on when it is opened', async () => {
  const photos = tempFolder()
  const folder = await libraryWithout(photos, 1000)
  const first = await openOn(folder)
  await first.handlers.addFolders({ paths: [photos] })
  await first.close()
  const saidBefore = told.mock.calls.length
  await new Promise((resolve) => setTimeout(resolve, 1500))
  expect(told.mock.calls.slice(saidBefore)).toEqual([])

  const again = tempLibrary({}, folder)
  const left = (): unknown =>
    again.db.prepare("SELECT count(*) FROM file WHERE presence = 'removed'").pluck().get()
  expect(left()).toBeGreaterThan(0)
  await settleRoots(again)
  expect(left()).toBe(0)
})

it('no photo of a folder that was taken out is given out to be read', async () => {
  const library = tempLibrary()
  const photos = tempFolder()
  addRoot(library, photos)
  for (let number = 0; number < 500; number++) addFile(library, `${photos}/${number}.jpg`)
  closeLibrary(library)
  told.mockClear()
  const opened = await openOn(library.folder)
  const [folder] = await opened.handlers.getFolders(null)
  await opened.handlers.removeFolder({ id: folder?.id ?? 0, keepTags: true })
  await opened.close()

  const after = tempLibrary({}, library.folder)
  const states = after.db.prepare('SELECT DISTINCT presence FROM file').pluck().all()
  await settleRoots(after)
  expect(after.db.prepare("SELECT count(*) FROM file WHERE state IN ('done', 'failed')").pluck().get()).toBe(
    0,
  )
  expect(states).not.toContain('missing')
})
