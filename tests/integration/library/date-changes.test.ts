import { describe, expect, it } from 'vitest'
import type { DateChange } from '../../../electron/core/contract/dating.ts'
import type { PlaceChange } from '../../../electron/core/contract/placing.ts'
import { changeDates, previewDates } from '../../../electron/core/library/decisions/date-changes.ts'
import { changePlaces, previewPlaces } from '../../../electron/core/library/decisions/place-changes.ts'
import { undo } from '../../../electron/core/library/decisions/undo.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import { readPhoto } from '../../../electron/core/library/photos/details.ts'
import { addPhoto, derivedFaults, hashOf, tempLibrary } from '../../fixtures/temp-library.ts'

const inRome = { latitude: 41.9, longitude: 12.5 }
const inParis = { latitude: 48.86, longitude: 2.35 }

function filled(): { library: Library; ids: readonly [number, number, number, number] } {
  const library = tempLibrary()
  const add = (path: string, number: number, metadata: object): number =>
    addPhoto(library, { path, reading: { contentHash: hashOf(number), metadata } })
  const ids = [
    add('/photos/2019/b.jpg', 1, { takenAt: '2019-07-14T18:03:22', takenOffset: '+02:00' }),
    add('/photos/2019/a.jpg', 2, { takenAt: '2019-07-14T17:30:00', position: inRome }),
    add('/photos/scans/c.jpg', 3, { takenAt: '1965-01-01T00:00:00', takenPrecision: 'year' }),
    add('/photos/scans/IMG_20200229_101112.jpg', 4, { takenAt: '2003-01-01T00:00:00' }),
  ] as const
  return { library, ids }
}

const takenOf = (library: Library, id: number): string | null => readPhoto(library, id)?.takenAt ?? null

const preview = (library: Library, ids: readonly number[], change: DateChange) =>
  previewDates(library, ids, change)

/** A change does what its preview says, and undo takes all of it back. */
async function isAsShown(library: Library, ids: readonly number[], change: DateChange): Promise<void> {
  const before = ids.map((id) => readPhoto(library, id))
  const { changed, rows } = await preview(library, ids, change)
  expect(changeDates(library, ids, change)).toBe(changed)
  for (const { id, after } of rows)
    expect(readPhoto(library, id)).toMatchObject({
      takenAt: after?.at ?? null,
      takenPrecision: after?.precision ?? null,
      takenOffset: after?.offset ?? null,
    })
  expect(derivedFaults(library)).toEqual([])
  if (changed > 0) undo(library)
  expect(ids.map((id) => readPhoto(library, id))).toEqual(before)
}

const previewPlaced = (library: Library, ids: readonly number[], change: PlaceChange) =>
  previewPlaces(library, ids, change, 'en')

describe('dates of many photos', () => {
  it('are shifted together; what cannot be is counted and named', async () => {
    const { library, ids } = filled()
    const shown = await preview(library, [...ids, 999], { how: 'shift', seconds: 11_520 })
    expect(shown).toMatchObject({
      changed: 3,
      kept: [{ why: 'coarse', count: 1, names: ['c.jpg'] }],
      first: { id: ids[3], name: 'IMG_20200229_101112.jpg', at: '2003-01-01T00:00:00' },
      zone: '+02:00',
    })
    expect(shown.rows[0]).toEqual({
      id: ids[0],
      name: 'b.jpg',
      before: { at: '2019-07-14T18:03:22', precision: 'second', offset: '+02:00', from: 'exif' },
      after: { at: '2019-07-14T21:15:22', precision: 'second', offset: '+02:00', from: null },
    })
    await isAsShown(library, ids, { how: 'shift', seconds: 11_520 })
  })

  it('follow the first of them', async () => {
    const { library, ids } = filled()
    const change: DateChange = { how: 'first', at: '2019-07-14T20:00:00' }
    expect(changeDates(library, ids.slice(0, 2), change)).toBe(2)
    expect(takenOf(library, ids[1])).toBe('2019-07-14T20:00:00')
    expect(takenOf(library, ids[0])).toBe('2019-07-14T20:33:22')
    undo(library)
    await isAsShown(library, ids, change)
  })

  it('come from names of files and folders', async () => {
    const { library, ids } = filled()
    await isAsShown(library, ids, { how: 'name', of: 'file' })
    await isAsShown(library, ids, { how: 'name', of: 'folder' })
    const shown = await preview(library, ids, { how: 'name', of: 'file' })
    expect(shown).toMatchObject({ changed: 1, kept: [{ why: 'untold', count: 3 }] })
    expect(shown.rows[0]?.after?.at).toBe('2020-02-29T10:11:12')
  })

  it('are set, moved to another zone, and brought back as in the file', async () => {
    const { library, ids } = filled()
    const set: DateChange = {
      how: 'set',
      taken: { at: '1965-07-01T00:00:00', precision: 'month', offset: null },
    }
    await isAsShown(library, ids, set)
    await isAsShown(library, ids, { how: 'zone', from: '+02:00', to: '+05:30' })
    changeDates(library, ids, set)
    const shown = await preview(library, ids, { how: 'as-in-file' })
    expect(shown.rows.map(({ after }) => [after?.at, after?.from])).toEqual([
      ['2019-07-14T18:03:22', 'exif'],
      ['2019-07-14T17:30:00', 'exif'],
      ['1965-01-01T00:00:00', 'exif'],
      ['2003-01-01T00:00:00', 'exif'],
    ])
    expect(readPhoto(library, ids[0])?.inFiles?.takenAt).toBe('2019-07-14T18:03:22')
    await isAsShown(library, ids, { how: 'as-in-file' })
  })
})

describe('places of many photos', () => {
  it('are those of the photos nearest in time, within an hour, for those that have none', async () => {
    const { library, ids } = filled()
    const preview = await previewPlaced(library, ids, { how: 'nearby' })
    expect(preview).toMatchObject({
      changed: 1,
      rows: [
        { id: ids[0], before: null, after: inRome, neighbour: { id: ids[1], name: 'a.jpg', seconds: 2002 } },
      ],
      kept: [
        { why: 'placed', count: 1, names: ['a.jpg'] },
        { why: 'untimed', count: 1, names: ['c.jpg'] },
        { why: 'alone', count: 1 },
      ],
    })
    expect(changePlaces(library, ids, { how: 'nearby' })).toBe(1)
    expect(readPhoto(library, ids[0])?.position).toEqual(inRome)
    undo(library)
    expect(readPhoto(library, ids[0])?.position).toBeNull()
  })

  it('are set, taken away, and brought back as in the file', async () => {
    const { library, ids } = filled()
    expect(changePlaces(library, ids, { how: 'set', position: inParis })).toBe(4)
    expect(await previewPlaced(library, ids, { how: 'set', position: inParis })).toMatchObject({
      changed: 0,
      kept: [{ why: 'same', count: 4 }],
    })
    expect(readPhoto(library, ids[1])).toMatchObject({ position: inParis, inFiles: { position: inRome } })
    expect(changePlaces(library, ids, { how: 'set', position: 'none' })).toBe(4)
    expect(readPhoto(library, ids[1])?.position).toBeNull()
    const back = await previewPlaced(library, ids, { how: 'as-in-file' })
    expect(back.rows.map(({ after }) => after)).toEqual([null, { ...inRome, name: null }, null, null])
    expect(changePlaces(library, ids, { how: 'as-in-file' })).toBe(4)
    expect(readPhoto(library, ids[1])?.position).toEqual(inRome)
    expect(derivedFaults(library)).toEqual([])
  })
})
