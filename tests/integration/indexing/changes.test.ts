import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Notice } from '../../../electron/core/contract/states.ts'
import { decide, decisionsOf } from '../../../electron/core/library/decisions/decisions.ts'
import { listRoots } from '../../../electron/core/library/roots/roots.ts'
import { knownFiles } from '../../../electron/core/library/files/files.ts'
import { index, noModel, numbered, filesIn, putPhotos, scratch, start, testLibrary } from './index-photos.ts'

describe('a second look', () => {
  it('does nothing for unchanged files', async () => {
    const folder = scratch()
    putPhotos(folder, numbered(5))
    const library = testLibrary()
    expect(await index(library, { folders: [folder] })).toMatchObject({ found: 5, indexed: 5, inferences: 5 })
    const before = filesIn(library)
    const second = await index(library)
    expect(second).toMatchObject({ found: 5, indexed: 0, unchanged: 5, inferences: 0, model: null })
    expect(filesIn(library)).toEqual(before)
  })

  it('finds new photos, changed ones and those that are gone', async () => {
    const folder = scratch()
    putPhotos(folder, numbered(4))
    const library = testLibrary()
    await index(library, { folders: [folder] })
    putPhotos(folder, ['new.jpg'], 10)
    putPhotos(folder, ['0.jpg'], 11)
    unlinkSync(join(folder, '1.jpg'))
    const second = await index(library)
    expect(second).toMatchObject({ found: 4, indexed: 2, unchanged: 2, missing: 1, inferences: 2 })
    expect(filesIn(library).find(({ name }) => name === '1.jpg')).toMatchObject({
      presence: 'missing',
      tags: 5,
    })
  })

  it('reads, but does not classify, a file whose times alone are new', async () => {
    const folder = scratch()
    putPhotos(folder, numbered(2))
    const library = testLibrary()
    await index(library, { folders: [folder] })
    utimesSync(join(folder, '0.jpg'), new Date(), new Date(2001, 1, 1))
    chmodSync(join(folder, '1.jpg'), 0o600)
    const second = await index(library)
    expect(second).toMatchObject({ found: 2, indexed: 0, unchanged: 2, inferences: 0 })
    expect((await index(library)).unchanged).toBe(2)
  })

  it('classifies anew when asked to, and keeps what people decided', async () => {
    const folder = scratch()
    putPhotos(folder, numbered(3))
    const library = testLibrary()
    await index(library, { folders: [folder] })
    const [first] = filesIn(library)
    const id = first?.photoId ?? 0
    decide(library, [id], 7, 'confirmed')
    const again = await index(library, { again: true })
    expect(again).toMatchObject({ found: 3, indexed: 3, unchanged: 0, inferences: 3 })
    expect(decisionsOf(library, id)).toMatchObject([{ term: 7, verdict: 'confirmed' }])
    expect((await index(library)).inferences).toBe(0)
  })
})

describe('moved and renamed photos', () => {
  it('keep id, tags and decisions, without an inference', async () => {
    const folder = scratch()
    putPhotos(folder, numbered(6, 'summer/'))
    const library = testLibrary()
    await index(library, { folders: [folder] })
    const before = filesIn(library)
    decide(library, [before[0]?.photoId ?? 0], 7, 'added')
    renameSync(join(folder, 'summer'), join(folder, 'Summer 2019'))
    renameSync(join(folder, 'Summer 2019/0.jpg'), join(folder, 'best.jpg'))

    const second = await index(library)
    expect(second).toMatchObject({ found: 6, moved: 6, indexed: 0, missing: 0, failed: 0, inferences: 0 })
    const after = filesIn(library)
    expect(after.map(({ photoId }) => photoId).sort()).toEqual(before.map(({ photoId }) => photoId).sort())
    expect(after.every(({ presence, tags }) => presence === 'here' && tags === 5)).toBe(true)
    const best = after.find(({ name }) => name === 'best.jpg')
    expect(decisionsOf(library, best?.photoId ?? 0)).toMatchObject([{ term: 7, verdict: 'added' }])
  })

  it('are told from copies, which are files of the same photo', async () => {
    const folder = scratch()
    putPhotos(folder, ['a.jpg'])
    const library = testLibrary()
    await index(library, { folders: [folder] })
    copyFileSync(join(folder, 'a.jpg'), join(folder, 'copy.jpg'))
    expect(await index(library)).toMatchObject({
      found: 2,
      indexed: 1,
      moved: 0,
      unchanged: 1,
      inferences: 0,
    })
    const [a, copy] = filesIn(library)
    expect(copy).toMatchObject({ name: 'copy.jpg', photoId: a?.photoId, state: 'done' })
    expect(a).toMatchObject({ name: 'a.jpg', presence: 'here', tags: 5 })
  })

  it('are no confusion when two of the same content trade places', async () => {
    const folder = scratch()
    putPhotos(folder, ['a.jpg'])
    copyFileSync(join(folder, 'a.jpg'), join(folder, 'b.jpg'))
    const library = testLibrary()
    await index(library, { folders: [folder] })
    renameSync(join(folder, 'a.jpg'), join(folder, 'c.jpg'))
    renameSync(join(folder, 'b.jpg'), join(folder, 'd.jpg'))
    expect(await index(library)).toMatchObject({ found: 2, moved: 2, indexed: 0, missing: 0, inferences: 0 })
    expect(filesIn(library).map(({ name, presence }) => [name, presence])).toEqual([
      ['c.jpg', 'here'],
      ['d.jpg', 'here'],
    ])
  })

  it('are told from copies also where they have copies', async () => {
    const folder = scratch()
    putPhotos(folder, ['a.jpg'])
    mkdirSync(join(folder, 'copies'))
    copyFileSync(join(folder, 'a.jpg'), join(folder, 'copies/a.jpg'))
    const library = testLibrary()
    await index(library, { folders: [folder] })
    renameSync(join(folder, 'copies'), join(folder, 'backup'))
    expect(await index(library)).toMatchObject({ moved: 1, indexed: 0, unchanged: 1, missing: 0 })
    unlinkSync(join(folder, 'backup/a.jpg'))
    expect(await index(library)).toMatchObject({ moved: 0, indexed: 0, unchanged: 1, missing: 1 })
    // It leads to nothing that the other one does not lead to.
    expect(filesIn(library).map(({ name, presence }) => [name, presence])).toEqual([['a.jpg', 'here']])
  })
})

describe('photos that traded names', () => {
  it('keep id, tags and decisions with their content, without an inference', async () => {
    const folder = scratch()
    putPhotos(folder, ['1.jpg', '2.jpg', '3.jpg', 'other.jpg'])
    const library = testLibrary()
    await index(library, { folders: [folder] })
    const before = filesIn(library)
    const hashes = new Map(before.map(({ photoId, hash }) => [photoId, hash]))
    const first = before.find(({ name }) => name === '1.jpg')?.photoId ?? 0
    decide(library, [first], 7, 'added')
    renameSync(join(folder, '1.jpg'), join(folder, 'aside'))
    renameSync(join(folder, '2.jpg'), join(folder, '1.jpg'))
    renameSync(join(folder, '3.jpg'), join(folder, '2.jpg'))
    renameSync(join(folder, 'aside'), join(folder, '3.jpg'))

    expect(await index(library)).toMatchObject({
      found: 4,
      unchanged: 1,
      moved: 3,
      indexed: 0,
      missing: 0,
      inferences: 0,
    })
    const after = filesIn(library)
    expect(after.find(({ photoId }) => photoId === first)?.name).toBe('3.jpg')
    expect(new Map(after.map(({ photoId, hash }) => [photoId, hash]))).toEqual(hashes)
    expect(decisionsOf(library, first)).toMatchObject([{ term: 7, verdict: 'added' }])
    expect(await index(library)).toMatchObject({ unchanged: 4, inferences: 0 })
  })

  it('are looked at anew if only their sizes and times were traded', async () => {
    const folder = scratch()
    putPhotos(folder, ['1.jpg', '2.jpg'])
    // Whole seconds, which every file system keeps as they are.
    for (const [at, name] of ['1.jpg', '2.jpg'].entries()) {
      utimesSync(join(folder, name), 1_600_000_000 + at, 1_600_000_000 + at)
    }
    const library = testLibrary()
    await index(library, { folders: [folder] })
    const facts = ['1.jpg', '2.jpg'].map((name) => statSync(join(folder, name)))
    putPhotos(folder, ['1.jpg', '2.jpg'], 10)
    for (const [at, name] of ['2.jpg', '1.jpg'].entries()) {
      const { size, atime, mtime } = facts[at] ?? statSync(folder)
      appendFileSync(join(folder, name), Buffer.alloc(Math.max(0, size - statSync(join(folder, name)).size)))
      truncateSync(join(folder, name), size)
      utimesSync(join(folder, name), atime, mtime)
    }
    expect(await index(library)).toMatchObject({ indexed: 2, inferences: 2 })
    expect(filesIn(library).map(({ name, state, tags }) => [name, state, tags])).toEqual([
      ['1.jpg', 'done', 5],
      ['2.jpg', 'done', 5],
    ])
  })
})

describe('a disk that comes and goes', () => {
  it('is offline, never a deletion, and comes back without an inference', async () => {
    const disk = scratch()
    const folder = join(disk, 'mounted')
    putPhotos(folder, [...numbered(3), ...numbered(22, '2020/')])
    const library = testLibrary()
    await index(library, { folders: [folder] })
    const before = filesIn(library)

    renameSync(folder, join(disk, 'elsewhere'))
    const notices: Notice[] = []
    const gone = await index(library, { options: { onNotice: (notice) => notices.push(notice) } })
    expect(gone).toMatchObject({ found: 0, missing: 0, inferences: 0 })
    expect(notices.map(({ code }) => code)).toContain('folder-offline')
    expect(
      filesIn(library).every(
        ({ offline, presence, tags }) => offline === 1 && presence === 'here' && tags === 5,
      ),
    ).toBe(true)

    mkdirSync(folder)
    expect(await index(library)).toMatchObject({ found: 0, missing: 0 })
    expect(filesIn(library).every(({ offline, presence }) => offline === 1 && presence === 'here')).toBe(true)

    rmSync(folder, { recursive: true })
    renameSync(join(disk, 'elsewhere'), folder)
    const back = await index(library)
    expect(back).toMatchObject({ found: 25, indexed: 0, moved: 0, inferences: 0 })
    expect(filesIn(library)).toEqual(before)
  })

  it('takes its waiting photos out of the queue until it is back', async () => {
    const disk = scratch()
    const folder = join(disk, 'mounted')
    putPhotos(folder, numbered(3))
    const library = testLibrary()
    const run = await start(library, { folders: [folder] })
    run.stop()
    await run.finished
    renameSync(folder, join(disk, 'elsewhere'))
    expect(await index(library)).toMatchObject({ found: 0, failed: 0, queued: 0 })
    renameSync(join(disk, 'elsewhere'), folder)
    await index(library)
    expect(filesIn(library).map(({ state }) => state)).toEqual(['done', 'done', 'done'])
  })
})

describe('without a model', () => {
  it('photos are read, and tagged once there is one', async () => {
    const folder = scratch()
    putPhotos(folder, numbered(3))
    const library = testLibrary()
    const notices: Notice[] = []
    const blind = await index(library, {
      folders: [folder],
      options: { chooseModel: noModel, onNotice: (notice) => notices.push(notice) },
    })
    expect(blind).toMatchObject({ found: 3, indexed: 3, inferences: 0, model: null })
    expect(notices).toEqual([{ code: 'model-missing', message: 'There is no model here.' }])
    const [read] = filesIn(library)
    expect(read).toMatchObject({ state: 'done', tags: 0 })
    expect(library.thumbnails.get(read?.hash?.toLowerCase() ?? '')).not.toBeNull()

    expect(await index(library, { options: { chooseModel: noModel } })).toMatchObject({
      indexed: 0,
      unchanged: 3,
    })
    expect(await index(library)).toMatchObject({ indexed: 3, inferences: 3 })
    expect(filesIn(library).every(({ tags }) => tags === 5)).toBe(true)
  })
})

describe('files that are no whole photos', () => {
  it('are named with their reason, and looked at again when they change', async () => {
    const folder = scratch()
    putPhotos(folder, ['good.jpg', 'half.jpg'])
    writeFileSync(join(folder, 'empty.jpg'), '')
    writeFileSync(join(folder, 'letter.jpg'), 'Dear reader,')
    writeFileSync(join(folder, 'notes'), 'not even called a photo')
    const library = testLibrary()
    const rejected = (): string[] =>
      listRoots(library)
        .flatMap(({ folderId }) => knownFiles(library, folderId))
        .flatMap(({ kind, name }) => (kind === 'rejected' ? [name] : []))
    const first = await index(library, { folders: [folder] })
    expect(first).toMatchObject({ found: 4, indexed: 2, failed: 2 })
    expect(
      filesIn(library).flatMap(({ name, problem }) => (problem === null ? [] : [[name, problem]])),
    ).toEqual([
      ['empty.jpg', 'empty'],
      ['letter.jpg', 'not-an-image'],
    ])
    expect(rejected()).toEqual(['notes'])
    expect(await index(library)).toMatchObject({ unchanged: 4, failed: 0 })
    putPhotos(folder, ['empty.jpg'], 20)
    expect(await index(library)).toMatchObject({ indexed: 1, unchanged: 3 })
    putPhotos(folder, ['notes'], 21)
    expect(await index(library)).toMatchObject({ indexed: 1, unchanged: 4 })
    expect(rejected()).toEqual([])
  })

  it('may still be growing: what was read is looked at again', async () => {
    const folder = scratch()
    putPhotos(folder, ['whole.jpg'])
    const path = join(folder, 'growing.jpg')
    putPhotos(folder, ['growing.jpg'], 1)
    const { size } = statSync(path)
    appendFileSync(path, Buffer.alloc(10))
    const library = testLibrary()
    await index(library, { folders: [folder] })
    appendFileSync(path, Buffer.alloc(10))
    expect(statSync(path).size).toBe(size + 20)
    expect(await index(library)).toMatchObject({ indexed: 1, unchanged: 1 })
  })

  it('may vanish between being found and being read', async () => {
    const folder = scratch()
    putPhotos(folder, numbered(4))
    const library = testLibrary()
    const run = await start(library, { folders: [folder] })
    run.stop()
    await run.finished
    const { queued } = await index(library, { folders: [folder], options: { workers: () => 1 } })
    expect(queued).toBe(0)
    putPhotos(folder, ['late.jpg'], 9)
    const stopped = await start(library)
    stopped.stop()
    await stopped.finished
    unlinkSync(join(folder, 'late.jpg'))
    const { failed, missing } = await index(library)
    expect(failed + missing).toBeLessThanOrEqual(1)
    expect(
      filesIn(library).filter(({ state, presence }) => state === 'pending' && presence === 'here'),
    ).toEqual([])
  })
})
