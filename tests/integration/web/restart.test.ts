import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runShell, type RunningShell } from '../../fixtures/running-shell.ts'

let folder = ''
let runtimeFile = ''
let library = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kartoteka-restart-'))
  runtimeFile = join(folder, 'runtime', 'shell.json')
  library = join(folder, 'library')
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

const start = (port = 0): Promise<RunningShell> => runShell({ library, runtimeFile, port })

describe('after a restart', () => {
  it('a page finds the same address and is known there, and so are its pictures', async () => {
    const before = await start()
    const { cookie, callKey, media } = await before.enter()
    await before.shell.close()

    const after = await start()
    try {
      const { origin } = after
      expect(origin).toBe(before.origin)
      const socket = await after.connect({ origin, cookie }, callKey)
      socket.close()
      // There is no such photo, but it may be asked for.
      expect((await after.get(`${media}/thumb/1`, { cookie })).status).toBe(404)
      await expect(after.connect({ origin, cookie }, 'x'.repeat(43))).rejects.toThrow('403')
    } finally {
      await after.close()
    }
  })

  it('that came without a warning, too: what a page needs is kept as soon as it is let in', async () => {
    const before = await start()
    const { cookie, callKey, media } = await before.enter()
    const kept = await readFile(runtimeFile, 'utf8')
    await before.shell.close()
    await writeFile(runtimeFile, kept)
    for (const secret of [cookie.split('=')[1] ?? '', callKey, media.slice('/media/'.length)])
      expect(kept).not.toContain(secret)

    const after = await start()
    try {
      const socket = await after.connect({ origin: after.origin, cookie }, callKey)
      socket.close()
    } finally {
      await after.close()
    }
  })

  it('links of the run before are no good any more', async () => {
    const before = await start()
    await before.enter()
    const link = new URL(before.shell.link())
    await before.shell.close()
    const after = await start()
    try {
      expect((await after.get(link.pathname + link.search)).status).toBe(403)
    } finally {
      await after.close()
    }
  })

  it('at another address no page is known', async () => {
    const before = await start()
    const { cookie, callKey } = await before.enter()
    // The first one still has the port.
    const after = await runShell({ runtimeFile })
    try {
      const { origin } = after
      expect(origin).not.toBe(before.origin)
      const renamed = cookie.replace(/^kartoteka-\d+/, `kartoteka-${new URL(origin).port}`)
      await expect(after.connect({ origin, cookie: renamed }, callKey)).rejects.toThrow('403')
    } finally {
      await after.close()
      await before.close()
    }
  })

  it('no page is known when the file is damaged', async () => {
    const before = await start()
    const { cookie, callKey } = await before.enter()
    const { origin } = before
    await before.shell.close()
    await writeFile(runtimeFile, '{"port":1,"sessions":"all"}')
    const after = await start(Number(new URL(origin).port))
    try {
      await expect(after.connect({ origin, cookie }, callKey)).rejects.toThrow('403')
    } finally {
      await after.close()
    }
  })
})
