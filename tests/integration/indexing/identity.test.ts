import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createScanKeeper } from '../../../electron/core/indexing/apply-scan.ts'
import { knownTo } from '../../../electron/core/indexing/known-folders.ts'
import { storeAnswers, type Answer } from '../../../electron/core/indexing/writer.ts'
import { decide } from '../../../electron/core/library/decisions/decisions.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import { goneOfSize, reuniteAll } from '../../../electron/core/library/moves.ts'
import { markPresence } from '../../../electron/core/library/files/files.ts'
import { takePending, type QueuedPhoto } from '../../../electron/core/library/files/queue.ts'
import { addRoot, listRoots, removeRoot, settleRoots } from '../../../electron/core/library/roots/roots.ts'
import { scanRoots } from '../../../electron/core/scan/scan-root.ts'
import { countFaults, readingOf, someModel, taggingOf, tempLibrary } from '../../fixtures/temp-library.ts'
import { scratch } from './house.ts'

/**
 * Photos as numbers in a small world of two folders, looked through with the real scan and stored as the workers'
 * answers are. What people say of photo 7 is "it is 7": so a decision on a wrong photo shows.
 */

const hashOfBytes = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex').slice(0, 32)
/** Several have the same size. */
const bytesOf = (content: number): Buffer => Buffer.from(`${content}`.padEnd(20 + (content % 3), '.'))
const hashOfContent = (content: number): string => hashOfBytes(bytesOf(content))

const names = ['a/1.jpg', 'a/2.jpg', 'a/3.jpg', 'a/4.jpg', 'a/x/1.jpg', 'b/1.jpg', 'b/2.jpg', 'b/x/1.jpg']

class World {
  readonly place: string
  readonly library: Library
  readonly decided = new Set<number>()
  /** Contents that a file of that name was edited to, with all that was said of it before. */
  readonly heritage = new Map<number, Set<number>>()
  readonly lastAt = new Map<string, number>()
  readonly seenFaults: unknown[] = []
  contents = 0
  clock = 1_500_000_000

  constructor() {
    this.place = scratch()
    this.library = tempLibrary()
    for (const root of ['a', 'b']) {
      // Never empty: that would be a disk that is away.
      this.write(`${root}/stays.jpg`, this.newContent())
      addRoot(this.library, join(this.place, root))
    }
  }

  newContent(): number {
    this.contents += 1
    return this.contents
  }

  path(name: string): string {
    return join(this.place, name)
  }

  write(name: string, content: number): void {
    mkdirSync(dirname(this.path(name)), { recursive: true })
    writeFileSync(this.path(name), bytesOf(content))
    this.touch(name)
  }

  touch(name: string): void {
    this.clock += 60
    utimesSync(this.path(name), this.clock, this.clock)
  }

  has(name: string): boolean {
    return existsSync(this.path(name))
  }

  move(from: string, to: string): void {
    mkdirSync(dirname(this.path(to)), { recursive: true })
    if (this.has(from) && from !== to) renameSync(this.path(from), this.path(to))
  }

  contentAt(name: string): number | null {
    const text = this.has(name) ? readFileSync(this.path(name), 'utf8') : ''
    return text === '' ? null : Number(text.replace(/\.+$/, ''))
  }

  rows(): { id: number; name: string; state: string; hash: string | null; decided: string | null }[] {
    return this.library.db
      .prepare<[], { id: number; name: string; state: string; hash: string | null; decided: string | null }>(
        `SELECT p.id, f.path || '/' || p.name AS name, state, iif(width IS NULL, NULL, lower(hex(content_hash))) AS hash,
           (SELECT group_concat(term) FROM decision WHERE photo_id = p.id) AS decided
         FROM photo p JOIN folder f ON f.id = p.folder_id WHERE presence = 'here' ORDER BY name`,
      )
      .all()
      .map((row) => ({ ...row, name: row.name.slice(this.place.length + 1) }))
  }

  decide(name: string): void {
    const content = this.contentAt(name)
    const row = this.rows().find((each) => each.name === name)
    if (content === null || row?.hash !== hashOfContent(content)) return
    decide(this.library, [row.id], content, 'added')
    this.decided.add(content)
  }

  async look(): Promise<void> {
    const known = new Set(
      this.library.db.prepare<[], string>('SELECT lower(hex(content_hash)) FROM photo').pluck().all(),
    )
    const roots = listRoots(this.library)
    const missed: number[] = []
    const keepers = new Map(
      roots.map(({ id, path }) => [path, createScanKeeper(this.library, id, (ids) => missed.push(...ids))]),
    )
    const steps = [
      ...scanRoots(
        roots.map(({ path }) => path),
        knownTo(this.library),
        () => false,
      ),
    ]
    for (const { root, step } of steps) await keepers.get(root)?.(step)
    const disputed = new Set<number>()
    for (;;) {
      const taken = takePending(this.library, 3)
      if (taken.length === 0) break
      const answers = taken.map((photo) => this.read(photo, disputed.has(photo.photoId)))
      const { setAside } = storeAnswers(this.library, answers, someModel, (id) => disputed.add(id))
      missed.push(...setAside)
    }
    await reuniteAll(this.library, missed, () => Promise.resolve())
    this.remember(known)
  }

  read({ photoId, path, size, contentHash }: QueuedPhoto, disputed: boolean): Answer {
    const bytes = readFileSync(path)
    const hash = hashOfBytes(bytes)
    const known = [contentHash, ...(disputed ? [] : goneOfSize(this.library, size))]
    if (bytes.length === 0) {
      const problem = { kind: 'empty', reason: 'The file is empty.' } as const
      return { photoId, before: contentHash, outcome: { kind: 'problem', problem, contentHash: null } }
    }
    return {
      photoId,
      before: contentHash,
      outcome: known.includes(hash)
        ? { kind: 'known', contentHash: hash }
        : { kind: 'read', reading: readingOf({ contentHash: hash }), tagging: taggingOf() },
    }
  }

  /** A content that the library does not have, under a name that was another's, is what that became by editing. */
  remember(contentsKnown: ReadonlySet<string>): void {
    const present = ['a/stays.jpg', 'b/stays.jpg', ...names].flatMap((name) => {
      const content = this.contentAt(name)
      return content === null ? [] : [{ name, content }]
    })
    for (const { name, content } of present) {
      const before = this.lastAt.get(name)
      if (before === undefined || before === content || contentsKnown.has(hashOfContent(content))) continue
      const known = this.heritage.get(content) ?? new Set()
      for (const each of [before, ...(this.heritage.get(before) ?? [])]) known.add(each)
      this.heritage.set(content, known)
    }
    for (const { name, content } of present) {
      this.lastAt.set(name, content)
    }
  }

  /** What is not as it should be after a look; nothing, ever. */
  faults(): unknown[] {
    const faults: unknown[] = [...countFaults(this.library)]
    const rows = this.rows()
    const files = ['a/stays.jpg', 'b/stays.jpg', ...names].filter((name) => this.has(name))
    const shown = rows.map(({ name }) => name)
    for (const name of files) if (!shown.includes(name)) faults.push({ name, fault: 'is no photo' })
    for (const name of shown)
      if (!files.includes(name)) faults.push({ name, fault: 'is shown and not there' })
    const carried = new Set<number>()
    for (const { name, state, hash, decided } of rows) {
      const content = this.contentAt(name)
      if (state !== (content === null ? 'failed' : 'done')) faults.push({ name, state })
      if (content === null) continue
      if (hash !== hashOfContent(content)) faults.push({ name, fault: 'is taken for another content' })
      const said = (decided ?? '').split(',').filter(Boolean).map(Number)
      for (const each of said) {
        if (each === content) carried.add(each)
        else if (this.heritage.get(content)?.has(each) !== true)
          faults.push({ name, fault: 'has what was said of another', content, each })
      }
    }
    const there = new Set(files.map((name) => this.contentAt(name)))
    const kept = this.library.db.prepare<[number, string], { id: number }>(
      'SELECT p.id FROM photo p JOIN decision d ON d.photo_id = p.id WHERE d.term = ? AND lower(hex(p.content_hash)) = ?',
    )
    for (const content of this.decided) {
      if (there.has(content) && !carried.has(content))
        faults.push({ content, fault: 'is there without what was said' })
      if (kept.get(content, hashOfContent(content)) === undefined)
        faults.push({ content, fault: 'what was said is deleted' })
    }
    return faults
  }
}

interface Act {
  readonly what: string
  readonly run: (world: World) => Promise<void> | void
}

const name = fc.constantFrom(...names)
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(name, name).map(([from, to]) => renamed(from, to)) },
  { weight: 2, arbitrary: fc.tuple(name, name).map(([one, other]) => swapped(one, other)) },
  { weight: 2, arbitrary: fc.boolean().map((up) => shifted(up)) },
  fc.tuple(name, name, fc.boolean()).map(([from, to, asIs]) => copied(from, to, asIs)),
  fc.boolean().map((back) => folderMoved(back)),
  name.map((each) => ({
    what: `touch ${each}`,
    run: (world: World) => (world.has(each) ? world.touch(each) : undefined),
  })),
  name.map((each) => ({
    what: `write ${each}`,
    run: (world: World) => world.write(each, world.newContent()),
  })),
  name.map((each) => ({
    what: `delete ${each}`,
    run: (world: World) => rmSync(world.path(each), { force: true }),
  })),
  name.map((each) => ({
    what: `empty ${each}`,
    run: (world: World) => (world.has(each) ? truncateSync(world.path(each), 0) : undefined),
  })),
  fc.tuple(name, fc.nat(20)).map(([each, which]) => ({
    what: `restore ${which} as ${each}`,
    run: (world: World) => world.write(each, 1 + (which % world.contents)),
  })),
  {
    weight: 3,
    arbitrary: name.map((each) => ({ what: `decide ${each}`, run: (world: World) => world.decide(each) })),
  },
  {
    weight: 4,
    arbitrary: fc.constant({
      what: 'look',
      run: async (world: World) => {
        await world.look()
        world.seenFaults.push(...world.faults())
      },
    }),
  },
)

function renamed(from: string, to: string): Act {
  return {
    what: `${from} -> ${to}`,
    run: (world) => {
      world.move(from, to)
    },
  }
}

function swapped(one: string, other: string): Act {
  return {
    what: `${one} <-> ${other}`,
    run: (world) => {
      if (one === other || !world.has(one) || !world.has(other)) return
      world.move(one, 'aside')
      world.move(other, one)
      world.move('aside', other)
    },
  }
}

function shifted(up: boolean): Act {
  const numbers = up ? [3, 2, 1] : [2, 3, 4]
  return {
    what: up ? 'all one up' : 'all one down',
    run: (world) => {
      for (const at of numbers) world.move(`a/${at}.jpg`, `a/${up ? at + 1 : at - 1}.jpg`)
    },
  }
}

function copied(from: string, to: string, asIs: boolean): Act {
  return {
    what: `copy ${from} to ${to}${asIs ? ' with its time' : ''}`,
    run: (world) => {
      if (!world.has(from) || from === to) return
      mkdirSync(dirname(world.path(to)), { recursive: true })
      copyFileSync(world.path(from), world.path(to))
      if (!asIs) world.touch(to)
    },
  }
}

function folderMoved(back: boolean): Act {
  const [from, to] = back ? ['b/x/1.jpg', 'a/x/1.jpg'] : ['a/x/1.jpg', 'b/x/1.jpg']
  return renamed(from ?? '', to ?? '')
}

/** A world with photos of these names that were looked through, each with what a person said of it. */
async function known(...present: string[]): Promise<World> {
  const world = new World()
  for (const each of present) world.write(each, world.newContent())
  await world.look()
  for (const each of present) world.decide(each)
  return world
}

/** What is said of the photo of that name: of which photos it was said. */
const saidOf = (world: World, photo: string): string | null | undefined =>
  world.rows().find(({ name }) => name === photo)?.decided

/** One of two copies of a decided photo is gone, `how` being done before; what is said of the other one. */
async function vanish(how: (world: World, id: number) => void): Promise<string | null | undefined> {
  const world = await known('a/1.jpg', 'a/2.jpg')
  copyFileSync(world.path('a/2.jpg'), world.path('b/2.jpg'))
  await world.look()
  const { id } = world.rows().find(({ name }) => name === 'a/2.jpg') ?? { id: 0 }
  how(world, id)
  rmSync(world.path('a/2.jpg'))
  await world.look()
  world.touch('b/2.jpg')
  await world.look()
  return saidOf(world, 'b/2.jpg')
}

describe('what was decided', () => {
  it('follows numbers that all shift by one', async () => {
    const world = await known('a/1.jpg', 'a/2.jpg', 'a/3.jpg')
    const before = ['a/1.jpg', 'a/2.jpg', 'a/3.jpg'].map((each) => saidOf(world, each))
    for (const at of [3, 2, 1]) world.move(`a/${at}.jpg`, `a/${at + 1}.jpg`)
    await world.look()
    expect(['a/2.jpg', 'a/3.jpg', 'a/4.jpg'].map((each) => saidOf(world, each))).toEqual(before)
    expect(world.faults()).toEqual([])
  })

  it('follows a photo whose name another one took', async () => {
    const world = await known('a/1.jpg', 'a/2.jpg')
    const before = ['a/1.jpg', 'a/2.jpg'].map((each) => saidOf(world, each))
    world.move('a/1.jpg', 'a/4.jpg')
    world.move('a/2.jpg', 'a/1.jpg')
    await world.look()
    expect(['a/4.jpg', 'a/1.jpg'].map((each) => saidOf(world, each))).toEqual(before)
  })

  it('is there again when the photo that another one was moved over is put back from a copy', async () => {
    const world = await known('a/1.jpg', 'b/1.jpg')
    const [content, before] = [world.contentAt('a/1.jpg') ?? 0, saidOf(world, 'a/1.jpg')]
    world.move('b/1.jpg', 'a/1.jpg')
    await world.look()
    world.write('a/2.jpg', content)
    await world.look()
    expect(saidOf(world, 'a/2.jpg')).toBe(before)
    expect(world.faults()).toEqual([])
  })

  it('stays with a photo that was edited, and is with the original as well when that is put back', async () => {
    const world = await known('a/1.jpg')
    const [content, before] = [world.contentAt('a/1.jpg') ?? 0, saidOf(world, 'a/1.jpg')]
    world.write('a/1.jpg', world.newContent())
    await world.look()
    expect(saidOf(world, 'a/1.jpg')).toBe(before)
    world.write('a/2.jpg', content)
    await world.look()
    expect([saidOf(world, 'a/1.jpg'), saidOf(world, 'a/2.jpg')]).toEqual([before, before])
    expect(world.faults()).toEqual([])
  })

  it('outlives a file that a failed copy left empty, also when another one is moved over that', async () => {
    const world = await known('a/1.jpg', 'a/2.jpg')
    const [content, before] = [world.contentAt('a/1.jpg') ?? 0, saidOf(world, 'a/1.jpg')]
    truncateSync(world.path('a/1.jpg'), 0)
    await world.look()
    expect(world.faults()).toEqual([])
    world.write('a/3.jpg', content)
    await world.look()
    expect(saidOf(world, 'a/3.jpg')).toBe(before)
    expect(world.faults()).toEqual([])
    truncateSync(world.path('a/3.jpg'), 0)
    await world.look()
    world.move('a/2.jpg', 'a/3.jpg')
    await world.look()
    world.write('b/1.jpg', content)
    await world.look()
    expect(saidOf(world, 'b/1.jpg')).toBe(before)
    expect(world.faults()).toEqual([])
  })

  it('is on a copy of a photo whose folder was taken out, and comes back with that folder', async () => {
    const world = await known('a/1.jpg')
    const before = saidOf(world, 'a/1.jpg')
    const rootOf = (name: string) =>
      listRoots(world.library).find(({ path }) => path === world.path(name))?.id ?? 0
    removeRoot(world.library, rootOf('a'), true)
    await settleRoots(world.library)
    copyFileSync(world.path('a/1.jpg'), world.path('b/1.jpg'))
    await world.look()
    expect(saidOf(world, 'b/1.jpg')).toBe(before)
    removeRoot(world.library, rootOf('b'), false)
    await settleRoots(world.library)
    addRoot(world.library, world.path('a'))
    await settleRoots(world.library)
    await world.look()
    expect(saidOf(world, 'a/1.jpg')).toBe(before)
  })

  it('goes to the other copy when a photo vanishes, but not when a person throws it away', async () => {
    expect(await vanish(() => undefined)).toBe('4')
    expect(await vanish(({ library }, id) => markPresence(library, [id], 'missing'))).toBeNull()
  })
})

describe('a photo', () => {
  it('has what was decided about it wherever it goes, and no other has it, whatever happens to the files', async () => {
    expect.hasAssertions()
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 25 }), async (acts) => {
        const world = new World()
        for (const each of names.slice(0, 6)) world.write(each, world.newContent())
        await world.look()
        for (const each of names.slice(0, 3)) world.decide(each)
        for (const each of acts) await each.run(world)
        await world.look()
        world.seenFaults.push(...world.faults())
        await world.look()
        expect([...world.seenFaults, ...world.faults()]).toEqual([])
      }),
      { numRuns: 40 },
    )
  }, 120_000)
})
