import { describe, expect, it } from 'vitest'
import { generateLibrary } from '../../../electron/bench/generate-library.ts'
import { quickCheck } from '../../../electron/core/library/upkeep/check.ts'
import { readPhoto } from '../../../electron/core/library/photos/details.ts'
import { closeLibrary } from '../../../electron/core/library/upkeep/open.ts'
import { libraryFile } from '../../../electron/core/library/upkeep/library-files.ts'
import { addPhoto, derivedFaults, planOf, tempFolder, tempLibrary } from '../../fixtures/temp-library.ts'

describe('a generated library', () => {
  it('is one that indexing could have made', async () => {
    const folder = tempFolder()
    const made = await generateLibrary(folder, { photos: 3000, seed: 7 })
    expect(made).toMatchObject({ photos: 3000, tags: 15_000 })
    const library = tempLibrary({}, folder)
    expect(derivedFaults(library)).toEqual([])
    expect(quickCheck(libraryFile(folder))).toEqual([])
    const photo = readPhoto(library, 1500)
    expect(photo?.tags.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5])
    expect(photo?.tags.map(({ probability }) => probability)).toEqual(
      photo?.tags.map(({ probability }) => probability).toSorted((a, b) => b - a),
    )
    const schema = (db: typeof library.db): unknown[] =>
      db
        .prepare(
          "SELECT type, name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%' ORDER BY type, name",
        )
        .all()
    expect(schema(library.db)).toEqual(schema(tempLibrary().db))
  })

  it('never takes the place of a library that holds something', async () => {
    const library = tempLibrary()
    const id = addPhoto(library, { path: '/photos/a.jpg' })
    closeLibrary(library)
    await expect(generateLibrary(library.folder, { photos: 10 })).rejects.toMatchObject({
      code: 'invalid-input',
    })
    const again = tempLibrary({}, library.folder)
    expect(readPhoto(again, id)?.tags).toHaveLength(5)
    expect(planOf(again, 'SELECT photo_id FROM index_entry WHERE term = ? ORDER BY score')).toContain(
      'index_entry_by_score',
    )
  })

  it('is the same for the same seed', async () => {
    const [first, second] = [tempFolder(), tempFolder()]
    await generateLibrary(first, { photos: 500 })
    await generateLibrary(second, { photos: 500 })
    expect(readPhoto(tempLibrary({}, first), 400)).toEqual(readPhoto(tempLibrary({}, second), 400))
  })
})
