import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import { say } from '../../../electron/core/library/decisions/person-facts.ts'
import { undo } from '../../../electron/core/library/decisions/undo.ts'
import { addRoot } from '../../../electron/core/library/roots/roots.ts'
import { changeSettings, readSettings } from '../../../electron/service/settings-store.ts'
import { createSidecarWriter } from '../../../electron/service/sidecar-writer.ts'
import { addPhoto, tempFolder, tempLibrary } from '../../fixtures/temp-library.ts'

/** A library with a photo in a folder, and the writer beside it. @param isOn what the library came with */
function scene(isOn: boolean) {
  const folder = tempFolder()
  const library = tempLibrary()
  addRoot(library, folder)
  const id = addPhoto(library, { path: join(folder, 'a.jpg') })
  changeSettings(library, { writeSidecars: isOn })
  const writer = createSidecarWriter({
    library,
    lexicon: loadLexicon(),
    settings: () => readSettings(library),
    switchOff: () => changeSettings(library, { writeSidecars: false }),
    onFailure: (message) => {
      throw new Error(message)
    },
    log: () => {},
    rest: 0,
  })
  onTestFinished(writer.end)
  return { library, id, writer, sidecar: join(folder, 'a.jpg.xmp') }
}

it('writes what was decided when the person switches it on, and follows', async () => {
  const { library, id, writer, sidecar } = scene(false)
  say(library, [id], { field: 'title', value: 'Rex' })
  writer.soon()
  changeSettings(library, { writeSidecars: true })
  writer.follow()
  await expect.poll(() => existsSync(sidecar) && readFileSync(sidecar, 'utf8')).toContain('Rex')
  undo(library)
  writer.soon()
  await expect.poll(() => existsSync(sidecar)).toBe(false)
})

it('writes nothing for a library that came with the switch on from elsewhere', async () => {
  const { library, id, writer, sidecar } = scene(true)
  expect(readSettings(library).writeSidecars).toBe(false)
  say(library, [id], { field: 'title', value: 'Rex' })
  writer.retry()
  await writer.end()
  expect(existsSync(sidecar)).toBe(false)
})
