import { appendFileSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { basename, join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CopyOptions, CopyState } from '../../../electron/core/contract/copies.ts'
import { copyPhotos } from '../../fixtures/originals.ts'
import type { PageSocket } from '../../fixtures/page-client.ts'
import { readZip } from '../../fixtures/read-zip.ts'
import { runShell, until, type RunningShell } from '../../fixtures/running-shell.ts'
import { newFolder, removeFolder } from '../cli/kartoteka.ts'
import { indexAll, search } from './indexed-photos.ts'

const originals: CopyOptions = { names: null, as: { kind: 'original', sidecars: false } }
const jpegs: CopyOptions = {
  names: '{number}',
  as: { kind: 'jpeg', side: 100, quality: 80, metadata: 'without-place' },
}

let running: RunningShell
let socket: PageSocket
let cookie = ''
let photos = ''
let paths: readonly string[] = []
let photoIds: number[] = []
const folders: string[] = []

function folder(): string {
  const made = realpathSync(newFolder())
  folders.push(made)
  return made
}

beforeAll(async () => {
  photos = folder()
  paths = copyPhotos(photos, 4)
  running = await runShell()
  await indexAll(running, photos)
  photoIds = await running.call('getIds', { search: search(''), offset: 0, limit: 10 })
  const entered = await running.enter()
  ;({ cookie } = entered)
  socket = await running.connect({ origin: running.origin, cookie }, entered.callKey)
})
afterAll(async () => {
  socket.close()
  await running.close()
  for (const each of folders) removeFolder(each)
})

let calls = 0
/** Asks as the page does. */
async function call(name: string, input: unknown): Promise<unknown> {
  calls += 1
  const id = 1000 + calls
  socket.send(JSON.stringify({ id, call: name, input }))
  const answer = await until(
    () => socket.messages.find((message) => message['id'] === id),
    (message) => message !== undefined,
  )
  return answer?.['result']
}

const isEnd = ({ event, payload }: Record<string, unknown>): boolean =>
  event === 'copies' && (payload as CopyState).phase === 'ended'

/** What the page is told when copies are done, after some of its messages. */
async function ended(after: number): Promise<Extract<CopyState, { phase: 'ended' }>> {
  const told = await until(
    () => socket.messages.slice(after).find(isEnd),
    (message) => message !== undefined,
  )
  return told?.['payload'] as Extract<CopyState, { phase: 'ended' }>
}

describe('copies in a folder', () => {
  it('are made by a thread, told of, and found as copies of their photos when they lie in the library', async () => {
    const target = join(photos, 'for Ann')
    expect(await call('saveCopies', { photoIds, folder: target, copies: originals })).toMatchObject({
      ok: false,
      error: { code: 'folder-in-library' },
    })
    const after = socket.messages.length
    expect(
      await call('saveCopies', { photoIds, folder: target, copies: originals, sure: true }),
    ).toMatchObject({ ok: true })
    expect(await ended(after)).toEqual({
      phase: 'ended',
      report: { copied: 4, leftOut: 0, reasons: [], ended: { how: 'done' } },
      folder: target,
    })
    expect(readdirSync(target).sort()).toEqual(paths.map((path) => basename(path)).sort())
    await until(
      () => running.call('search', { search: search('is:duplicate'), limit: 0 }),
      ({ total }) => total === 4,
    )
    expect((await running.call('getStatus', null)).photos).toBe(4)
  })

  it('can be JPEGs, wherever the person likes', async () => {
    const target = folder()
    const after = socket.messages.length
    await call('saveCopies', { photoIds, folder: target, copies: jpegs })
    expect((await ended(after)).report.copied).toBe(4)
    const made = await Promise.all(readdirSync(target).map((name) => sharp(join(target, name)).metadata()))
    expect(made.map(({ width, height }) => Math.max(width, height))).toEqual([100, 100, 100, 100])
  })

  it.each([
    [{ folder: 'not/absolute', copies: originals }, 'invalid-input'],
    [{ folder: '/nowhere/at/all', copies: originals }, 'folder-missing'],
    [{ folder: '/tmp', copies: { ...originals, names: '{nam}' } }, 'invalid-input'],
  ])('are refused before anything is begun: %j', async (input, code) => {
    expect(await call('saveCopies', { photoIds, ...input })).toMatchObject({ ok: false, error: { code } })
  })
})

const offered = async (copies: CopyOptions): Promise<string> => {
  const answer = (await call('downloadCopies', { photoIds, copies })) as { value: { address: string } }
  expect(answer.value.address).toMatch(/^download\/[\w-]{43}$/u)
  return `/${answer.value.address}`
}

describe('a download', () => {
  it('is a ZIP of the files as they are, at an address that is good once', async () => {
    const address = await offered(originals)
    const after = socket.messages.length
    const { status, headers, body } = await running.get(address, { cookie })
    expect([status, headers['content-type']]).toEqual([200, 'application/zip'])
    expect(headers['content-disposition']).toMatch(/^attachment; filename="Kartoteka \d{4}-\d\d-\d\d\.zip"$/u)
    expect(headers['x-content-type-options']).toBe('nosniff')
    const files = readZip(body)
    expect([...files.keys()].sort()).toEqual(paths.map((path) => basename(path)).sort())
    for (const path of paths) expect(files.get(basename(path))?.equals(readFileSync(path))).toBe(true)
    expect(await ended(after)).toMatchObject({ report: { copied: 4 }, folder: null })
    expect((await running.get(address, { cookie })).status).toBe(404)
    expect(running.log.join('\n')).not.toContain(address)
  })

  it('of JPEGs says within what could not be had', async () => {
    const [changed = ''] = paths
    appendFileSync(changed, 'x')
    // Its copy in the library is gone, too.
    appendFileSync(join(photos, 'for Ann', basename(changed)), 'x')
    const files = readZip((await running.get(await offered(jpegs), { cookie })).body)
    expect([...files.keys()].filter((name) => name.endsWith('.jpg'))).toHaveLength(3)
    expect(files.get('Not copied.txt')?.toString()).toContain('changed since it was indexed')
  })

  it('is given to nobody else', async () => {
    const address = await offered(originals)
    expect((await running.get(address)).status).toBe(403)
    expect((await running.get(address, { cookie, origin: 'http://elsewhere.example' })).status).toBe(403)
    expect((await running.get(address, { cookie, 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await running.get(`${address}x`, { cookie })).status).toBe(404)
    // None of them used it up.
    expect((await running.get(address, { cookie }, 'HEAD')).status).toBe(200)
    expect((await running.get(address, { cookie })).status).toBe(200)
  })
})
