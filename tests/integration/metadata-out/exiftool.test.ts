import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { readXmp } from '../../../electron/core/imaging/metadata/xmp.ts'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import { decideByName } from '../../../electron/core/library/decisions/own-labels.ts'
import { say } from '../../../electron/core/library/decisions/person-facts.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import { exportMetadata } from '../../../electron/core/metadata-out/export-metadata.ts'
import type { ExportedPhoto } from '../../../electron/core/metadata-out/exported-photo.ts'
import { foreignPart, mergeSidecar } from '../../../electron/core/metadata-out/merge-sidecar.ts'
import { photosIn } from '../../../electron/core/metadata-out/read-photos.ts'
import { sidecarValues } from '../../../electron/core/metadata-out/sidecar-values.ts'
import { anyPhoto, barePhoto } from '../../fixtures/exported-photos.ts'
import { digikamSidecar, foreignSidecars, lightroomSidecar } from '../../fixtures/foreign-sidecars.ts'
import { addPhoto, hashOf, taggingOf, tempFolder, tempLibrary } from '../../fixtures/temp-library.ts'
import { asRead, exiftool, expectedOf, readSidecars } from './exiftool.ts'

const lexicon = loadLexicon()

/** Says of a photo of the library all that can be said of one. */
function sayAll(library: Library, id: number, photo: ExportedPhoto): void {
  const { rating, favourite, title, note, taken, position, labels } = photo
  const turns = [null, 90, 180, 270] as const
  say(library, [id], { field: 'rating', value: rating })
  say(library, [id], { field: 'favourite', value: favourite || null })
  say(library, [id], { field: 'title', value: title?.trim() || null })
  say(library, [id], { field: 'note', value: note?.trim() || null })
  say(library, [id], { field: 'taken', value: taken })
  say(library, [id], { field: 'position', value: position })
  say(library, [id], { field: 'turn', value: turns[id % turns.length] ?? null })
  // A label has a letter or a digit in its name.
  for (const { name } of labels)
    if (/[\p{L}\p{N}]/u.test(name)) decideByName(library, [id], `${name} ${id}`, 'added')
}

it('exiftool reads every field of 200 photos of a library as the library has them', async () => {
  const library = tempLibrary()
  const said = fc.sample(anyPhoto, { numRuns: 200, seed: 19 })
  for (const [at, photo] of said.entries()) {
    const id = addPhoto(library, {
      path: `/photos/${at % 5}/лето ${at}.jpg`,
      reading: { contentHash: hashOf(at + 1), metadata: { takenAt: '2019-07-14T18:03:22', rating: 2 } },
      tagging: taggingOf(at * 5, 0.9),
    })
    sayAll(library, id, photo)
  }
  // Places are looked up in a gazetteer, which is not what is tried here.
  library.db
    .exec(`INSERT INTO place (id, kind, key, name, shown, names) VALUES (1, 'town', 't', 'São "&" Paulo', '{}', '');
    UPDATE photo SET place_id = 1 WHERE latitude IS NOT NULL`)

  const to = join(tempFolder(), 'out')
  const report = await exportMetadata(
    library,
    lexicon,
    { format: 'xmp', to, photoIds: null, language: 'ru' },
    { signal: new AbortController().signal, onProgress: () => {} },
  )
  expect(report).toMatchObject({ photos: 200, written: 200, failed: 0 })
  const tags = await readSidecars(to)
  expect(tags.size).toBe(200)
  const photoOf = photosIn(library, lexicon, 'ru')
  for (let id = 1; id <= 200; id++) {
    const photo = photoOf(id) ?? barePhoto
    const path = join(to, `${photo.paths[0] ?? ''}.xmp`)
    expect({ path, ...asRead(tags.get(path) ?? {}) }).toEqual({ path, ...expectedOf(photo) })
  }
})

it('exiftool reads every field of photos that the library could have', async () => {
  const folder = tempFolder()
  const photos = fc.sample(anyPhoto, { numRuns: 100, seed: 20 })
  for (const [at, photo] of photos.entries()) {
    const text = mergeSidecar(null, sidecarValues(photo, 'all'))
    if (text !== null) writeFileSync(join(folder, `${at}.xmp`), text)
  }
  const tags = await readSidecars(folder)
  for (const [at, photo] of photos.entries())
    expect({ at, ...asRead(tags.get(join(folder, `${at}.xmp`)) ?? {}) }).toEqual({ at, ...expectedOf(photo) })
})

it('in sidecars of other programs exiftool reads theirs and ours', async () => {
  const folder = tempFolder()
  const photo: ExportedPhoto = {
    ...barePhoto,
    rating: 5,
    title: 'Ours & "new"',
    labels: [{ name: 'garden', path: ['garden'], isOwn: true, from: 'person' }],
    decided: new Set(['rating', 'title']),
  }
  for (const [name, text] of Object.entries({ digikamSidecar, lightroomSidecar }))
    writeFileSync(join(folder, `${name}.xmp`), mergeSidecar(text, sidecarValues(photo, 'all')) ?? '')
  const tags = await readSidecars(folder)
  expect(tags.get(join(folder, 'digikamSidecar.xmp'))).toMatchObject({
    'XMP-xmp:Rating': 5,
    'XMP-dc:Title': 'Ours & "new"',
    'XMP-dc:Title-ru': 'Гавань',
    'XMP-dc:Subject': ['Sea', 'Аня', 'garden'],
    'XMP-digiKam:TagsList': ['Places/Sea', 'People/Аня', 'garden'],
    'XMP-digiKam:ColorLabel': 3,
  })
  expect(tags.get(join(folder, 'lightroomSidecar.xmp'))).toMatchObject({
    'XMP-xmp:Rating': 5,
    'XMP-dc:Title': 'Ours & "new"',
    'XMP-dc:Subject': ['harbour', 'garden'],
    'XMP-crs:WhiteBalance': 'As Shot',
    'XMP-crs:ToneCurvePV2012': ['0, 0', '255, 255'],
  })
})

it('what exiftool laid out anew is still told from ours', async () => {
  const folder = tempFolder()
  const [photo = barePhoto] = fc.sample(anyPhoto, { numRuns: 1, seed: 5 })
  for (const [name, text] of Object.entries(foreignSidecars))
    writeFileSync(join(folder, `${name}.xmp`), mergeSidecar(text, sidecarValues(photo, 'all')) ?? '')
  await exiftool('-overwrite_original', '-XMP-photoshop:Headline=anew', '-ext', 'xmp', folder)
  for (const [name, text] of Object.entries(foreignSidecars)) {
    const anew = readFileSync(join(folder, `${name}.xmp`), 'utf8')
    expect(anew).toContain('anew')
    expect(readXmp(Buffer.from(anew))).toEqual(readXmp(Buffer.from(text)))
    expect(foreignPart(anew)).not.toContain('kartoteka')
  }
})
