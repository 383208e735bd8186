import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { subscribe } from '@parcel/watcher'
import { watchFolders, type WatchOptions } from '../../../electron/core/scan/watch.ts'

const quick = { rest: 100, longestUnrest: 2000, presence: 50, rescan: 150 }

interface Heard {
  readonly changes: string[]
  readonly limits: string[]
  /** Resolves when as many changes were heard. */
  readonly until: (count: number) => Promise<void>
}

async function watch(folders: readonly string[], options: Partial<WatchOptions> = {}): Promise<Heard> {
  const changes: string[] = []
  const limits: string[] = []
  const { subscribeTo = subscribe } = options
  let begun = 0
  const watcher = watchFolders({
    folders,
    times: quick,
    onChange: (folder) => changes.push(folder),
    onLimited: (folder) => limits.push(folder),
    ...options,
    subscribeTo: async (...asked) => {
      try {
        return await subscribeTo(...asked)
      } finally {
        begun += 1
      }
    },
  })
  onTestFinished(() => watcher.close())
  // What changes before the system watches is not told.
  while (begun < folders.length) await wait(10)
  await wait(100)
  return {
    changes,
    limits,
    until: async (count) => {
      while (changes.length < count) await wait(20)
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

describe('watching folders', () => {
  it('looks through each once it is watched where something may have changed before', async () => {
    const photos = folder()
    const { changes, until } = await watch([photos], { lookFirst: true })
    await until(1)
    expect(changes).toEqual([photos])
    writeFileSync(join(photos, 'a.jpg'), 'a')
    await until(2)
    expect(changes).toEqual([photos, photos])
  })

  it('tells of a new photo once it has come to rest', async () => {
    const photos = folder()
    const { changes, until } = await watch([photos])
    writeFileSync(join(photos, 'a.jpg'), 'a')
    for (let step = 0; step < 5; step++) {
      appendFileSync(join(photos, 'a.jpg'), 'more')
      await wait(30)
    }
    expect(changes).toEqual([])
    await until(1)
    expect(changes).toEqual([photos])
  })

  it('keeps quiet about litter and other files', async () => {
    const photos = folder()
    const { changes, until } = await watch([photos])
    writeFileSync(join(photos, '.hidden.jpg'), 'a')
    writeFileSync(join(photos, 'notes.txt'), 'a')
    await wait(500)
    expect(changes).toEqual([])
    writeFileSync(join(photos, 'b.jpg'), 'b')
    await until(1)
  })

  it('tells of photos in a chosen folder, whatever it is called', async () => {
    const photos = folder()
    const told: Parameters<NonNullable<WatchOptions['subscribeTo']>>[1][] = []
    const { changes, until } = await watch([photos], {
      chosen: [join(photos, '.hidden', 'scans')],
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
    expect(changes).toEqual([])
    tell('.hidden/scans/a.jpg')
    await until(1)
    expect(changes).toEqual([photos])
  })

  it('notices when a folder goes and comes back', async () => {
    const disk = folder()
    const photos = join(disk, 'photos')
    mkdirSync(photos)
    const { until, changes } = await watch([photos])
    renameSync(photos, join(disk, 'elsewhere'))
    await until(1)
    renameSync(join(disk, 'elsewhere'), photos)
    await until(2)
    await wait(300)
    const before = changes.length
    writeFileSync(join(photos, 'a.jpg'), 'a')
    await until(before + 1)
    expect(new Set(changes)).toEqual(new Set([photos]))
  })

  it('notices that a folder is back which went and came between two looks', async () => {
    const disk = folder()
    const photos = join(disk, 'photos')
    mkdirSync(photos)
    const { changes, until } = await watch([photos], { times: { ...quick, presence: 1500 } })
    writeFileSync(join(photos, 'a.jpg'), 'a')
    renameSync(photos, join(disk, 'elsewhere'))
    await until(1)
    renameSync(join(disk, 'elsewhere'), photos)
    await until(2)
    expect(new Set(changes)).toEqual(new Set([photos]))
  })

  it('tells of a sidecar, and not of other notes', async () => {
    const photos = folder()
    const { changes, until } = await watch([photos])
    writeFileSync(join(photos, 'a.txt'), 'a')
    await wait(300)
    expect(changes).toEqual([])
    writeFileSync(join(photos, 'a.jpg.XMP'), 'a')
    await until(1)
    expect(changes).toEqual([photos])
  })

  it('looks once more through a folder that is there and thought to be away', async () => {
    const photos = folder()
    const { changes, until } = await watch([photos], { isThoughtAway: () => true })
    await until(1)
    await wait(300)
    expect(changes).toEqual([photos])
  })

  it('does not wait for ever for a folder that never rests', async () => {
    const photos = folder()
    const told: Parameters<NonNullable<WatchOptions['subscribeTo']>>[1][] = []
    const { changes } = await watch([photos], {
      times: { ...quick, longestUnrest: 300 },
      subscribeTo: (_folder, tell) => {
        told.push(tell)
        return Promise.resolve({ unsubscribe: () => Promise.resolve() })
      },
    })
    while (changes.length < 2) {
      for (const tell of told) tell(null, [{ path: join(photos, 'a.jpg'), type: 'update' }])
      await wait(20)
    }
    expect(changes).toEqual([photos, photos])
  })

  it('looks through now and then where the system has no watches left, and says so', async () => {
    const photos = folder()
    const { limits, until } = await watch([photos], {
      subscribeTo: () => Promise.reject(new Error('inotify_add_watch: No space left on device')),
    })
    expect(limits).toEqual([photos])
    await until(2)
  })
})
