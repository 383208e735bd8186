import { execFile } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { testedCommandLine } from '../../fixtures/bundled.ts'
import { contentsOf, faultsIn } from '../../fixtures/library-contents.ts'
import { copyPhotos } from '../../fixtures/originals.ts'
import { places, unfinished } from './scene.ts'

/** Rights do not hold for root: then the command runs as the owner of nothing. */
const asNobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}

/** `kartoteka index … --json` by someone whom rights hold for. @throws Error when it does not end with 0 */
function index(folder: string, library: string): Promise<Record<string, number>> {
  const env = { ...process.env, HOME: library, XDG_CACHE_HOME: library }
  return new Promise((done, fail) => {
    const args = [testedCommandLine(), 'index', folder, '--library', library, '--json']
    execFile(process.execPath, args, { env, ...asNobody }, (error, stdout, stderr) => {
      if (error === null) done(JSON.parse(stdout) as Record<string, number>)
      else fail(new Error(stderr))
    })
  })
}

it.skipIf(process.platform === 'win32')(
  'folders and files that are shut are passed over, counted and keep what is known of them, and are read when they are opened (rights are others on Windows)',
  async () => {
    const { scratch, library, photos } = places()
    chmodSync(scratch, 0o755)
    mkdirSync(library)
    if (asNobody.uid !== undefined) chownSync(library, asNobody.uid, asNobody.gid)
    const [shutFile = '', ...others] = copyPhotos(photos, 4)
    const knownFolder = join(photos, 'known')
    const newFolder = join(photos, 'new')
    const known = copyPhotos(knownFolder, 4, 4)
    expect(await index(photos, library)).toMatchObject({ found: 8, indexed: 8, failed: 0 })
    const before = contentsOf(library)

    const fresh = copyPhotos(newFolder, 2, 8)
    const [shutNew = ''] = fresh
    const shut = [shutFile, shutNew, knownFolder]
    const modes = shut.map((path) => statSync(path).mode)
    for (const path of shut) chmodSync(path, 0)
    const closed = await index(photos, library)
    for (const [at, path] of shut.entries()) chmodSync(path, modes[at] ?? 0o644)
    expect(closed).toMatchObject({ indexed: 1, missing: 0, unreadableFolders: 1 })
    const meanwhile = contentsOf(library)
    for (const path of [...others, ...known]) expect(meanwhile.get(path)).toEqual(before.get(path))
    expect(meanwhile.get(shutFile)?.tags).toBe(before.get(shutFile)?.tags)
    expect(meanwhile.get(shutNew)).toMatchObject({ state: 'failed', problem: 'unreadable' })

    // The file that was shut and known needs no second look by the model.
    expect(await index(photos, library)).toMatchObject({ failed: 0, missing: 0, inferences: 1 })
    const after = contentsOf(library)
    expect(after.size).toBe(10)
    expect(unfinished(after)).toEqual([])
    for (const [path, content] of before) expect(after.get(path)).toEqual(content)
    expect(faultsIn(library)).toEqual([])
  },
)
