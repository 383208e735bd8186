import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { respond, type MediaDeps, type MediaRequest } from '../../../electron/core/media/respond.ts'

const hash = '00112233445566778899aabbccddeeff'
const thumbnail = new Uint8Array([1, 2, 3])
const picture = new Uint8Array([4, 5, 6, 7])

const deps: MediaDeps = {
  photo: (id) =>
    id === 12
      ? { contentHash: hash, orientation: 6, turn: 0, path: '/photos/zebra.jpg' }
      : id === 13
        ? { contentHash: 'f'.repeat(32), orientation: null, turn: 90, path: '/photos/new.jpg' }
        : null,
  thumbnail: ({ contentHash }) => Promise.resolve(contentHash === hash ? thumbnail : null),
  view: () => Promise.resolve(picture),
  original: ({ contentHash }) =>
    Promise.resolve(contentHash === hash ? { type: 'image/webp', bytes: picture } : null),
}

const get = (target: string, more: Partial<MediaRequest> = {}): MediaRequest => ({
  method: 'GET',
  target,
  ifNoneMatch: null,
  ...more,
})

describe('a picture by photo id and version', () => {
  it('is the thumbnail, to be kept for ever when the version is the current one', async () => {
    const response = await respond(get('/thumb/12?v=0011223344556677t6'), deps)
    expect(response).toMatchObject({ status: 200, body: thumbnail })
    expect(response.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'content-length': '3',
      'cache-control': 'private, max-age=31536000, immutable',
      etag: '"thumb-0011223344556677t6"',
    })
  })

  it('is the whole photo for the viewer', async () => {
    expect(await respond(get('/view/12?v=0011223344556677t6'), deps)).toMatchObject({
      status: 200,
      body: picture,
    })
  })

  it.each([
    '/thumb/12',
    '/thumb/12?v=',
    '/thumb/12?v=0011223344556677',
    '/thumb/12?v=ffff001122334455t6',
    '/thumb/12?v=0011223344556677t1',
  ])(
    'is served but not kept when it was changed or turned since, or the version says nothing: %s',
    async (target) => {
      const response = await respond(get(target), deps)
      expect(response.status).toBe(200)
      expect(response.headers['cache-control']).toBe('private, no-cache')
    },
  )

  it('is the original, told by its own type, and kept by no browser', async () => {
    const response = await respond(get('/original/12?v=0011223344556677t6'), deps)
    expect(response).toMatchObject({ status: 200, body: picture })
    expect(response.headers).toEqual({
      'content-type': 'image/webp',
      'content-length': '4',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    })
    const head = await respond(get('/original/12', { method: 'HEAD' }), deps)
    expect(head).toMatchObject({ status: 200, body: null })
  })

  it('is no other picture where the original cannot be had', async () => {
    expect((await respond(get('/original/13'), deps)).status).toBe(404)
  })

  it('is not sent again to who has it', async () => {
    const { headers } = await respond(get('/thumb/12?v=0011223344556677t6'), deps)
    const etag = headers['etag'] ?? ''
    for (const ifNoneMatch of [etag, `W/${etag}`, `"other", ${etag}`]) {
      const response = await respond(get('/thumb/12?v=0011223344556677t6', { ifNoneMatch }), deps)
      expect(response).toMatchObject({ status: 304, body: null })
    }
    expect((await respond(get('/view/12', { ifNoneMatch: etag }), deps)).status).toBe(200)
  })

  it('is the thumbnail while the file is away, and asked for again next time', async () => {
    const response = await respond(get('/view/12?v=0011223344556677t6'), {
      ...deps,
      view: () => Promise.resolve(null),
    })
    expect(response).toMatchObject({ status: 200, body: thumbnail })
    expect(response.headers['cache-control']).toBe('private, no-store')
    expect(response.headers['etag']).toBeUndefined()
  })

  it('has headers only for HEAD', async () => {
    const response = await respond(get('/thumb/12', { method: 'HEAD' }), deps)
    expect(response).toMatchObject({ status: 200, body: null, headers: { 'content-length': '3' } })
  })

  it('is missing for a photo nobody knows or nobody has read yet', async () => {
    expect((await respond(get('/thumb/99?v=0011223344556677t6'), deps)).status).toBe(404)
    expect((await respond(get('/thumb/13?v=new'), deps)).status).toBe(404)
    expect((await respond(get('/thumb/9007199254740993'), deps)).status).toBe(404)
  })

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', ''])('refuses %s', async (method) => {
    const response = await respond(get('/thumb/12', { method }), deps)
    expect(response).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } })
  })

  it.each([
    '',
    '/',
    '/thumb',
    '/thumb/',
    '/thumb/0',
    '/thumb/-1',
    '/thumb/012',
    '/thumb/12/..',
    '/thumb/12?v=../../etc/passwd',
    '/thumb/12?path=/etc/passwd',
    '/thumb/../../../etc/passwd',
    '/thumb/%2e%2e%2fetc%2fpasswd',
    '/thumb/12%00',
    '/thumb//etc/passwd',
    '/originals/12',
    '/thumb/12?v=a&v=b',
    '\\thumb\\12',
  ])('does not take %s for an address', async (target) => {
    const response = await respond(get(target), deps)
    expect(response.status).toBe(400)
  })

  it('asks for nothing but photos by number, whatever the address', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string(), fc.webPath(), fc.stringMatching(/^\/(thumb|view)\/[\d./%a-f]+$/)),
        async (target) => {
          const asked: unknown[] = []
          await respond(get(target), {
            ...deps,
            photo: (id) => {
              asked.push(id)
              return null
            },
          })
          expect(asked.every((id) => Number.isSafeInteger(id) && Number(id) > 0)).toBe(true)
        },
      ),
    )
  })
})
