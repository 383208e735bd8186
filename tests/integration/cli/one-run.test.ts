import { expect, it } from 'vitest'
import { readSetting, writeSetting } from '../../../electron/core/library/settings.ts'
import { closeLibrary } from '../../../electron/core/library/upkeep/open.ts'
import { changeSettings } from '../../../electron/service/settings-store.ts'
import { copyPhotos } from '../../fixtures/originals.ts'
import { tempFolder, tempLibrary } from '../../fixtures/temp-library.ts'
import { kartotekaJson } from './kartoteka.ts'

it('does what it was asked for, whatever the person wants of the window, and leaves that as it was', async () => {
  const photos = tempFolder()
  copyPhotos(photos, 2)
  for (const wish of ['paused', 'stopped', 'rest']) {
    const library = tempLibrary()
    writeSetting(library, 'indexing', wish)
    changeSettings(library, { effort: 'gentle', pauseOnBattery: true })
    closeLibrary(library)
    const document = await kartotekaJson(['index', photos, '--library', library.folder])
    expect(document).toMatchObject({ found: 2, indexed: 2, queued: 0, stopped: false })
    const after = tempLibrary({}, library.folder)
    expect(readSetting(after, 'indexing')).toBe(wish)
  }
})

it('looks into no other folder of the library than those it was told', async () => {
  const [one, other] = [tempFolder(), tempFolder()]
  copyPhotos(one, 1)
  copyPhotos(other, 1, 1)
  const library = tempFolder()
  await kartotekaJson(['index', one, '--library', library])
  copyPhotos(one, 1, 2)
  const document = await kartotekaJson(['index', other, '--library', library])
  expect(document).toMatchObject({ found: 1, indexed: 1, unchanged: 0 })
})
