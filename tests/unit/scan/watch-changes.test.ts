import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { walk } from '../../../electron/core/scan/walk.ts'
import { watchFolder } from '../../../electron/core/scan/watch.ts'

/**
 * A small world on the disk, of which a stand-in for the library keeps what it saw when it was last told to look. Once all is
 * at rest that has to be what is there, whatever happened, in whatever order and however quickly.
 */
const folders = ['a', 'a/b', 'a/b/c', '.hidden', '.hidden/d', 'e.zip', 'a/f.jpg']
const photos = ['1.jpg', 'f.jpg', '2.png']
/** Milliseconds; the other fallbacks are far off. */
const times = { rest: 30, longestUnrest: 300, presence: 100, rescan: 600_000 }

class World {
  readonly place = mkdtempSync(join(tmpdir(), 'kartoteka-changes-'))
  readonly root = join(this.place, 'photos')
  content = 0
  known = ''

  constructor() {
    for (const folder of folders.slice(0, 5)) mkdirSync(join(this.root, folder), { recursive: true })
  }

  /** What there is to be seen, with all contents. */
  now(): string {
    const files: string[] = []
    for (const visit of walk(this.root)) {
      if (visit.state !== 'read') continue
      for (const { name } of visit.files) {
        const path = join(visit.path, name)
        files.push(`${path.slice(this.place.length)} ${readFileSync(path, 'utf8')}`)
      }
    }
    return existsSync(this.root) ? files.sort().join('\n') : 'away'
  }

  look(): void {
    this.known = this.now()
  }

  /** There is a folder to go on with. */
  end(): void {
    if (existsSync(this.root) && !statSync(this.root).isDirectory()) rmSync(this.root)
    mkdirSync(this.root, { recursive: true })
  }

  /** Anything may be in the way, as a file where a folder is to be. */
  write(path: string): void {
    this.content += 1
    attempt(() => {
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, String(this.content))
    })
  }
}

function attempt(act: () => void): void {
  try {
    act()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
  }
}

type Act = (world: World) => Promise<void> | void

const folder = fc.constantFrom(...folders)
const photo = fc
  .tuple(fc.constantFrom('', ...folders), fc.constantFrom(...photos))
  .map((names) => join(...names))
const act: fc.Arbitrary<Act> = fc.oneof(
  photo.map((name) => (world: World) => {
    world.write(join(world.root, name))
  }),
  photo.map((name) => (world: World) => {
    world.write(join(world.place, '.saving'))
    attempt(() => {
      renameSync(join(world.place, '.saving'), join(world.root, name))
    })
  }),
  folder.map((name) => (world: World) => {
    attempt(() => {
      mkdirSync(join(world.root, name), { recursive: true })
    })
  }),
  fc.constantFrom(...folders, ...photos, '').map((name) => (world: World) => {
    rmSync(join(world.root, name), { recursive: true, force: true })
  }),
  fc.tuple(folder, folder).map(([from, to]) => (world: World) => {
    attempt(() => {
      renameSync(join(world.root, from), join(world.root, to))
    })
  }),
  fc
    .tuple(fc.constantFrom('', ...folders), fc.constantFrom('x', 'y'))
    .map(([name, kept]) => (world: World) => {
      attempt(() => {
        renameSync(join(world.root, name), join(world.place, kept))
      })
    }),
  fc
    .tuple(fc.constantFrom('', ...folders), fc.constantFrom('x', 'y'))
    .map(([name, kept]) => (world: World) => {
      attempt(() => {
        renameSync(join(world.place, kept), join(world.root, name))
      })
    }),
  fc.constantFrom('x', 'y').map((kept) => (world: World) => {
    rmSync(join(world.place, kept), { recursive: true, force: true })
  }),
  fc.constantFrom(1, 20, 80, 200).map((pause) => () => wait(pause)),
)

it('looks after the last change, whatever happened, and goes on following what is there then', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 25 }), fc.nat(), async (acts, at) => {
      const world = new World()
      const limits: string[] = []
      const watcher = watchFolder(world.root, {
        times,
        lookFirst: true,
        onChange: () => {
          world.look()
        },
        onLimited: (because) => limits.push(because),
      })
      try {
        for (const each of acts) await each(world)
        world.end()
        await expect.poll(() => world.known, { timeout: 20_000 }).toBe(world.now())
        // One folder alone, since the others would be seen with it.
        const left = readdirSync(world.root, { recursive: true, withFileTypes: true }).filter(
          (entry) => entry.isDirectory() && !entry.parentPath.includes('.hidden') && entry.name !== '.hidden',
        )
        const one = left[at % Math.max(1, left.length)]
        world.write(join(one === undefined ? world.root : join(one.parentPath, one.name), 'late.jpg'))
        await expect.poll(() => world.known, { timeout: 20_000 }).toBe(world.now())
        expect(limits).toEqual([])
      } finally {
        await watcher.close()
        rmSync(world.place, { recursive: true, force: true })
      }
    }),
    { numRuns: Number(process.env['TREES'] ?? 30) },
  )
})
