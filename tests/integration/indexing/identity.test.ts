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
import { createScanApplier } from '../../../electron/core/indexing/apply-scan.ts'
import { knownTo } from '../../../electron/core/indexing/known-folders.ts'
import { decide } from '../../../electron/core/library/decisions/decisions.ts'
import { say } from '../../../electron/core/library/decisions/person-facts.ts'
import { undo } from '../../../electron/core/library/decisions/undo.ts'
import { dropUselessMissing, setPresence } from '../../../electron/core/library/files/files.ts'
import { takePending, type QueuedFile } from '../../../electron/core/library/files/queue.ts'
import type { Library } from '../../../electron/core/library/library.ts'
import { settleFormerPhotos } from '../../../electron/core/library/photos/former.ts'
import { storeResults, type FileResult } from '../../../electron/core/library/photos/store-results.ts'
import { addRoot, listRoots, removeRoot, settleRoots } from '../../../electron/core/library/roots/roots.ts'
import { scanRoots } from '../../../electron/core/scan/scan-root.ts'
import { derivedFaults, readingOf, someModel, taggingOf, tempLibrary } from '../../fixtures/temp-library.ts'
import { scratch } from './index-photos.ts'

/**
 * Photos as numbers in a small world of two folders, looked through with the real scan and stored as the workers'
 * answers are. What people say of photo 7 is "it is 7", as a label and as its title: so a decision on a wrong photo shows.
 */

const hashOfBytes = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex').slice(0, 32)
const betweenBatches = (): Promise<void> => Promise.resolve()
/** Several have the same size. */
const bytesOf = (content: number): Buffer => Buffer.from(`${content}`.padEnd(20 + (content % 3), '.'))
const hashOfContent = (content: number): string => hashOfBytes(bytesOf(content))

type Root = 'a' | 'b'
const roots = ['a', 'b'] as const
const stays = roots.map((root) => `${root}/stays.jpg`)
const names = ['a/1.jpg', 'a/2.jpg', 'a/3.jpg', 'a/4.jpg', 'a/x/1.jpg', 'b/1.jpg', 'b/2.jpg', 'b/x/1.jpg']

class World {
  readonly place: string
  readonly library: Library
  readonly decided = new Set<number>()
  readonly entitled = new Set<number>()
  /** Contents that took the place of others, with all that was said of those. */
  readonly heritage = new Map<number, Set<number>>()
  /** What each name stood for when it was last seen, also before it went. */
  readonly lastAt = new Map<string, number>()
  /** What was there at the last look. */
  there: ReadonlyMap<string, number> = new Map()
  readonly classified = new Set<number>()
  readonly seenFaults: unknown[] = []
  /** Where a root is that the library cannot see: its disk is away, or it was taken out. */
  readonly hidden = new Map<Root, 'away' | 'removed'>()
  contents = 0
  clock = 1_500_000_000

  constructor() {
    this.place = scratch()
    this.library = tempLibrary()
    for (const root of roots) {
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

  isReachable(name: string): boolean {
    return this.hidden.get(name.startsWith('a') ? 'a' : 'b') === undefined
  }

  write(name: string, content: number): void {
    if (!this.isReachable(name)) return
    mkdirSync(dirname(this.path(name)), { recursive: true })
    writeFileSync(this.path(name), bytesOf(content))
    this.touch(name)
  }

  touch(name: string): void {
    this.clock += 60
    utimesSync(this.path(name), this.clock, this.clock)
  }

  has(name: string): boolean {
    return this.isReachable(name) && existsSync(this.path(name))
  }

  move(from: string, to: string): void {
    if (!this.has(from) || from === to || !this.isReachable(to)) return
    mkdirSync(dirname(this.path(to)), { recursive: true })
    renameSync(this.path(from), this.path(to))
  }

  copy(from: string, to: string): void {
    if (!this.has(from) || from === to || !this.isReachable(to)) return
    mkdirSync(dirname(this.path(to)), { recursive: true })
    copyFileSync(this.path(from), this.path(to))
  }

  contentAt(name: string): number | null {
    const text = this.has(name) ? readFileSync(this.path(name), 'utf8') : ''
    return text === '' ? null : Number(text.replace(/\.+$/, ''))
  }

  /** Takes a root away, or puts it back. The other one is never away at the same time. */
  async hide(root: Root, how: 'away' | 'removed'): Promise<void> {
    const [back] = this.hidden.keys()
    if (back !== undefined) await this.bringBack(back)
    if (back === root) return
    if (how === 'away') renameSync(this.path(root), this.path(`${root} away`))
    else {
      removeRoot(this.library, this.rootId(root), true)
      await settleRoots(this.library, betweenBatches)
    }
    this.hidden.set(root, how)
  }

  async bringBack(root: Root): Promise<void> {
    if (this.hidden.get(root) === 'away') renameSync(this.path(`${root} away`), this.path(root))
    else {
      addRoot(this.library, this.path(root))
      await settleRoots(this.library, betweenBatches)
    }
    this.hidden.delete(root)
  }

  rootId(root: Root): number {
    return listRoots(this.library).find(({ path }) => path === this.path(root))?.id ?? 0
  }

  /** All files that the library takes for being there, or to be on a disk that is away. */
  rows(): Row[] {
    return this.library.db
      .prepare<[], Row>(
        `SELECT fi.id, fi.photo_id AS photoId, f.path || '/' || fi.name AS name, fi.state,
           nullif(lower(hex(p.content_hash)), '') AS hash, f.offline,
           (SELECT class_index FROM tag WHERE photo_id = p.id AND rank = 1) AS best,
           (SELECT group_concat(term) FROM decision WHERE photo_id = p.id) AS decided, p.title
         FROM file fi JOIN folder f ON f.id = fi.folder_id LEFT JOIN photo p ON p.id = fi.photo_id
         WHERE fi.presence = 'here' ORDER BY f.path, fi.name`,
      )
      .all()
      .map((row) => ({ ...row, name: row.name.slice(this.place.length + 1) }))
  }

  decide(name: string): void {
    const photo = this.photoAt(name)
    if (photo === null) return
    decide(this.library, [photo.id], photo.content, 'added')
    this.decided.add(photo.content)
  }

  entitle(name: string): void {
    const photo = this.photoAt(name)
    if (photo === null) return
    say(this.library, [photo.id], { field: 'title', value: `${photo.content}` })
    this.entitled.add(photo.content)
  }

  /** As the library knows it, if it knows that content. */
  photoAt(name: string): { readonly id: number; readonly content: number } | null {
    const content = this.contentAt(name)
    const row = this.rows().find((each) => each.name === name)
    if (content === null || row === undefined || row.photoId === null) return null
    return row.hash === hashOfContent(content) ? { id: row.photoId, content } : null
  }

  async look(): Promise<void> {
    const known = new Set(
      this.library.db.prepare<[], string>('SELECT lower(hex(content_hash)) FROM photo').pluck().all(),
    )
    const roots = listRoots(this.library)
    const appliers = new Map(roots.map(({ id, path }) => [path, createScanApplier(this.library, id)]))
    const paths = roots.map(({ path }) => path)
    const steps = [...scanRoots(paths, knownTo(this.library), () => false)]
    for (const { root, step } of steps) await appliers.get(root)?.(step)
    for (;;) {
      const taken = takePending(this.library, 3)
      if (taken.length === 0) break
      const results = taken.map((file) => this.read(file))
      storeResults(this.library, results, someModel)
      for (const result of results) {
        if (result.kind === 'read') this.classified.add(result.reading.bytes)
      }
    }
    await settleFormerPhotos(this.library, betweenBatches)
    await dropUselessMissing(this.library, betweenBatches)
    this.remember(known)
  }

  read({ fileId, path }: QueuedFile): FileResult {
    const bytes = readFileSync(path)
    if (bytes.length === 0) {
      return { kind: 'problem', fileId, problem: { kind: 'empty', reason: 'The file is empty.' } }
    }
    const contentHash = hashOfBytes(bytes)
    const isKnown = this.library.db
      .prepare<[Buffer]>('SELECT 1 FROM photo WHERE content_hash = ?')
      .get(Buffer.from(contentHash, 'hex'))
    if (isKnown !== undefined) return { kind: 'known', fileId, contentHash, facts: null }
    const content = Number(bytes.toString('utf8').replace(/\.+$/, ''))
    if (this.classified.has(content)) this.seenFaults.push({ content, fault: 'is classified twice' })
    // `bytes` tells which content it was.
    return {
      kind: 'read',
      fileId,
      reading: readingOf({ contentHash, bytes: content }),
      tagging: taggingOf(content % 1000),
    }
  }

  /** What took the place of another content inherits from it, unless that is somewhere else. */
  remember(knownBefore: ReadonlySet<string>): void {
    const now = new Map<string, number>()
    for (const name of [...stays, ...names]) {
      // On a disk that is away nothing changes that anybody could see.
      const isAway = this.hidden.get(name.startsWith('a') ? 'a' : 'b') === 'away'
      const content = isAway ? this.there.get(name) : this.contentAt(name)
      if (content !== undefined && content !== null) now.set(name, content)
    }
    const present = new Set(now.values())
    for (const [name, content] of now) {
      const before = this.lastAt.get(name)
      if (before === undefined || before === content) continue
      if (knownBefore.has(hashOfContent(content)) && present.has(before)) continue
      const heirs = this.heritage.get(content) ?? new Set()
      for (const each of [before, ...(this.heritage.get(before) ?? [])]) heirs.add(each)
      this.heritage.set(content, heirs)
    }
    for (const [name, content] of now) this.lastAt.set(name, content)
    this.there = now
  }

  /** What is not as it should be after a look; nothing, ever. */
  faults(): unknown[] {
    const faults: unknown[] = [...derivedFaults(this.library)]
    const rows = this.rows().filter(({ name }) => this.isReachable(name))
    const files = [...stays, ...names].filter((name) => this.has(name))
    const shown = rows.map(({ name }) => name)
    for (const name of files) if (!shown.includes(name)) faults.push({ name, fault: 'is not known' })
    for (const name of shown)
      if (!files.includes(name)) faults.push({ name, fault: 'is shown and not there' })
    const carried = new Set<number>()
    const titled = new Set<number>()
    for (const { name, state, hash, best, decided, title, offline } of rows) {
      const content = this.contentAt(name)
      if (offline === 1) faults.push({ name, fault: 'is taken for being away' })
      if (state !== (content === null ? 'failed' : 'done')) faults.push({ name, state })
      if (content === null && hash !== null) faults.push({ name, fault: 'is shown and empty' })
      if (content === null) continue
      if (hash !== hashOfContent(content)) faults.push({ name, fault: 'is taken for another content' })
      if (best !== content % 1000) faults.push({ name, fault: 'has the tags of another content' })
      const said = (decided ?? '').split(',').filter(Boolean).map(Number)
      for (const each of said) {
        if (each === content) carried.add(each)
        else if (this.heritage.get(content)?.has(each) !== true)
          faults.push({ name, fault: 'has what was said of another', content, each })
      }
      if (title === null) continue
      titled.add(content)
      if (title !== `${content}` && this.heritage.get(content)?.has(Number(title)) !== true)
        faults.push({ name, fault: 'has the title of another', content, title })
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
    for (const content of this.entitled)
      if (there.has(content) && !titled.has(content))
        faults.push({ content, fault: 'is there without its title' })
    return faults
  }
}

interface Row {
  readonly id: number
  readonly photoId: number | null
  readonly name: string
  readonly state: string
  readonly hash: string | null
  readonly offline: number
  readonly best: number | null
  readonly decided: string | null
  readonly title: string | null
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
    run: (world: World) => (world.has(each) ? rmSync(world.path(each)) : undefined),
  })),
  name.map((each) => ({
    what: `empty ${each}`,
    run: (world: World) => (world.has(each) ? truncateSync(world.path(each), 0) : undefined),
  })),
  fc
    .tuple(fc.constantFrom(...roots), fc.constantFrom('away' as const, 'removed' as const))
    .map(([root, how]) => ({
      what: `${root} is ${how} or back`,
      run: (world: World) => world.hide(root, how),
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
    weight: 3,
    arbitrary: name.map((each) => ({ what: `entitle ${each}`, run: (world: World) => world.entitle(each) })),
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
      renameSync(world.path(one), world.path('between'))
      world.move(other, one)
      renameSync(world.path('between'), world.path(other))
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
      world.copy(from, to)
      if (!asIs && world.has(to)) world.touch(to)
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
    removeRoot(world.library, world.rootId('a'), true)
    await settleRoots(world.library)
    copyFileSync(world.path('a/1.jpg'), world.path('b/1.jpg'))
    await world.look()
    expect(saidOf(world, 'b/1.jpg')).toBe(before)
    removeRoot(world.library, world.rootId('b'), false)
    await settleRoots(world.library)
    addRoot(world.library, world.path('a'))
    await settleRoots(world.library)
    await world.look()
    expect(saidOf(world, 'a/1.jpg')).toBe(before)
  })

  it('is about all copies of a photo, and stays when one of them vanishes or is thrown away', async () => {
    const world = await known('a/1.jpg')
    const before = saidOf(world, 'a/1.jpg')
    world.copy('a/1.jpg', 'b/1.jpg')
    world.copy('a/1.jpg', 'b/2.jpg')
    await world.look()
    const copies = world.rows().filter(({ decided }) => decided === before)
    expect(copies.map(({ name }) => name)).toEqual(['a/1.jpg', 'b/1.jpg', 'b/2.jpg'])
    expect(new Set(copies.map(({ photoId }) => photoId)).size).toBe(1)
    rmSync(world.path('a/1.jpg'))
    await world.look()
    rmSync(world.path('b/1.jpg'))
    setPresence(world.library, [copies[1]?.id ?? 0], 'missing')
    await world.look()
    expect(saidOf(world, 'b/2.jpg')).toBe(before)
    expect(world.faults()).toEqual([])
  })

  it('is joined with what was decided about a known content that takes its place, until that is undone', async () => {
    const world = await known('a/1.jpg', 'a/2.jpg')
    const [one, two] = ['a/1.jpg', 'a/2.jpg'].map((each) => saidOf(world, each))
    const content = world.contentAt('a/2.jpg') ?? 0
    world.write('a/1.jpg', content)
    await world.look()
    expect(saidOf(world, 'a/1.jpg')?.split(',')).toEqual([one, two])
    expect(saidOf(world, 'a/2.jpg')?.split(',')).toEqual([one, two])
    expect(undo(world.library)).toBe(1)
    expect(saidOf(world, 'a/1.jpg')).toBe(two)
    expect(world.faults()).toEqual([])
  })

  it('is as it was when the former content of an edited photo comes back after its decision was taken back', async () => {
    const world = await known('a/1.jpg')
    const [content, before] = [world.contentAt('a/1.jpg') ?? 0, saidOf(world, 'a/1.jpg')]
    const id = world.rows().find(({ name }) => name === 'a/1.jpg')?.photoId ?? 0
    world.write('a/1.jpg', world.newContent())
    await world.look()
    expect(world.rows().find(({ name }) => name === 'a/1.jpg')?.photoId).toBe(id)
    decide(world.library, [id], content, 'clear')
    expect(saidOf(world, 'a/1.jpg')).toBeNull()
    world.write('a/1.jpg', content)
    await world.look()
    expect(saidOf(world, 'a/1.jpg')).toBe(before)
    expect(world.faults()).toEqual([])
  })

  it('is copied to a photo that one of several copies was edited into', async () => {
    const world = await known('a/1.jpg')
    const before = saidOf(world, 'a/1.jpg')
    world.copy('a/1.jpg', 'b/1.jpg')
    await world.look()
    world.write('b/1.jpg', world.newContent())
    await world.look()
    expect(['a/1.jpg', 'b/1.jpg'].map((each) => saidOf(world, each))).toEqual([before, before])
    expect(new Set(world.rows().map(({ photoId }) => photoId)).size).toBe(4)
    expect(world.faults()).toEqual([])
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
      { numRuns: Number(process.env['WORLDS'] ?? 40) },
    )
  }, 3_600_000)
})
