import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { descriptorBytes } from '../../../electron/core/alike/descriptor.ts'
import { closeLibrary, openLibrary } from '../../../electron/core/library/upkeep/open.ts'
import { addPhoto, hashOf, taggingOf } from '../../fixtures/temp-library.ts'
import { kartotekaHere, kartotekaJsonHere, newFolder, removeFolder } from './kartoteka.ts'

const here = newFolder()
const folder = join(here, 'library')
let ids: number[] = []

/** Features that turn from one direction to another. */
function turnedBy(degrees: number): Uint8Array {
  const bytes = new Uint8Array(descriptorBytes)
  // Something lighter beside something darker, without which it would be a plain surface.
  bytes.fill(0xa5, 256)
  const angle = (degrees * Math.PI) / 180
  new Int8Array(bytes.buffer, 0, 256).set(
    Array.from({ length: 256 }, (_, at) => 60 * (at % 2 === 0 ? Math.cos(angle) : Math.sin(angle))),
  )
  return bytes
}

beforeAll(() => {
  const library = openLibrary(folder, { mode: 'write' })
  ids = [0, 8, 4, 90, 85].map((degrees, at) =>
    addPhoto(library, {
      path: `/photos/${degrees}.jpg`,
      reading: { contentHash: hashOf(at + 1) },
      tagging: { ...taggingOf(), descriptor: { version: 'a', bytes: turnedBy(degrees) } },
    }),
  )
  addPhoto(library, { path: '/photos/older.jpg', reading: { contentHash: hashOf(9) } })
  closeLibrary(library)
  return () => {
    removeFolder(here)
  }
})

describe('kartoteka similar', () => {
  it('lists the photos that look like one, named by its path or number, the most alike first', async () => {
    const document = await kartotekaJsonHere(['similar', '/photos/0.jpg', '--library', folder])
    expect(document).toMatchObject({
      photo: ids[0],
      isKnown: true,
      photos: [{ path: '/photos/4.jpg' }, { path: '/photos/8.jpg' }],
    })
    const { status, stdout } = await kartotekaHere(['similar', String(ids[3]), '--library', folder])
    expect(status).toBe(0)
    expect(stdout).toMatch(/id +alike +taken +file\n *\d+ +\d+\.\d %.*\/photos\/85\.jpg\n$/)
  })

  it('lists no more than are asked for', async () => {
    const document = await kartotekaJsonHere([
      'similar',
      '/photos/0.jpg',
      '--limit',
      '1',
      '--library',
      folder,
    ])
    expect(document).toMatchObject({ photos: [{ path: '/photos/4.jpg' }] })
  })

  it('says so of a photo that nothing is known of yet', async () => {
    const { status, stdout } = await kartotekaHere(['similar', '/photos/older.jpg', '--library', folder])
    expect([status, stdout]).toEqual([0, expect.stringContaining('is not known yet')])
    expect(await kartotekaJsonHere(['similar', '/photos/older.jpg', '--library', folder])).toMatchObject({
      isKnown: false,
      photos: [],
    })
  })

  it('says why a file that is no picture cannot be looked at', async () => {
    const letter = join(here, 'letter.jpg')
    writeFileSync(letter, 'Dear Anna')
    const { status, stderr } = await kartotekaHere(['similar', letter, '--library', folder])
    expect([status, stderr]).toEqual([1, expect.stringMatching(/letter\.jpg.*text file/u)])
  })

  it('names a photo that is not there', async () => {
    const { status, stderr } = await kartotekaHere(['similar', '/photos/none.jpg', '--library', folder])
    expect([status, stderr]).toEqual([1, expect.stringContaining('/photos/none.jpg')])
  })
})

describe('kartoteka duplicates', () => {
  it('lists photos that are one picture with the one to keep, and what tells them apart', async () => {
    const twins = join(here, 'twins')
    const library = openLibrary(twins, { mode: 'write' })
    for (const [at, width] of [400, 4000].entries()) {
      addPhoto(library, {
        path: `/photos/${width}.jpg`,
        reading: { contentHash: hashOf(at + 1), width, height: width * 0.75 },
        tagging: { ...taggingOf(), descriptor: { version: 'a', bytes: turnedBy(0) } },
      })
    }
    closeLibrary(library)
    expect(await kartotekaJsonHere(['duplicates', '--library', twins])).toMatchObject({
      total: 1,
      groups: [
        {
          kind: 'same',
          reason: 'pixels',
          photos: [
            { path: '/photos/4000.jpg', changes: [] },
            { path: '/photos/400.jpg', changes: ['smaller'] },
          ],
        },
      ],
    })
    const { stdout } = await kartotekaHere(['duplicates', '--library', twins])
    expect(stdout).toMatch(/1  same, keep .*4000\.jpg\n.*1  smaller .*400\.jpg\n\n1 group\.\n$/)
  })

  it('says so where there are none', async () => {
    const empty = join(here, 'empty')
    closeLibrary(openLibrary(empty, { mode: 'write' }))
    const { status, stdout } = await kartotekaHere(['duplicates', '--library', empty])
    expect([status, stdout]).toEqual([0, 'No photos are one picture, and none were taken in a burst.\n'])
  })
})
