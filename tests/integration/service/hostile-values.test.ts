import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generateLibrary } from '../../../electron/bench/generate-library.ts'
import type { CallName } from '../../../electron/core/contract/contract.ts'
import { startService, type RunningService } from '../../fixtures/running-service.ts'

/** What the types of the contract let through and no table can hold: each call is answered, and by a true sentence. */
let library = ''
let service: RunningService

beforeAll(async () => {
  library = await mkdtemp(join(tmpdir(), 'kartoteka-values-'))
  await generateLibrary(library, { photos: 500 })
  service = startService(library)
  await service.call('getStatus', null)
})
afterAll(async () => {
  await service.stop()
  await rm(library, { recursive: true, force: true })
})

const search = { text: '', sort: 'date', minConfidence: null, language: 'en' }
/** Never a number of anything. */
const impossible = [-1, 0.5, 2 ** 53, 1e300]
const large = [2 ** 31, 2 ** 32, Number.MAX_SAFE_INTEGER]
/** SQL that would do something if it were ever read as that. */
const statements = [
  "'; DELETE FROM photo; --",
  '"; DROP TABLE file; --',
  "') OR 1 = 1; DELETE FROM folder; --",
]
const texts = ['', '\0', 'a\0b', '/a\0b', '../..', `own:${'9'.repeat(400)}`, 'own:9007199254740993', '\ud800']

const byNumber: readonly (readonly [CallName, (value: number) => unknown])[] = [
  ['search', (limit) => ({ search, limit })],
  ['getWindow', (offset) => ({ search, offset, limit: 10 })],
  ['getWindow', (limit) => ({ search, offset: 0, limit })],
  ['getIds', (offset) => ({ search, offset, limit: 10 })],
  ['getIds', (offset) => ({ search: { ...search, sort: 'confidence', text: 'dog' }, offset, limit: 10 })],
  ['getIds', (limit) => ({ search, offset: 0, limit })],
  ['getDayTitles', (first) => ({ search, spans: [{ first, count: 1 }] })],
  ['getDayTitles', (count) => ({ search, spans: [{ first: 0, count }] })],
  ['getBest', (first) => ({ search, spans: [{ first, count: 1 }], most: 5 })],
  ['getBest', (count) => ({ search, spans: [{ first: 0, count }], most: 5 })],
  ['getPhotos', (id) => ({ search, photoIds: [id] })],
  ['getPhoto', (id) => ({ id, language: 'en' })],
  ['getHeatMap', (id) => ({ id, term: 'class:151' })],
  ['complete', (caret) => ({ text: 'do', caret, language: 'en' })],
  ['decide', (id) => ({ photoIds: [id], verdict: 'confirmed', label: { kind: 'term', term: 'class:151' } })],
  ['decide', (id) => ({ photoIds: [id], verdict: 'added', label: { kind: 'own', name: 'mine' } })],
  ['addToAlbum', (id) => ({ id, photoIds: [1] })],
  ['moveInAlbum', (before) => ({ id: 1, photoIds: [1], before })],
  ['orderAlbums', (id) => ({ ids: [id] })],
  ['removeSavedSearch', (id) => ({ id })],
  ['removeFolder', (id) => ({ id, keepTags: true })],
  ['hideAway', (id) => ({ id })],
  ['startIndexing', (folderId) => ({ folderId, again: false })],
  ['getProblems', (offset) => ({ offset, limit: 10 })],
  ['retryProblems', (id) => ({ fileIds: [id] })],
  ['setSettings', (thumbnailSize) => ({ thumbnailSize })],
]
const byText: readonly (readonly [CallName, (value: string) => unknown])[] = [
  ['getHeatMap', (term) => ({ id: 1, term })],
  ['decide', (term) => ({ photoIds: [1], verdict: 'added', label: { kind: 'term', term } })],
  ['decide', (name) => ({ photoIds: [1], verdict: 'added', label: { kind: 'own', name } })],
  ['renameOwnLabel', (term) => ({ term, name: 'mine' })],
  ['removeOwnLabel', (term) => ({ term })],
  ['makeAlbum', (name) => ({ name, photoIds: [] })],
  ['saveSearch', (query) => ({ name: query, query, sort: 'auto', minConfidence: null })],
  ['countPhotos', (text) => ({ search: { ...search, text } })],
  ['matchLabels', (text) => ({ text, language: 'en' })],
  ['search', (text) => ({ search: { ...search, text }, limit: 10 })],
  ['addFolders', (path) => ({ paths: [path] })],
  ['browseFolders', (path) => ({ path })],
  ['restoreBackup', (id) => ({ id })],
]

async function codeOf(name: CallName, input: unknown): Promise<string> {
  const result = await service.supervisor.call(name, input)
  return result.ok ? 'ok' : result.error.code
}

describe('a value that fits no table', () => {
  it.each(byNumber)('is refused as a number of %s', async (name, input) => {
    for (const value of impossible) expect(await codeOf(name, input(value))).toBe('invalid-input')
    for (const value of large)
      expect(['ok', 'invalid-input', 'not-found']).toContain(await codeOf(name, input(value)))
  })

  it.each([
    ['getWindow', { search, offset: 2 ** 32, limit: 10 }],
    ['getIds', { search, offset: 2 ** 32, limit: 10 }],
    ['getProblems', { offset: 2 ** 32, limit: 10 }],
  ] as const)('is refused as a place behind more than any library holds, of %s', async (name, input) => {
    expect(await codeOf(name, input)).toBe('invalid-input')
  })

  it.each(byText)('is answered as a text of %s', async (name, input) => {
    for (const value of [...texts, ...statements])
      expect(['ok', 'invalid-input', 'not-found', 'folder-missing']).toContain(
        await codeOf(name, input(value)),
      )
  })

  it.each(['addFolders', 'browseFolders'] as const)('is refused as a path of %s', async (name) => {
    const path = '/photos\0/of mine'
    expect(await codeOf(name, name === 'addFolders' ? { paths: [path] } : { path })).toBe('invalid-input')
  })

  it('was a text and nothing else where it looks like a statement', async () => {
    const [name = ''] = statements
    expect((await service.call('getAlbums', null)).map((album) => album.name)).toContain(name)
    const { total } = await service.call('search', {
      search: { ...search, sort: 'date', language: 'en' },
      limit: 0,
    })
    expect(total).toBe(500)
    expect((await service.call('getFolders', null)).length).toBeGreaterThan(0)
  })

  it('ends no service', () => {
    expect(service.processes.length).toBe(1)
  })
})
