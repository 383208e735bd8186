import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { subscribe } from '@parcel/watcher'
import { watchFolder, type WatchOptions } from '../../../electron/core/scan/watch.ts'

const quick = { rest: 100, longestUnrest: 2000, presence: 50, rescan: 150 }

interface Heard {
  /** How often the folder is to be looked through, up to now. */
  readonly changes: () => number
  readonly limits: readonly string[]
  /** Resolves once the system watches, or said that it cannot. */
  readonly begun: Promise<undefined>
  /** Resolves when as many changes were heard. */
  readonly until: (count: number) => Promise<void>
  readonly close: () => Promise<void>
}

async function watch(folder: string, options: Partial<WatchOptions> = {}): Promise<Heard> {
  const heard = begin(folder, options)
  // What changes before the system watches is not told.
  await heard.begun
  await wait(100)
  return heard
}

function begin(folder: string, options: Partial<WatchOptions> = {}): Heard {
  const { subscribeTo = subscribe } = options
  const { promise: begun, resolve } = Promise.withResolvers<undefined>()
  let changes = 0
  const limits: string[] = []
  const watcher = watchFolder(folder, {
    times: quick,
    onChange: () => {
      changes += 1
    },
    onLimited: (because) => limits.push(because),
    ...options,
    subscribeTo: async (...asked) => {
      try {
        return await subscribeTo(...asked)
      } finally {
        resolve(undefined)
      }
    },
  })
  onTestFinished(() => watcher.close())
  return {
    changes: () => changes,
    limits,
    begun,
    close: watcher.close,
    until: async (count) => {
      while (changes < count) await wait(20)
    },
  }
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'kartoteka-watch-'))
  onTestFinished(() => {
    rmSync(path, { recursive: true, force: true })
  })
  return path
}

describe('watching a folder', () => {
  it('looks through each once it is watched where something may have changed before', async () => {
    const photos = folder()
    const { changes, until } = await watch(photos, { lookFirst: true })
    await until(1)
    expect(changes()).toBe(1)
    writeFileSync(join(photos, 'a.jpg'), 'a')
    await until(2)
    expect(changes()).toBe(2)
  })

  it('tells of a new photo once it has come to rest', async () => {
    const photos = folder()
    const { changes, until } = await watch(photos)
    writeFileSync(join(photos, 'a.jpg'), 'a')
    for (let step = 0; step < 5; step++) {
      appendFileSync(join(photos, 'a.jpg'), 'more')
      await wait(30)
    }
    expect(changes()).toBe(0)
    await until(1)
    expect(changes()).toBe(1)
  })

  it('tells of photos that come into folders which were in a new one before anyone noticed it', async () => {
    const photos = folder()
    const { until } = await watch(photos)
    const deep = join(photos, 'trip', 'first day', 'morning')
    mkdirSync(deep, { recursive: true })
    await until(1)
    writeFileSync(join(deep, 'a.jpg'), 'a')
    await until(2)
  })

  it('tells of photos where a former watch of the same folder is only just ending', async () => {
    const photos = folder()
    for (let at = 0; at < 20; at++) mkdirSync(join(photos, String(at)))
    for (let round = 0; round < 5; round++) {
      const former = await watch(photos)
      const { until, close } = await watch(photos, { after: former.close() })
      writeFileSync(join(photos, `${String(round)}.jpg`), 'a')
      await until(1)
      await close()
    }
  })

  it('keeps quiet about litter and other files', async () => {
    const photos = folder()
    const { changes, until } = await watch(photos)
    writeFileSync(join(photos, '.hidden.jpg'), 'a')
    writeFileSync(join(photos, 'notes.txt'), 'a')
    await wait(500)
    expect(changes()).toBe(0)
    writeFileSync(join(photos, 'b.jpg'), 'b')
    await until(1)
  })

  it('tells of photos in a chosen folder, whatever it is called', async () => {
    const photos = folder()
    const told: Parameters<NonNullable<WatchOptions['subscribeTo']>>[1][] = []
    const { changes, until } = await watch(photos, {
      chosen: () => [join(photos, '.hidden', 'scans')],
      subscribeTo: (_folder, tell) => {
        told.push(tell)
        return Promise.resolve({ unsubscribe: () => Promise.resolve() })
      },
    })
    const tell = (name: string): void => {
      for (const each of told) each(null, [{ path: join(photos, name), type: 'create' }])
    }
    tell('.hidden/a.jpg')
    tell('.hidden/scans/.thumbs/a.jpg')
    tell('.hidden/scans/notes.txt')
    await wait(300)
    expect(changes()).toBe(0)
    tell('.hidden/scans/a.jpg')
    await until(1)
    expect(changes()).toBe(1)
  })

  it('notices when a folder goes and comes back', async () => {
    const disk = folder()
    const photos = join(disk, 'photos')
    mkdirSync(photos)
    const { until, changes } = await watch(photos)
    renameSync(photos, join(disk, 'elsewhere'))
    await until(1)
    renameSync(join(disk, 'elsewhere'), photos)
    await until(2)
    await wait(300)
    const before = changes()
    writeFileSync(join(photos, 'a.jpg'), 'a')
    await until(before + 1)
  })

  it('notices that a folder is back which went and came between two looks', async () => {
    const disk = folder()
    const photos = join(disk, 'photos')
    mkdirSync(photos)
    const { until } = await watch(photos, { times: { ...quick, presence: 1500 } })
    writeFileSync(join(photos, 'a.jpg'), 'a')
    renameSync(photos, join(disk, 'elsewhere'))
    await until(1)
    renameSync(join(disk, 'elsewhere'), photos)
    await until(2)
  })

  it('tells of a sidecar, and not of other notes', async () => {
    const photos = folder()
    const { changes, until } = await watch(photos)
    writeFileSync(join(photos, 'a.txt'), 'a')
    await wait(300)
    expect(changes()).toBe(0)
    writeFileSync(join(photos, 'a.jpg.XMP'), 'a')
    await until(1)
    expect(changes()).toBe(1)
  })

  it('looks once more through a folder that is there and thought to be away', async () => {
    const photos = folder()
    const { changes, until } = await watch(photos, { isThoughtAway: () => true })
    await until(1)
    await wait(300)
    expect(changes()).toBe(1)
  })

  it('does not wait for ever for a folder that never rests', async () => {
    const photos = folder()
    const told: Parameters<NonNullable<WatchOptions['subscribeTo']>>[1][] = []
    const { changes } = await watch(photos, {
      times: { ...quick, longestUnrest: 300 },
      subscribeTo: (_folder, tell) => {
        told.push(tell)
        return Promise.resolve({ unsubscribe: () => Promise.resolve() })
      },
    })
    while (changes() < 2) {
      for (const tell of told) tell(null, [{ path: join(photos, 'a.jpg'), type: 'update' }])
      await wait(20)
    }
    expect(changes()).toBe(2)
  })

  it('looks through now and then where the system has no watches left, and says so', async () => {
    const photos = folder()
    const { limits, until } = await watch(photos, {
      subscribeTo: () => Promise.reject(new Error('inotify_add_watch: No space left on device')),
    })
    expect(limits).toEqual(['inotify_add_watch: No space left on device'])
    await until(2)
  })
})
