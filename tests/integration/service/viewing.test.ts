import SQLite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { loadLexicon } from '../../../electron/core/labels/lexicon.ts'
import { photoDetails } from '../../../electron/core/search/photo-details.ts'
import { innerHandlers } from '../../../electron/service/inner-handlers.ts'
import type { Context } from '../../../electron/service/context.ts'
import { addPhoto, hashOf, tempLibrary } from '../../fixtures/temp-library.ts'

describe('a photo that its sidecar turns', () => {
  it('is asked for with that turn, under another version, so that no old picture is shown', async () => {
    const library = tempLibrary()
    const id = addPhoto(library, { path: '/photos/a.jpg', reading: { orientation: 6 } })
    const asked: unknown[] = []
    const viewing = {
      ask: (name: string, input: unknown) => {
        asked.push([name, input])
        return Promise.resolve(Buffer.from('turned'))
      },
    }
    const { media } = innerHandlers({ library, viewing } as unknown as Context)
    const get = (version: string) =>
      media({ method: 'GET', target: `/view/${id}?v=${version}`, ifNoneMatch: null })
    const version = photoDetails(library, loadLexicon(), id, 'en')?.version ?? ''
    expect((await get(version)).headers['cache-control']).toContain('immutable')
    expect((await get(version.replace(/6$/u, '1'))).headers['cache-control']).toBe('private, no-cache')
    expect(asked[0]).toEqual(['view', { path: '/photos/a.jpg', orientation: 6 }])
  })
})

describe('a thumbnail that is not kept yet', () => {
  const made = Buffer.from('made just now')

  async function asked(refusal: Error) {
    const library = tempLibrary()
    const id = addPhoto(library, { path: '/photos/a.jpg' })
    const thumbnails = {
      ...library.thumbnails,
      get: () => null,
      put: () => {
        throw refusal
      },
    }
    const viewing = { ask: () => Promise.resolve({ contentHash: hashOf(1), jpeg: made }) }
    const { media } = innerHandlers({ library: { ...library, thumbnails }, viewing } as unknown as Context)
    return media({ method: 'GET', target: `/thumb/${id}`, ifNoneMatch: null })
  }

  it('is shown although the disk is too full to keep it', async () => {
    const answer = await asked(new SQLite.SqliteError('database or disk is full', 'SQLITE_FULL'))
    expect(answer).toMatchObject({ status: 200, body: made })
  })

  it('does not hide a mistake of ours', async () => {
    await expect(asked(new TypeError('no such thing'))).rejects.toThrow('no such thing')
  })
})
