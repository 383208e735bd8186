import { cp, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { calls, type CallName } from '../../../electron/core/contract/contract.ts'
import { shellCalls } from '../../../electron/core/contract/shell-calls.ts'
import type { FileOrPhoto } from '../../../electron/core/contract/shell-calls.ts'
import { runShell, until, type RunningShell } from '../../fixtures/running-shell.ts'
import { photosFolder } from '../../fixtures/synthetic.ts'
import { xmpPacket } from '../../fixtures/xmp.ts'
import { indexAll, search, somePhotos } from './indexed-photos.ts'

describe('the service with a library of photos', () => {
  let running: RunningShell
  let folder = ''
  const found = (word: string) => async (): Promise<number> =>
    (await running.call('search', { search: search(`keyword:${word}`), limit: 0 })).total

  beforeAll(async () => {
    folder = await somePhotos(12)
    running = await runShell()
    await indexAll(running, folder)
  })
  afterAll(async () => {
    await running.close()
    await rm(folder, { recursive: true })
  })

  it('answers every call of the contract that is not the shell’s', async () => {
    for (const name of Object.keys(calls) as CallName[]) {
      if (Object.hasOwn(shellCalls, name)) continue
      const result = await running.shell.supervisor.call(name, 'no input that fits')
      expect(result.ok ? '' : result.error.message).toContain(`The input of ${name} does not fit`)
    }
    const foreign = await running.shell.supervisor.call('chooseFolders', null)
    expect(foreign.ok ? '' : foreign.error.message).toContain('There is no call')
  })

  it('finds the zebra, shows it and says where it is', async () => {
    const page = await running.call('search', { search: search('zebra'), limit: 0 })
    expect(page.total).toBe(1)
    const [photo] = await running.call('getWindow', { search: search('zebra'), offset: 0, limit: 10 })
    if (!photo) throw new Error('no photo')
    expect(photo.best).toMatchObject({ term: 'class:340', label: 'zebra', sure: true })

    const details = await running.call('getPhoto', { id: photo.id, language: 'ru' })
    expect(details.tags).toHaveLength(5)
    expect(details.tags[0]).toMatchObject({ rank: 1, classIndex: 340, label: 'зебра' })

    const exact = await running.call('getHeatMap', { id: photo.id, term: 'class:340' })
    expect(Math.max(...exact.values)).toBe(1)
    const wide = await running.call('getHeatMap', { id: photo.id, term: 'category:animal' })
    wide.values.forEach((value, place) => expect(value).toBeCloseTo(exact.values[place] ?? -1, 1))
    const other = await running.call('getHeatMap', { id: photo.id, term: 'class:0' })
    expect(other.values).not.toEqual(exact.values)
  })

  it('serves thumbnails and views', async () => {
    const { cookie, media } = await running.enter()
    const [photo] = await running.call('getWindow', { search: search('zebra'), offset: 0, limit: 1 })
    const thumb = await running.get(`${media}/thumb/${photo?.id}?v=${photo?.version}`, { cookie })
    expect(thumb.status).toBe(200)
    expect(thumb.headers['cache-control']).toContain('immutable')
    expect(thumb.body.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]))
    const view = await running.get(`${media}/view/${photo?.id}?v=${photo?.version}`, { cookie })
    expect(view.status).toBe(200)
    expect(view.headers['etag']).not.toBe(thumb.headers['etag'])
    const again = await running.get(`${media}/view/${photo?.id}`, {
      cookie,
      'if-none-match': view.headers['etag'],
    })
    expect(again.status).toBe(304)
  })

  it('shows the thumbnail while the photo’s file is away', async () => {
    const { cookie, media } = await running.enter()
    const [photo] = await running.call('getWindow', { search: search('zebra'), offset: 0, limit: 1 })
    if (!photo) throw new Error('no photo')
    await rename(join(folder, photo.name), join(folder, 'away'))
    const view = await running.get(`${media}/view/${photo.id}?v=${photo.version}`, { cookie })
    expect(view.status).toBe(200)
    expect(view.headers['cache-control']).toBe('private, no-store')
    await rename(join(folder, 'away'), join(folder, photo.name))
  })

  it('keeps decisions, takes them back and makes them again', async () => {
    const [photo] = await running.call('getWindow', { search: search('zebra'), offset: 0, limit: 1 })
    const photoIds = [photo?.id ?? 0]
    const total = async (text: string): Promise<number> =>
      (await running.call('search', { search: search(text), limit: 0 })).total

    await running.call('decide', { photoIds, verdict: 'removed', label: { kind: 'term', term: 'class:340' } })
    expect(await total('label:zebra')).toBe(0)
    expect(await running.call('undo', null)).toEqual({ changed: 1 })
    expect(await total('label:zebra')).toBe(1)

    await running.call('decide', { photoIds, verdict: 'added', label: { kind: 'own', name: 'Marty' } })
    expect(await total('marty')).toBe(1)
    const own = (await running.call('getFacets', { language: 'en' })).find(({ kind }) => kind === 'own')
    expect(own).toMatchObject({ label: 'Marty', count: 1 })
    const renamed = await running.call('renameOwnLabel', { term: own?.term ?? 'own:0', name: 'Melman' })
    expect(renamed).toEqual({ term: own?.term, merged: false })
    expect(await total('melman')).toBe(1)
    await running.call('undo', null)
    await running.call('undo', null)
    expect(await total('marty')).toBe(0)
    expect(await running.call('redo', null)).toEqual({ changed: 1 })
    await running.call('undo', null)
  })

  it('lists labels of one’s own that no photo has, deletes them and brings them back', async () => {
    const labels = () => running.call('getOwnLabels', null)
    const [zebra] = await running.call('getIds', { search: search('zebra'), offset: 0, limit: 1 })
    const own = { photoIds: [zebra ?? 0], label: { kind: 'own' as const, name: 'Marty' } }
    // The label went when what had made it was taken back.
    expect(await labels()).toEqual([])
    await running.call('decide', { ...own, verdict: 'added' })
    await running.call('decide', { ...own, verdict: 'clear' })
    const [empty] = await labels()
    expect(empty).toMatchObject({ name: 'Marty', count: 0 })
    expect(await running.call('removeOwnLabel', { term: empty?.term ?? '' })).toEqual({ changed: 0 })
    expect(await labels()).toEqual([])
    await running.call('undo', null)
    expect(await labels()).toEqual([empty])
    const [photo] = await running.call('getIds', { search: search('zebra'), offset: 0, limit: 1 })
    await running.call('decide', {
      photoIds: [photo ?? 0],
      verdict: 'added',
      label: { kind: 'own', name: 'marty' },
    })
    expect(await labels()).toMatchObject([{ name: 'Marty', count: 1 }])
    await running.call('undo', null)
    for (const term of ['own:999', 'class:340']) {
      expect(await running.shell.supervisor.call('removeOwnLabel', { term })).toMatchObject({
        ok: false,
        error: { code: 'not-found' },
      })
    }
  })

  it('refuses labels and photos that do not exist', async () => {
    const decide = (term: string, photoIds: number[]) =>
      running.shell.supervisor.call('decide', { photoIds, verdict: 'added', label: { kind: 'term', term } })
    expect(await decide('own:999', [1])).toMatchObject({ ok: false, error: { code: 'not-found' } })
    expect(await decide('category:nonsense', [1])).toMatchObject({ ok: false, error: { code: 'not-found' } })
    expect(await decide('class:340', [99_999])).toMatchObject({ ok: false, error: { code: 'not-found' } })
    expect(await running.shell.supervisor.call('getPhoto', { id: 99_999, language: 'en' })).toMatchObject({
      ok: false,
      error: { code: 'not-found' },
    })
  })

  it('keeps settings and tells what it does not know apart from what it does', async () => {
    const changed = await running.call('setSettings', { effort: 'gentle', thumbnailSize: 320 })
    expect(changed).toMatchObject({ effort: 'gentle', thumbnailSize: 320, language: 'system' })
    expect(await running.call('getSettings', null)).toEqual(changed)
    await running.call('setSettings', { effort: 'normal' })
  })

  it('refuses folders that are not there, and knows the ones that are', async () => {
    const { added, refused } = await running.call('addFolders', { paths: ['/nowhere/at/all', folder] })
    expect(added).toEqual([])
    expect(refused).toMatchObject([
      { path: '/nowhere/at/all', failure: { code: 'folder-missing' } },
      { path: folder, failure: { code: 'folder-known' } },
    ])
    expect(await running.call('getFolders', null)).toMatchObject([
      { path: folder, root: true, state: 'online' },
    ])
  })

  it('lets people look for folders', async () => {
    const place = await mkdtemp(join(tmpdir(), 'kartoteka-browse-'))
    await Promise.all(['Holiday 10', 'Holiday 2', '.hidden'].map((name) => mkdir(join(place, name))))
    const seen = await running.call('browseFolders', { path: place })
    expect(seen.children.map(({ name }) => name)).toEqual(['Holiday 2', 'Holiday 10'])
    expect(seen.parent).toBe(tmpdir())
    await Promise.all(
      ['letter.txt', 'weights.onnx', 'a.onnx.txt'].map((name) => writeFile(join(place, name), '')),
    )
    expect((await running.call('browseFolders', { path: place })).weights).toEqual([])
    const { weights } = await running.call('browseFolders', { path: place, weights: true })
    expect(weights.map(({ name }) => name)).toEqual(['weights.onnx'])
    const home = await running.call('browseFolders', { path: null })
    expect(home.path).not.toBe('')
    expect(await running.shell.supervisor.call('browseFolders', { path: join(place, 'gone') })).toMatchObject(
      {
        ok: false,
        error: { code: 'folder-missing' },
      },
    )
    await rm(place, { recursive: true })
  })

  it('completes words and examines itself', async () => {
    const words = await running.call('complete', { text: 'zeb', caret: 3, language: 'en' })
    expect(words[0]).toMatchObject({ insert: 'zebra', count: 1 })
    const report = await running.call('getDoctor', null)
    expect(report.checks.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['program', 'library', 'model', 'disk space', 'queue']),
    )
    expect(report.checks.filter(({ ok }) => !ok)).toEqual([])
  })

  it('says how it runs the model, tries that again, and says when a wish cannot be met', async () => {
    // Which of the two models is used depends on how fast each was, which a busy machine may find otherwise the next time.
    const onCpu = {
      used: expect.objectContaining({ provider: 'cpu' }) as unknown,
      tried: expect.arrayContaining([
        expect.objectContaining({ provider: 'cpu', precision: 'fp32', outcome: 'works' }),
      ]) as unknown,
    }
    expect(await running.call('getProviders', null)).toEqual(onCpu)
    expect(await running.call('tryProvidersAgain', null)).toEqual(onCpu)

    await running.call('setSettings', { provider: 'dml' })
    const warned = await until(
      () => running.call('getStatus', null),
      ({ notices }) => notices.some(({ code }) => code === 'provider-failed'),
    )
    expect(warned.model).toMatchObject({ state: 'ready', provider: 'cpu' })
    const { tried } = await running.call('getProviders', null)
    expect(tried.find(({ provider }) => provider === 'dml')).toMatchObject({ outcome: 'unavailable' })
    await running.call('setSettings', { provider: 'auto' })
  })

  it('knows where a photo and a file are, each by its own number', async () => {
    const pathOf = async (which: FileOrPhoto) => running.shell.supervisor.inner('pathOf', which)
    const [photo = 0] = await running.call('getIds', { search: search(''), offset: 0, limit: 1 })
    const { path } = await running.call('getPhoto', { id: photo, language: 'en' })
    expect(await pathOf({ kind: 'photo', id: photo })).toEqual({ ok: true, value: path })
    const broken = join(folder, 'broken.jpg')
    await writeFile(broken, 'no picture')
    await running.call('startIndexing', { folderId: null, again: false })
    const { problems } = await until(
      () => running.call('getProblems', { offset: 0, limit: 10 }),
      ({ total }) => total > 0,
    )
    const [problem] = problems
    expect(await pathOf({ kind: 'file', id: problem?.id ?? 0 })).toEqual({ ok: true, value: broken })
    expect(await pathOf({ kind: 'file', id: 99_999 })).toEqual({ ok: true, value: null })
    await rm(broken)
    await running.call('startIndexing', { folderId: null, again: false })
    await until(
      () => running.call('getStatus', null),
      (status) => status.problems === 0 && status.indexing.phase === 'idle',
    )
  })

  it('forgets what was moved to the trash', async () => {
    const all = await running.call('getIds', { search: search(''), offset: 0, limit: 100 })
    const last = all.at(-1) ?? 0
    const located = await running.shell.supervisor.inner('locateFiles', [last, 99_999])
    expect(located).toMatchObject({ ok: true, value: [{ photoId: last }] })
    const files = located.ok ? located.value.map(({ fileId }) => fileId) : []
    await running.shell.supervisor.inner('filesTrashed', files)
    expect(await running.call('getIds', { search: search(''), offset: 0, limit: 100 })).not.toContain(last)
  })

  it('notices a photo that comes into a watched folder, and one that came while it was not running', async () => {
    const before = (await running.call('search', { search: search(''), limit: 0 })).total
    const more = (await readdir(photosFolder)).filter((name) => name.endsWith('.JPEG')).slice(-2)
    await cp(join(photosFolder, more[0] ?? ''), join(folder, 'came.jpg'))
    const total = async (): Promise<number> =>
      (await running.call('search', { search: search(''), limit: 0 })).total
    expect(await until(total, (now) => now > before)).toBe(before + 1)
    await running.shell.close()
    await cp(join(photosFolder, more[1] ?? ''), join(folder, 'came-later.jpg'))
    running = await runShell({ library: running.library })
    expect(await until(total, (now) => now > before + 1)).toBe(before + 2)
  })

  it('follows a sidecar that is written, changed and deleted in a watched folder', async () => {
    const sidecar = join(folder, 'came.jpg.xmp')
    await writeFile(sidecar, xmpPacket({ keywords: ['heirloom'] }))
    expect(await until(found('heirloom'), (total) => total > 0)).toBe(1)
    await writeFile(sidecar, xmpPacket({ keywords: ['keepsake'] }))
    expect(await until(found('keepsake'), (total) => total > 0)).toBe(1)
    expect(await found('heirloom')()).toBe(0)
    await rm(sidecar)
    expect(await until(found('keepsake'), (total) => total === 0)).toBe(0)
  })

  it('takes a folder out and brings it back with its tags', async () => {
    const [root] = await running.call('getFolders', null)
    const before = (await running.call('search', { search: search(''), limit: 0 })).total
    expect(await running.call('removeFolder', { id: root?.id ?? 0, keepTags: true })).toEqual({
      changed: before,
    })
    await until(
      async () => (await running.call('search', { search: search(''), limit: 0 })).total,
      (total) => total === 0,
    )
    await indexAll(running, folder)
    expect((await running.call('search', { search: search('zebra'), limit: 0 })).total).toBe(1)
  })
})
