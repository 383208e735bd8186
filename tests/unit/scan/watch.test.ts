import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { TreeListener, TreeWatch } from '../../../electron/core/scan/tree-watch.ts'
import { watchTree } from '../../../electron/core/scan/watch-tree.ts'
import { watchFolder, type WatchOptions } from '../../../electron/core/scan/watch.ts'
import { eventually } from '../../fixtures/eventually.ts'

const quick = { rest: 100, longestUnrest: 2000, presence: 50, rescan: 150 }

interface Heard {
  /** How often the folder is to be looked through, up to now. */
  readonly changes: () => number
  readonly limits: readonly string[]
  /** Resolves once the system watches, or said that it cannot. */
  readonly begun: Promise<undefined>
  readonly close: () => Promise<void>
  readonly again: () => void
  readonly isLimited: () => boolean
}

async function watch(folder: string, options: Partial<WatchOptions> = {}): Promise<Heard> {
  const heard = begin(folder, options)
  // What changes before the system watches is not told.
  await heard.begun
  await wait(100)
  return heard
}

function begin(folder: string, options: Partial<WatchOptions> = {}): Heard {
  const { watchTree: asked = watchTree } = options
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
    watchTree: async (...given) => {
      try {
        return await asked(...given)
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
    again: watcher.again,
    isLimited: watcher.isLimited,
  }
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'kartoteka-watch-'))
  utimesSync(path, 1_500_000_000, 1_500_000_000)
  onTestFinished(() => {
    rmSync(path, { recursive: true, force: true })
  })
  return path
}

describe('watching a folder', () => {
  it('looks through each once it is watched where something may have changed before', async () => {
    const photos = folder()
    const { changes } = await watch(photos, { lookFirst: true })
    await expect.poll(changes).toBeGreaterThanOrEqual(1)
    expect(changes()).toBe(1)
    writeFileSync(join(photos, 'a.jpg'), 'a')
    await expect.poll(changes).toBeGreaterThanOrEqual(2)
    expect(changes()).toBe(2)
  })

  it('tells of a new photo once it has come to rest', async () => {
    const photos = folder()
    const { changes } = await watch(photos)
    writeFileSync(join(photos, 'a.jpg'), 'a')
    for (let step = 0; step < 5; step++) {
      appendFileSync(join(photos, 'a.jpg'), 'more')
      await wait(30)
    }
    expect(changes()).toBe(0)
    await expect.poll(changes).toBeGreaterThanOrEqual(1)
    expect(changes()).toBe(1)
  })

  it('tells of photos that come into folders which were in a new one before anyone noticed it', async () => {
    const photos = folder()
    const { changes } = await watch(photos)
    const deep = join(photos, 'trip', 'first day', 'morning')
    mkdirSync(deep, { recursive: true })
    await expect.poll(changes).toBeGreaterThanOrEqual(1)
    writeFileSync(join(deep, 'a.jpg'), 'a')
    await expect.poll(changes).toBeGreaterThanOrEqual(2)
  })

  it('keeps quiet about litter and other files', async () => {
    const photos = folder()
    const { changes } = await watch(photos)
    writeFileSync(join(photos, '.hidden.jpg'), 'a')
    writeFileSync(join(photos, 'notes.txt'), 'a')
    await wait(500)
    expect(changes()).toBe(0)
    writeFileSync(join(photos, 'b.jpg'), 'b')
    await expect.poll(changes).toBeGreaterThanOrEqual(1)
  })

  it('tells of photos in a chosen folder, whatever it is called', async () => {
    const photos = folder()
    const told: TreeListener[] = []
    const { changes } = await watch(photos, {
      chosen: () => [join(photos, '.hidden', 'scans')],
      watchTree: (_folder, listener) => {
        told.push(listener)
        return Promise.resolve({ close: () => Promise.resolve() })
      },
    })
    const tell = (name: string): void => {
      for (const each of told) each.onChange(join(photos, name), false)
    }
    tell('.hidden/a.jpg')
    tell('.hidden/scans/.thumbs/a.jpg')
    tell('.hidden/scans/notes.txt')
    await wait(300)
    expect(changes()).toBe(0)
    tell('.hidden/scans/a.jpg')
    await expect.poll(changes).toBeGreaterThanOrEqual(1)
    expect(changes()).toBe(1)
  })

  it('notices when a folder goes and comes back', async () => {
    const disk = folder()
    const photos = join(disk, 'photos')
    mkdirSync(photos)
    const { changes } = await watch(photos)
    renameSync(photos, join(disk, 'elsewhere'))
    await expect.poll(changes).toBeGreaterThanOrEqual(1)
    renameSync(join(disk, 'elsewhere'), photos)
    await expect.poll(changes).toBeGreaterThanOrEqual(2)
    await wait(300)
    const before = changes()
    writeFileSync(join(photos, 'a.jpg'), 'a')
    await expect.poll(changes).toBeGreaterThanOrEqual(before + 1)
  })

  it('notices that a folder is back which went and came between two looks', async () => {
    const disk = folder()
    const photos = join(disk, 'photos')
    mkdirSync(photos)
    const { changes } = await watch(photos, { times: { ...quick, presence: 1500 } })
    writeFileSync(join(photos, 'a.jpg'), 'a')
    renameSync(photos, join(disk, 'elsewhere'))
    await expect.poll(changes).toBeGreaterThanOrEqual(1)
    renameSync(join(disk, 'elsewhere'), photos)
    await expect.poll(changes).toBeGreaterThanOrEqual(2)
  })

  it('tells of a sidecar, and not of other notes', async () => {
    const photos = folder()
    const { changes } = await watch(photos)
    writeFileSync(join(photos, 'a.txt'), 'a')
    await wait(300)
    expect(changes()).toBe(0)
    writeFileSync(join(photos, 'a.jpg.XMP'), 'a')
    await expect.poll(changes).toBeGreaterThanOrEqual(1)
    expect(changes()).toBe(1)
  })

  it('looks once more through a folder that is there and thought to be away', async () => {
    const photos = folder()
    const { changes } = await watch(photos, { isThoughtAway: () => true })
    await expect.poll(changes).toBeGreaterThanOrEqual(1)
    await wait(300)
    expect(changes()).toBe(1)
  })

  it('does not wait for ever for a folder that never rests', async () => {
    const photos = folder()
    const told: TreeListener[] = []
    const { changes } = await watch(photos, {
      times: { ...quick, longestUnrest: 300 },
      watchTree: (_folder, listener) => {
        told.push(listener)
        return Promise.resolve({ close: () => Promise.resolve() })
      },
    })
    await expect
      .poll(() => {
        for (const each of told) each.onChange(join(photos, 'a.jpg'), false)
        return changes()
      })
      .toBe(2)
  })

  it('begins anew in a folder that took the place of another, however quickly', async () => {
    const disk = folder()
    const [photos, others] = [join(disk, 'photos'), join(disk, 'others')]
    mkdirSync(photos)
    mkdirSync(others)
    const { changes } = await watch(photos)
    renameSync(photos, join(disk, 'elsewhere'))
    renameSync(others, photos)
    await expect.poll(changes).toBeGreaterThanOrEqual(1)
    await wait(300)
    const before = changes()
    writeFileSync(join(photos, 'a.jpg'), 'a')
    await expect.poll(changes).toBeGreaterThanOrEqual(before + 1)
  })

  it('begins anew in a folder that was deleted and made again, though the disk gives it the same number', async () => {
    const photos = join(folder(), 'photos')
    mkdirSync(photos)
    const { changes } = await watch(photos)
    rmSync(photos, { recursive: true })
    mkdirSync(photos)
    await expect.poll(changes).toBeGreaterThanOrEqual(1)
    await wait(300)
    const before = changes()
    writeFileSync(join(photos, 'a.jpg'), 'a')
    await expect.poll(changes).toBeGreaterThanOrEqual(before + 1)
  })

  it('does not take a folder that was gone for a moment for one that cannot be watched', async () => {
    const gone = Object.assign(new Error('no such file or directory'), { code: 'ENOENT' })
    let asked = 0
    const { changes, limits } = await watch(folder(), {
      watchTree: (...given) => {
        asked += 1
        return asked === 1 ? Promise.reject(gone) : watchTree(...given)
      },
    })
    await expect.poll(changes).toBe(1)
    expect([asked, limits]).toEqual([2, []])
  })

  it('tells of photos in a folder whose name is that of a file, and in one that was hidden', async () => {
    const disk = folder()
    const photos = join(disk, 'photos')
    mkdirSync(join(photos, '.hidden', 'deep'), { recursive: true })
    mkdirSync(join(disk, 'from a friend'))
    const { changes } = await watch(photos)
    renameSync(join(disk, 'from a friend'), join(photos, 'Photos.zip'))
    await expect.poll(changes).toBeGreaterThanOrEqual(1)
    renameSync(join(photos, '.hidden'), join(photos, 'shown'))
    await expect.poll(changes).toBeGreaterThanOrEqual(2)
    await wait(300)
    const before = changes()
    writeFileSync(join(photos, 'shown', 'deep', 'a.jpg'), 'a')
    await expect.poll(changes).toBeGreaterThanOrEqual(before + 1)
  })

  it('tells of what takes a chosen folder along', async () => {
    const photos = folder()
    const scans = join(photos, '.hidden', 'scans')
    mkdirSync(scans, { recursive: true })
    const { changes } = await watch(photos, { chosen: () => [scans] })
    writeFileSync(join(scans, 'a.jpg'), 'a')
    await expect.poll(changes).toBeGreaterThanOrEqual(1)
    renameSync(join(photos, '.hidden'), join(photos, '.other'))
    await expect.poll(changes).toBeGreaterThanOrEqual(2)
  })

  it('watches a folder that was passed over when it was begun, once it is begun again', async () => {
    const photos = folder()
    const scans = join(photos, '.hidden', 'scans')
    mkdirSync(scans, { recursive: true })
    const chosen: string[] = []
    const { changes, again } = await watch(photos, { chosen: () => chosen })
    chosen.push(scans)
    again()
    await expect.poll(changes).toBeGreaterThanOrEqual(1)
    writeFileSync(join(scans, 'a.jpg'), 'a')
    await expect.poll(changes).toBeGreaterThanOrEqual(2)
  })

  it('begins anew, and looks, after so many changes that the system may have dropped some', async () => {
    const photos = folder()
    const told: TreeListener[] = []
    const { changes } = await watch(photos, {
      watchTree: (_folder, listener) => {
        told.push(listener)
        return Promise.resolve({ close: () => Promise.resolve() })
      },
    })
    for (let at = 0; at < 5000; at++) told[0]?.onChange(join(photos, 'notes.txt'), false)
    await wait(300)
    expect(changes()).toBe(0)
    for (let at = 0; at < 9000; at++) told[0]?.onChange(join(photos, 'notes.txt'), false)
    await eventually(() => {
      expect([told.length, changes()]).toEqual([2, 1])
    })
  })

  it('ends at once while the system has not answered, and ends what it answers later', async () => {
    const asked = Promise.withResolvers<TreeWatch>()
    let ends = 0
    const call = Promise.withResolvers<undefined>()
    const { close } = begin(folder(), {
      watchTree: () => {
        call.resolve(undefined)
        return asked.promise
      },
    })
    await call.promise
    await close()
    asked.resolve({
      close: () => {
        ends += 1
        return Promise.resolve()
      },
    })
    await eventually(() => {
      expect(ends).toBe(1)
    })
  })

  it('begins anew, and looks, where the system broke off, and takes that for a limit only if it goes on', async () => {
    const told: TreeListener[] = []
    const { changes, limits, isLimited } = await watch(folder(), {
      times: { ...quick, rescan: 60_000 },
      watchTree: (_folder, listener) => {
        told.push(listener)
        return Promise.resolve({ close: () => Promise.resolve() })
      },
    })
    for (let time = 1; time <= 2; time++) {
      told.at(-1)?.onFailure(new Error('Events were dropped'))
      await eventually(() => {
        expect([told.length, changes()]).toEqual([time + 1, time])
      })
      expect(limits).toEqual([])
    }
    told.at(-1)?.onFailure(new Error('Events were dropped'))
    expect(limits).toEqual(['Events were dropped'])
    expect(isLimited()).toBe(true)
  })

  it('watches again once the system can', async () => {
    const photos = folder()
    let isFull = true
    const { changes, limits, isLimited } = await watch(photos, {
      watchTree: (...given) => (isFull ? Promise.reject(new Error('No watches left')) : watchTree(...given)),
    })
    expect(isLimited()).toBe(true)
    isFull = false
    await eventually(() => {
      expect(isLimited()).toBe(false)
    })
    await expect.poll(changes).toBeGreaterThanOrEqual(1)
    expect(limits).toEqual(['No watches left'])
  })

  it('looks through now and then where the system has no watches left, and says so', async () => {
    const photos = folder()
    const { changes, limits } = await watch(photos, {
      watchTree: () => Promise.reject(new Error('inotify_add_watch: No space left on device')),
    })
    expect(limits).toEqual(['inotify_add_watch: No space left on device'])
    await expect.poll(changes).toBeGreaterThanOrEqual(2)
  })
})
