import { mkdtemp, open, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { runShell, until, type RunningShell } from '../../fixtures/running-shell.ts'
import { indexAll, search, settled, somePhotos } from './indexed-photos.ts'

describe('the service under misfortune', () => {
  const running: RunningShell[] = []
  const folders: string[] = []
  afterEach(async () => {
    for (const each of running.splice(0)) await each.close()
    for (const each of folders.splice(0)) await rm(each, { recursive: true })
  })
  const run = async (library?: string): Promise<RunningShell> => {
    const shell = await runShell(library === undefined ? {} : { library })
    running.push(shell)
    return shell
  }
  const photos = async (count: number): Promise<string> => {
    const folder = await somePhotos(count)
    folders.push(folder)
    return folder
  }

  it('killed while indexing, it starts again and goes on, and no photo is lost or blamed', async () => {
    const folder = await photos(30)
    const shell = await run()
    const { cookie, callKey } = await shell.enter()
    const page = await shell.connect({ origin: shell.origin, cookie }, callKey)
    await shell.call('addFolders', { paths: [folder] })
    await shell.call('startIndexing', { folderId: null, again: false })
    await until(
      () => shell.call('getStatus', null),
      ({ indexing }) => indexing.done > 0,
    )
    shell.processes[0]?.kill()
    await until(
      () => page.messages,
      (messages) =>
        ['restarting', 'running'].every((state) =>
          messages.some(
            ({ event, payload }) => event === 'service' && (payload as { state: string }).state === state,
          ),
        ),
    )
    await settled(shell)
    const status = await shell.call('getStatus', null)
    expect(shell.processes).toHaveLength(2)
    expect(status).toMatchObject({ photos: 30, problems: 0 })
    page.close()
  })

  it('paused and stopped, it finishes what it has and leaves the rest in the queue', async () => {
    const folder = await photos(30)
    const shell = await run()
    await shell.call('addFolders', { paths: [folder] })
    await shell.call('startIndexing', { folderId: null, again: false })
    await until(
      () => shell.call('getStatus', null),
      ({ indexing }) => indexing.done > 0,
    )
    await shell.call('pauseIndexing', null)
    const paused = await until(
      () => shell.call('getStatus', null),
      ({ indexing }) => indexing.phase === 'paused',
    )
    expect(paused.indexing.queued).toBeGreaterThan(0)
    await shell.call('resumeIndexing', null)
    await shell.call('stopIndexing', null)
    const stopped = await shell.call('getStatus', null)
    expect(stopped.indexing.phase).toBe('idle')
    await shell.call('startIndexing', { folderId: null, again: false })
    await settled(shell)
    expect(await shell.call('getStatus', null)).toMatchObject({ photos: 30, problems: 0 })
  })

  it('a second one on the same library is told who has it, and is not started over and over', async () => {
    const first = await run()
    await first.call('getStatus', null)
    const second = await runShell({ library: first.library })
    const answer = await second.shell.supervisor.call('getStatus', null)
    expect(answer).toMatchObject({ ok: false, error: { code: 'library-locked' } })
    expect(second.processes).toHaveLength(1)
    expect(second.shell.supervisor.state().state).toBe('failed')
    await second.shell.close()
  })

  it('answers from the library it has while a backup is read from end to end, and keeps it if that is no good', async () => {
    const shell = await run()
    await indexAll(shell, await photos(3))
    const [backup] = await until(
      () => shell.call('getBackups', null),
      (backups) => backups.length > 0,
    )
    const id = backup?.id ?? ''
    const inTurn: string[] = []
    const inOrder = async (name: 'restoreBackup' | 'getStatus', input: unknown): Promise<void> => {
      const { ok } = await shell.shell.supervisor.call(name, input)
      inTurn.push(`${name} ${ok ? 'done' : 'refused'}`)
    }
    await Promise.all([inOrder('restoreBackup', { id }), inOrder('getStatus', null)])
    expect(inTurn).toEqual(['getStatus done', 'restoreBackup done'])

    await truncate(join(shell.library, 'backups', id), 20_000)
    expect(await shell.shell.supervisor.call('restoreBackup', { id })).toMatchObject({
      ok: false,
      error: { code: 'library-damaged', message: expect.stringContaining(id) as string },
    })
    expect(await shell.call('getStatus', null)).toMatchObject({ photos: 3 })
  })

  it('with a damaged library it stays up, says so, and restores a backup', async () => {
    const folder = await photos(3)
    const shell = await run()
    await indexAll(shell, folder)
    await until(
      () => shell.call('getBackups', null),
      (backups) => backups.length > 0,
    )
    await shell.shell.supervisor.stop()
    await truncate(join(shell.library, 'library.sqlite'), 300)

    const next = await runShell({ library: shell.library })
    expect(await next.shell.supervisor.call('getStatus', null)).toMatchObject({
      ok: false,
      error: { code: 'library-damaged' },
    })
    expect(await next.shell.supervisor.inner('locateFiles', [1])).toMatchObject({
      ok: false,
      error: { code: 'library-damaged' },
    })
    const [backup] = await next.call('getBackups', null)
    expect(await next.shell.supervisor.call('restoreBackup', { id: 'nonsense' })).toMatchObject({ ok: false })
    await next.call('restoreBackup', { id: backup?.id ?? '' })
    expect(await next.call('getStatus', null)).toMatchObject({ photos: 3 })
    expect(next.processes).toHaveLength(1)

    await next.shell.supervisor.stop()
    const file = await open(join(shell.library, 'library.sqlite'), 'w')
    await file.close()
    const last = await runShell({ library: shell.library })
    await last.call('startAfresh', null)
    expect(await last.call('getStatus', null)).toMatchObject({ photos: 0 })
    await last.shell.close()
    await next.shell.close()
  })

  it('without its thumbnails it makes each anew as it is shown', async () => {
    const shell = await run()
    await indexAll(shell, await photos(2))
    await shell.shell.supervisor.stop()
    await rm(join(shell.library, 'thumbnails.sqlite'))

    const next = await runShell({ library: shell.library })
    const { cookie, media } = await next.enter()
    const [photo] = await next.call('getWindow', { search: search('zebra'), offset: 0, limit: 1 })
    for (const _time of ['made', 'kept']) {
      const thumb = await next.get(`${media}/thumb/${photo?.id}?v=${photo?.version}`, { cookie })
      expect(thumb).toMatchObject({ status: 200 })
      expect(thumb.headers['cache-control']).toContain('immutable')
    }
    const { notices } = await next.call('getStatus', null)
    expect(notices.map(({ code }) => code)).toContain('thumbnails-rebuilt')
    await next.shell.close()
  })

  it('without a model it shows photos and says which file is missing; with one they are tagged', async () => {
    const folder = await photos(3)
    const models = await mkdtemp(join(tmpdir(), 'kartoteka-no-model-'))
    folders.push(models)
    const absent = { file: 'googlenet-fp32.onnx', bytes: 1, sha256: '00' }
    await writeFile(
      join(models, 'models.json'),
      JSON.stringify({
        models: [{ ...absent, name: 'GoogLeNet', precision: 'fp32' }],
        classifier: absent,
        projection: absent,
      }),
    )
    vi.stubEnv('KARTOTEKA_MODELS', models)
    const shell = await run()
    await indexAll(shell, folder)
    const status = await shell.call('getStatus', null)
    expect(status).toMatchObject({ photos: 3, model: { state: 'missing' } })
    expect(status.notices.map(({ code }) => code)).toContain('model-missing')
    expect(status.notices.map(({ message }) => message).join()).toContain('googlenet-fp32.onnx')
    expect((await shell.call('search', { search: search('label:zebra'), limit: 0 })).total).toBe(0)
    await shell.shell.supervisor.stop()

    vi.unstubAllEnvs()
    const next = await runShell({ library: shell.library })
    await next.call('startIndexing', { folderId: null, again: false })
    await until(
      () => next.call('search', { search: search('label:zebra'), limit: 0 }),
      ({ total }) => total === 1,
    )
    await next.shell.close()
  })
})
