import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readPhoto } from '../../../electron/core/library/photos/details.ts'
import { migrationsFolder, readMigrations } from '../../../electron/core/library/upkeep/migrate.ts'
import { derivedFaults } from '../../fixtures/temp-library.ts'
import { photosFolder } from '../../fixtures/synthetic.ts'
import { xmpPacket } from '../../fixtures/xmp.ts'
import sharp from 'sharp'
import { filesIn, index, scratch, testLibrary } from './index-photos.ts'

/** What migrations do to have files read again of which more is known by now. */
const queueing = readMigrations(migrationsFolder()).flatMap(
  ({ sql }) => sql.match(/^UPDATE file SET state = 'pending'[^;]+;/gm) ?? [],
)

it('files that a migration has read again tell anew what they say, and no picture is classified for it', async () => {
  const folder = scratch()
  const names = ['n02391049_zebra.JPEG', 'n02007558_flamingo.JPEG', 'n02128925_jaguar.JPEG']
  for (const [index, name] of names.entries()) {
    const words = xmpPacket({ keywords: ['zoo'], created: '2019-07-14T18:03:22+02:00' })
    const photo = sharp(join(photosFolder, name)).withXmp(words.toString())
    // Some migrations concern a few formats only.
    const written = index === 0 ? photo.png() : photo.jpeg()
    writeFileSync(join(folder, index === 0 ? 'zebra.png' : name), await written.toBuffer())
  }
  const library = testLibrary()
  expect(await index(library, { folders: [folder] })).toMatchObject({ indexed: 3, inferences: 3 })
  const shown = (): unknown[] =>
    filesIn(library).map(({ photoId, state, tags }) => {
      const photo = readPhoto(library, photoId ?? 0)
      return { state, tags, at: photo?.takenAt, offset: photo?.takenOffset, keywords: photo?.keywords }
    })
  const before = shown()
  expect(before[0]).toMatchObject({ offset: '+02:00', keywords: ['zoo'], tags: 5, state: 'done' })
  const classified = library.db.prepare('SELECT * FROM classification').all()

  expect(queueing.length).toBeGreaterThan(1)
  for (const sql of queueing) {
    library.db.exec(sql)
    const queued = filesIn(library).filter(({ state }) => state === 'pending')
    expect(queued.length).toBeGreaterThan(0)
    // As it was read by a program that knew less.
    library.db.exec(`UPDATE photo SET taken_offset = -480, keywords = '[]'
      WHERE id IN (SELECT photo_id FROM file WHERE state = 'pending')`)
    expect(await index(library)).toMatchObject({ inferences: 0, failed: 0, queued: 0 })
    expect(shown()).toEqual(before)
  }
  expect(library.db.prepare('SELECT * FROM classification').all()).toEqual(classified)
  expect(derivedFaults(library)).toEqual([])
})
