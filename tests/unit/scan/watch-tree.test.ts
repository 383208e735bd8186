import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { watchEachFolder } from '../../../electron/core/scan/watch-each-folder.ts'
import type { TreeListener, WatchTree } from '../../../electron/core/scan/tree-watch.ts'
import { watchTree } from '../../../electron/core/scan/watch-tree.ts'
import { watchWholeTree } from '../../../electron/core/scan/watch-whole-tree.ts'

const longAgo = 1_500_000_000

function tree(...folders: string[]): string {
  const root = mkdtempSync(join(tmpdir(), 'kartoteka-tree-'))
  for (const folder of ['', ...folders]) {
    mkdirSync(join(root, folder), { recursive: true })
  }
  for (const folder of ['', ...readdirSync(root, { recursive: true, encoding: 'utf8' })])
    utimesSync(join(root, folder), longAgo, longAgo)
  onTestFinished(() => {
    rmSync(root, { recursive: true, force: true })
  })
  return root
}

interface Heard {
  /** What changed, from the root on; with a `/` at its end what is said to be a folder. */
  readonly told: () => readonly string[]
  /** From now on only what is told later counts. */
  readonly forget: () => void
  readonly close: () => Promise<void>
}

async function hear(
  root: string,
  options: Partial<TreeListener> = {},
  begin: WatchTree = watchTree,
): Promise<Heard> {
  const told: string[] = []
  const watch = await begin(root, {
    onChange: (path, isFolder) => told.push(relative(root, path) + (isFolder ? '/' : '')),
    onFailure: (error) => told.push(`Failure: ${String(error)}`),
    skips: () => false,
    since: Number.POSITIVE_INFINITY,
    ...options,
  })
  onTestFinished(watch.close)
  return {
    told: () => told,
    forget: () => {
      told.length = 0
    },
    close: watch.close,
  }
}

const everywhere: [string, WatchTree][] = [
  ['as this system does', watchTree],
  ['as a whole', watchWholeTree],
]

describe.each(everywhere)('watching a tree %s', (_, begin) => {
  it('tells of files that come, change and go, however deep', async () => {
    const root = tree('trip/first day')
    const { told, forget } = await hear(root, {}, begin)
    const file = join('trip', 'first day', 'a.jpg')
    writeFileSync(join(root, file), 'a')
    await expect.poll(told).toContain(file)
    forget()
    writeFileSync(join(root, file), 'more')
    await expect.poll(told).toContain(file)
    forget()
    rmSync(join(root, file))
    await expect.poll(told).toContain(file)
  })

  it('says that what came is a folder, where its name says otherwise', async () => {
    const root = tree()
    const { told } = await hear(root, {}, begin)
    mkdirSync(join(root, 'Photos.zip'))
    await expect.poll(told).toContain('Photos.zip/')
  })

  it('begins again at once after it was closed, also before it has ended', async () => {
    const root = tree(...Array.from({ length: 20 }, (__, at) => String(at)))
    for (let round = 0; round < 5; round++) {
      const { told, close } = await hear(root, {}, begin)
      writeFileSync(join(root, `${String(round)}.jpg`), 'a')
      await expect.poll(told).toContain(`${String(round)}.jpg`)
      void close()
    }
  })

  it('cannot begin in a folder that is not there', async () => {
    await expect(hear(join(tree(), 'nowhere'), {}, begin)).rejects.toThrow(Error)
  })
})

describe.skipIf(process.platform !== 'linux')('watching each folder', () => {
  it('follows folders that were in a new one before anyone noticed it', async () => {
    const root = tree()
    const { told } = await hear(root)
    mkdirSync(join(root, 'trip', 'first day', 'morning'), { recursive: true })
    await expect.poll(told).toContain('trip/')
    writeFileSync(join(root, 'trip/first day/morning/a.jpg'), 'a')
    await expect.poll(told).toContain('trip/first day/morning/a.jpg')
  })

  it('follows new folders after others were moved away and deleted there', async () => {
    const root = tree('trip/first day/morning')
    const trash = join(tree(), 'trash')
    const { told } = await hear(root)
    renameSync(join(root, 'trip'), trash)
    await expect.poll(told).toContain('trip/')
    rmSync(trash, { recursive: true })
    mkdirSync(join(root, 'new/deep/er'), { recursive: true })
    await expect.poll(told).toContain('new/')
    writeFileSync(join(root, 'new/deep/er/a.jpg'), 'a')
    await expect.poll(told).toContain('new/deep/er/a.jpg')
  })

  it('knows a folder by its new name, and another one by the former name of the first', async () => {
    const root = tree('here/deep', 'other/deep')
    const { told } = await hear(root)
    renameSync(join(root, 'here'), join(root, 'there'))
    renameSync(join(root, 'other'), join(root, 'here'))
    for (const [name, photo] of [
      ['there', 'a.jpg'],
      ['here', 'b.jpg'],
    ] as const) {
      // What comes before the folder is followed is not told.
      await expect
        .poll(() => {
          writeFileSync(join(root, name, 'deep', photo), 'a')
          return told()
        })
        .toContain(`${name}/deep/${photo}`)
    }
    expect(told()).not.toContain('there/deep/b.jpg')
  })

  it('begins although a folder vanishes meanwhile', async () => {
    const root = tree('goes', 'stays')
    const { told } = await hear(root, {
      skips: (folder) => {
        if (folder === join(root, 'goes')) rmSync(folder, { recursive: true, force: true })
        return false
      },
    })
    writeFileSync(join(root, 'stays/a.jpg'), 'a')
    await expect.poll(told).toContain('stays/a.jpg')
  })

  it('begins although it may not look into a folder, and follows that once it may', async () => {
    const root = tree('open', 'shut/deep')
    chmodSync(root, 0o755)
    chmodSync(join(root, 'shut'), 0)
    // Rights do not hold for root: then it is nobody who watches.
    const isRoot = process.geteuid?.() === 0
    if (isRoot) process.seteuid?.(65_534)
    try {
      const { told } = await hear(root)
      if (isRoot) process.seteuid?.(0)
      writeFileSync(join(root, 'open/a.jpg'), 'a')
      await expect.poll(told).toContain('open/a.jpg')
      chmodSync(join(root, 'shut'), 0o755)
      await expect.poll(told).toContain('shut/')
      writeFileSync(join(root, 'shut/deep/a.jpg'), 'a')
      await expect.poll(told).toContain('shut/deep/a.jpg')
    } finally {
      if (isRoot) process.seteuid?.(0)
    }
  })

  it('tells of a folder that changed before it was watched, after the time that it is given', async () => {
    const root = tree('before', 'meanwhile')
    const since = longAgo * 1000 + 5000
    utimesSync(join(root, 'meanwhile'), longAgo, longAgo + 10)
    const { told } = await hear(root, { since })
    expect(told()).toEqual(['meanwhile/'])
  })

  it('leaves out what it is told to, with all below', async () => {
    const root = tree('@eaDir/a.jpg', 'trip')
    const { told } = await hear(root, { skips: (folder) => folder.includes('@eaDir') })
    writeFileSync(join(root, '@eaDir/a.jpg/small.jpg'), 'a')
    writeFileSync(join(root, '@eaDir/big.jpg'), 'a')
    writeFileSync(join(root, 'trip/a.jpg'), 'a')
    await expect.poll(told).toContain('trip/a.jpg')
    expect(told().filter((name) => name.includes('@eaDir'))).toEqual([])
  })

  it('leaves no watch behind, however often folders come and go and it begins and ends', async () => {
    const root = tree('trip/first day', 'trip/second day')
    const outside = tree()
    const before = watchesOfSystem()
    for (let round = 0; round < 20; round++) {
      const { told, close } = await hear(root)
      expect(watchesOfSystem()).toBe(before + 4)
      renameSync(join(root, 'trip'), join(outside, 'trip'))
      await expect.poll(told).toContain('trip/')
      mkdirSync(join(root, 'trip'))
      await expect.poll(watchesOfSystem).toBe(before + 2)
      await close()
      expect(watchesOfSystem()).toBe(before)
      rmSync(join(root, 'trip'), { recursive: true })
      renameSync(join(outside, 'trip'), join(root, 'trip'))
    }
  })

  it('gives all watches back, and says why, where the system has none left', async () => {
    const root = tree('a', 'b')
    const before = watchesOfSystem()
    const full = Object.assign(new Error('ENOSPC: System limit for number of file watchers reached'), {
      code: 'ENOSPC',
    })
    const begun = watchEachFolder(root, {
      onChange: () => {},
      onFailure: () => {},
      since: Number.POSITIVE_INFINITY,
      skips: () => {
        throw full
      },
    })
    await expect(begun).rejects.toBe(full)
    expect(watchesOfSystem()).toBe(before)
  })
})

/** Folders that this process has the system watch. */
function watchesOfSystem(): number {
  const lines = readdirSync('/proc/self/fdinfo').flatMap((handle) => {
    try {
      return readFileSync(join('/proc/self/fdinfo', handle), 'utf8').split('\n')
    } catch {
      return []
    }
  })
  return lines.filter((line) => line.startsWith('inotify wd:')).length
}
