import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { components, descriptorBytes } from '../../../electron/core/alike/descriptor.ts'
import { closeLibrary, openLibrary } from '../../../electron/core/library/upkeep/open.ts'
import { addPhoto, hashOf } from '../../fixtures/temp-library.ts'
import { kartotekaHere, kartotekaJsonHere, newFolder, removeFolder } from './kartoteka.ts'

const library = newFolder()

/** Sixty photos, each kind of ten of which looks alike; the last one was not looked at. */
beforeAll(() => {
  const opened = openLibrary(library, { mode: 'write' })
  const ids = Array.from({ length: 60 }, (_, at) =>
    addPhoto(opened, { path: `/photos/${at + 1}.jpg`, reading: { contentHash: hashOf(at + 1) } }),
  )
  opened.features.put(
    ids.slice(0, -1).map((photoId) => {
      const bytes = new Uint8Array(descriptorBytes)
      const numbers = new Int8Array(bytes.buffer, 0, components)
      numbers[photoId % 6] = 100
      numbers[10 + photoId] = 20
      return { photoId, contentHash: hashOf(photoId), descriptor: { version: 'one', bytes } }
    }),
  )
  closeLibrary(opened)
})
afterAll(() => {
  removeFolder(library)
})

const teach = (...args: readonly string[]) => kartotekaHere(['teach', ...args, '--library', library])
const teachJson = (...args: readonly string[]) => kartotekaJsonHere(['teach', ...args, '--library', library])

describe('kartoteka teach', () => {
  it('makes the label, and finds what looks like its photos', async () => {
    expect(await teachJson('Our garden', '--yes', '/photos/1.jpg', '7', '--no', '/photos/2.jpg')).toEqual({
      word: 'Our garden',
      changed: 3,
      yes: 2,
      no: 1,
      state: 'order',
      sure: 0,
      possible: 0,
    })
    const found = await kartotekaJsonHere(['search', 'our garden', '--library', library])
    const photos = (found as { readonly photos: readonly { readonly path: string }[] }).photos
    expect(photos.slice(0, 10).every(({ path }) => Number(/\d+/.exec(path)?.[0]) % 6 === 1)).toBe(true)
  })

  it('goes on from what was taught before, and says so', async () => {
    const { stdout } = await teach('our garden', '--yes', '13')
    expect(stdout).toContain('Our garden has 3 photos to learn from, and 1 that is not it.')
    expect(stdout).toContain('too little to say how likely')
  })

  it('waits for the network where it has not seen the photos', async () => {
    expect(await teachJson('Baikal', '--yes', '60')).toMatchObject({ state: 'waiting', yes: 1 })
  })

  it.each([
    [['x', '--no', '1'], 'Name at least one photo that is x.'],
    [['x', '--yes', '1', '--no', '1'], 'cannot be an example of the word and of what it is not'],
    [['x', '--yes', '/photos/none.jpg'], 'The library has no photo /photos/none.jpg.'],
    [[' ', '--yes', '1'], 'word'],
  ])('%j: a sentence, and nothing changed', async (args, message) => {
    const { status, stdout, stderr } = await teach(...args)
    expect(status).not.toBe(0)
    expect(stdout).toBe('')
    expect(stderr).toContain(message)
  })
})
