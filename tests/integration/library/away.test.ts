import { describe, expect, it } from 'vitest'
import { hideAway, showAway, stillAwaySql } from '../../../electron/core/library/roots/offline.ts'
import { decide, decisionsOf } from '../../../electron/core/library/decisions/decisions.ts'
import { readPhoto } from '../../../electron/core/library/photos/details.ts'
import { ensureFolder, folderTree } from '../../../electron/core/library/roots/folders.ts'
import { markAway, markBack } from '../../../electron/core/library/roots/offline.ts'
import { setPresence } from '../../../electron/core/library/files/files.ts'
import {
  addPhoto,
  derivedFaults,
  fileIdAt,
  findingsOf,
  hashOf,
  planOf,
  tempLibrary,
} from '../../fixtures/temp-library.ts'

describe('photos that a person says are gone', () => {
  it('are hidden, only where their disk is away, and come back with all they had', async () => {
    const library = tempLibrary()
    const at = (path: string, number: number): number =>
      addPhoto(library, { path, reading: { contentHash: hashOf(number) } })
    const away = [at('/photos/trip/a.jpg', 1), at('/photos/trip/deep/b.jpg', 2)]
    const fileIds = ['/photos/trip/a.jpg', '/photos/trip/deep/b.jpg'].map((path) => fileIdAt(library, path))
    const [first = 0] = away
    const stays = at('/photos/home.jpg', 3)
    const other = at('/photos/trips.jpg', 4)
    decide(library, [first], 7, 'added')
    const found = findingsOf(library, first)
    const trip = ensureFolder(library, '/photos/trip')
    await markAway(library, [trip])

    expect(await hideAway(library, ensureFolder(library, '/photos'))).toEqual({ fileIds, changed: 2 })
    expect(away.map((id) => readPhoto(library, id)?.presence)).toEqual(['missing', 'missing'])
    expect([stays, other].map((id) => readPhoto(library, id)?.presence)).toEqual(['here', 'here'])
    expect(folderTree(library).map(({ path, photos }) => [path, photos])).toEqual([['/photos', 2]])
    expect(decisionsOf(library, first)).toEqual([{ term: 7, verdict: 'added' }])
    expect(await hideAway(library, trip)).toEqual({ fileIds: [], changed: 0 })

    await markBack(library, trip)
    setPresence(library, fileIds, 'here')
    expect(findingsOf(library, first)).toEqual(found)
    expect(derivedFaults(library)).toEqual([])
  })

  it('stay on the wall where a copy is there', async () => {
    const library = tempLibrary()
    const id = addPhoto(library, { path: '/photos/copy.jpg' })
    addPhoto(library, { path: '/photos/trip/a.jpg' })
    decide(library, [id], 7, 'added')
    const trip = ensureFolder(library, '/photos/trip')
    await markAway(library, [trip])
    expect((await hideAway(library, trip)).changed).toBe(0)
    expect(readPhoto(library, id)).toMatchObject({ path: '/photos/copy.jpg', presence: 'here', copies: 0 })
    expect(decisionsOf(library, id)).toEqual([{ term: 7, verdict: 'added' }])
    expect(derivedFaults(library)).toEqual([])
  })

  it('are none in a folder that is unknown', async () => {
    expect(await hideAway(tempLibrary(), 99)).toEqual({ fileIds: [], changed: 0 })
  })

  it('are shown again, as they were, when that is taken back', async () => {
    const library = tempLibrary()
    const photos = [1, 2, 3].map((number) =>
      addPhoto(library, { path: `/photos/trip/${number}.jpg`, reading: { contentHash: hashOf(number) } }),
    )
    const [first = 0] = photos
    decide(library, [first], 7, 'added')
    setPresence(library, [fileIdAt(library, '/photos/trip/2.jpg')], 'missing')
    const trip = ensureFolder(library, '/photos/trip')
    await markAway(library, [trip])
    const before = photos.map((id) => [readPhoto(library, id), findingsOf(library, id)])

    const { fileIds, changed } = await hideAway(library, trip)
    expect(changed).toBe(2)
    expect(await showAway(library, fileIds)).toBe(2)
    expect(photos.map((id) => [readPhoto(library, id), findingsOf(library, id)])).toEqual(before)
    expect(await showAway(library, fileIds)).toBe(0)
    expect(derivedFaults(library)).toEqual([])
  })

  it('stay hidden when their disk is back without them, or their content has turned up elsewhere', async () => {
    const library = tempLibrary()
    const photos = [1, 2].map((number) =>
      addPhoto(library, { path: `/photos/trip/${number}.jpg`, reading: { contentHash: hashOf(number) } }),
    )
    const [moved = 0, gone = 0] = photos
    const folder = ensureFolder(library, '/photos/trip')
    await markAway(library, [folder])
    const { fileIds } = await hideAway(library, folder)

    expect(addPhoto(library, { path: '/photos/home.jpg' })).toBe(moved)
    await markBack(library, folder)
    expect(await showAway(library, fileIds)).toBe(0)
    expect(readPhoto(library, moved)).toMatchObject({ presence: 'here', path: '/photos/home.jpg' })
    expect(readPhoto(library, gone)?.presence).toBe('missing')
    expect(derivedFaults(library)).toEqual([])
  })

  it('are looked up by their ids', () => {
    expect(planOf(tempLibrary(), stillAwaySql)).toMatch(
      /SEARCH fi USING INTEGER PRIMARY KEY[^]*SEARCH f USING .*rowid=\?/u,
    )
  })
})
