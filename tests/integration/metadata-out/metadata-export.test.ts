import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { ExportState } from '../../../electron/core/contract/metadata-export.ts'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import { createMetadataExport } from '../../../electron/service/metadata-export.ts'
import { addPhoto, tempFolder, tempLibrary } from '../../fixtures/temp-library.ts'

function scene() {
  const library = tempLibrary()
  addPhoto(library, { path: '/photos/a.jpg' })
  const told: ExportState[] = []
  const running = createMetadataExport({
    library,
    lexicon: loadLexicon(),
    emit: (_, payload) => {
      told.push(payload as ExportState)
    },
  })
  const to = join(tempFolder(), 'out')
  const start = (folder = to) => {
    running.start({ format: 'xmp', to: folder, photoIds: null, language: 'en' })
  }
  return { ...running, start, told, to }
}

it('one export goes on at a time, and its end is told and remembered', async () => {
  const { start, end, state, told, to } = scene()
  expect(state()).toEqual({ phase: 'idle' })
  start()
  expect(start).toThrow('An export goes on already.')
  await expect.poll(() => state().phase).toBe('ended')
  expect(state()).toMatchObject({ report: { to, photos: 1, written: 1, stopped: false } })
  const phases = told.map(({ phase }) => phase)
  expect([phases[0], phases.at(-1), new Set(phases).size]).toEqual(['running', 'ended', 2])
  start()
  await end()
  expect(state()).toMatchObject({ report: { stopped: true } })
})

it('why it failed is told', async () => {
  const { start, state } = scene()
  start('/nowhere/at/all')
  await expect.poll(() => state().phase).toBe('failed')
  expect(state()).toMatchObject({ failure: { code: 'folder-missing' } })
})
