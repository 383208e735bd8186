import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ExportFormat } from '../../../electron/core/contract/metadata-export.ts'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import { decide } from '../../../electron/core/library/decisions/decisions.ts'
import { decideByName } from '../../../electron/core/library/decisions/own-labels.ts'
import { say } from '../../../electron/core/library/decisions/person-facts.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import { exportMetadata } from '../../../electron/core/metadata-out/export-metadata.ts'
import { photoIdsSql, photosIn } from '../../../electron/core/metadata-out/read-photos.ts'
import { digikamSidecar } from '../../fixtures/foreign-sidecars.ts'
import { addPhoto, hashOf, planOf, taggingOf, tempFolder, tempLibrary } from '../../fixtures/temp-library.ts'

const lexicon = loadLexicon()
const beagle = 162

/** Three photos, of which the first has much said of it. */
function filledLibrary(): Library {
  const library = tempLibrary()
  for (const [at, path] of ['/photos/2019/a.jpg', '/photos/2019/a.CR2', '/photos/b.jpg'].entries())
    addPhoto(library, {
      path,
      reading: { contentHash: hashOf(at + 1), metadata: { takenAt: '2019-07-14T18:03:22' } },
      tagging: taggingOf(beagle, 0.97, [{ categoryId: 1002, probability: 0.98 }]),
    })
  decideByName(library, [1], 'garden', 'added')
  say(library, [1], { field: 'title', value: 'Rex' })
  return library
}

function out(library: Library, format: ExportFormat, to: string, signal = new AbortController().signal) {
  const steps: number[] = []
  const report = exportMetadata(
    library,
    lexicon,
    { format, to, photoIds: null, language: 'en' },
    { signal, onProgress: ({ done }) => steps.push(done) },
  )
  return report.then((value) => ({ ...value, steps }))
}

describe('what the library says of a photo', () => {
  it('are the labels that are sure or a person gave, with their way in the tree; none that was removed', () => {
    const library = filledLibrary()
    const namesOf = () => photosIn(library, lexicon, 'en')(1)?.labels.map(({ name, from }) => [name, from])
    expect(namesOf()).toEqual([
      ['garden', 'person'],
      ['dog', 'network'],
      ['beagle', 'network'],
    ])
    expect(photosIn(library, lexicon, 'ru')(1)?.labels.find(({ name }) => name === 'бигль')?.path).toEqual([
      'животное',
      'млекопитающее',
      'собака',
      'гончая',
      'бигль',
    ])
    decide(library, [1], beagle, 'removed')
    decide(library, [1], 1002, 'confirmed')
    expect(namesOf()).toEqual([
      ['animal', 'person'],
      ['mammal', 'person'],
      ['dog', 'person'],
      ['garden', 'person'],
    ])
    expect(photosIn(library, lexicon, 'en')(99)).toBeNull()
  })

  it('how it is turned includes what the file says', () => {
    const library = filledLibrary()
    addPhoto(library, { path: '/photos/c.jpg', reading: { contentHash: hashOf(9), orientation: 6 } })
    say(library, [1, 4], { field: 'turn', value: 90 })
    const turned = [1, 2, 4].map((id) => photosIn(library, lexicon, 'en')(id)?.orientation)
    expect(turned).toEqual([6, 1, 3])
  })
})

describe('an export', () => {
  it('as sidecars mirrors the folders, a RAW file and its JPEG each with its own; the second time nothing is written', async () => {
    const library = filledLibrary()
    const to = join(tempFolder(), 'new')
    expect(await out(library, 'xmp', to)).toEqual({
      to,
      photos: 3,
      written: 3,
      unchanged: 0,
      failed: 0,
      failures: [],
      stopped: false,
      steps: [0, 3],
    })
    expect(readdirSync(to, { recursive: true }).sort()).toEqual([
      'photos',
      'photos/2019',
      'photos/2019/a.CR2.xmp',
      'photos/2019/a.jpg.xmp',
      'photos/b.jpg.xmp',
    ])
    expect(readFileSync(join(to, 'photos/2019/a.jpg.xmp'), 'utf8')).toContain('Rex')
    expect(await out(library, 'xmp', to)).toMatchObject({ written: 0, unchanged: 3 })
  })

  it('keeps what another program wrote there, and names what it cannot write', async () => {
    const library = filledLibrary()
    const to = tempFolder()
    mkdirSync(join(to, 'photos'))
    mkdirSync(join(to, 'photos/b.jpg.xmp'))
    mkdirSync(join(to, 'photos/2019'))
    writeFileSync(join(to, 'photos/2019/a.jpg.xmp'), digikamSidecar)
    const report = await out(library, 'xmp', to)
    expect(report).toMatchObject({ written: 2, failed: 1 })
    expect(report.failures).toEqual([expect.stringContaining('photos/b.jpg.xmp was not written')])
    expect(readFileSync(join(to, 'photos/2019/a.jpg.xmp'), 'utf8')).toContain('digiKam:ColorLabel="3"')
  })

  it('never lies among the photos', async () => {
    const library = filledLibrary()
    for (const to of ['/photos', '/photos/2019', '/']) {
      await expect(out(library, 'xmp', to)).rejects.toMatchObject({
        code: expect.stringMatching(/invalid-input|folder-missing/) as string,
      })
    }
  })

  it('as JSON is an array with a photo a line', async () => {
    const library = filledLibrary()
    const to = join(tempFolder(), 'out.json')
    expect(await out(library, 'json', to)).toMatchObject({ to, photos: 3, written: 1 })
    const text = readFileSync(to, 'utf8')
    expect(text.trim().split('\n')).toHaveLength(5)
    expect((JSON.parse(text) as unknown[])[0]).toEqual({
      path: '/photos/2019/a.jpg',
      otherPaths: [],
      contentHash: hashOf(1),
      labels: [
        { name: 'garden', tree: ['garden'], own: true, from: 'person' },
        { name: 'dog', tree: ['animal', 'mammal', 'dog'], own: false, from: 'network' },
        { name: 'beagle', tree: ['animal', 'mammal', 'dog', 'hound', 'beagle'], own: false, from: 'network' },
      ],
      albums: [],
      rating: null,
      favourite: false,
      hidden: false,
      title: 'Rex',
      note: null,
      taken: { at: '2019-07-14T18:03:22', precision: 'second', offset: null, from: 'exif' },
      position: null,
      place: null,
    })
  })

  it('as a table takes a name of its own in a folder, and no place of another file', async () => {
    const library = filledLibrary()
    const folder = tempFolder()
    await out(library, 'csv', folder)
    await out(library, 'csv', folder)
    expect(readdirSync(folder)).toEqual(['kartoteka 2.csv', 'kartoteka.csv'])
    const taken = join(folder, 'kartoteka.csv')
    await expect(out(library, 'csv', taken)).rejects.toThrow(`${taken} is there already.`)
    await expect(out(library, 'csv', join(folder, 'gone/a.csv'))).rejects.toThrow('cannot be written')
  })

  it('that is stopped leaves no half of a table', async () => {
    const library = filledLibrary()
    const to = join(tempFolder(), 'out.csv')
    expect(await out(library, 'csv', to, AbortSignal.abort())).toMatchObject({ photos: 0, stopped: true })
    expect(readdirSync(dirname(to))).toEqual([])
  })

  it('reads its photos in the order of their keys, without sorting them', () => {
    expect(planOf(filledLibrary(), photoIdsSql)).toBe('SCAN photo')
  })
})
