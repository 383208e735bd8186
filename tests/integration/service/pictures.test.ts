import { copyFileSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, it, onTestFinished } from 'vitest'
import { copyPhotos } from '../../fixtures/originals.ts'
import { photoPath, testPhotos } from '../../fixtures/photos.ts'
import { runShell, type RunningShell } from '../../fixtures/running-shell.ts'
import { tempFolder } from '../../fixtures/temp-library.ts'
import { indexAll, search } from './indexed-photos.ts'

/** A picture reduced to what tells it from others: 8×8 RGB. */
const gist = (picture: Uint8Array): Promise<Buffer> =>
  sharp(picture).resize(8, 8, { fit: 'fill' }).removeAlpha().raw().toBuffer()

const distance = (one: Uint8Array, other: Uint8Array): number =>
  one.reduce((sum, value, index) => sum + Math.abs(value - (other[index] ?? 0)), 0)

async function run(library: string): Promise<RunningShell> {
  const running = await runShell({ library })
  onTestFinished(() => running.close())
  return running
}

/**
 * Photos whose thumbnail or view looks more like the file of another photo than like their own.
 * @returns as `name: of what the picture is`
 */
async function mistaken(running: RunningShell): Promise<string[]> {
  const { cookie, media } = await running.enter()
  const ids = await running.call('getIds', { search: search(''), offset: 0, limit: 100 })
  const photos = await running.call('getPhotos', { search: search(''), photoIds: ids })
  const shown = await Promise.all(
    photos.map(async ({ id, version }) => {
      const { path } = await running.call('getPhoto', { id, language: 'en' })
      return { id, version, path, gist: await gist(readFileSync(path)) }
    }),
  )
  expect(shown.length).toBeGreaterThan(10)
  const found: string[] = []
  for (const { id, version, path } of shown) {
    for (const address of [`thumb/${id}?v=${version}`, `thumb/${id}`, `view/${id}?v=${version}`]) {
      const { status, body } = await running.get(`${media}/${address}`, { cookie })
      if (status !== 200) throw new Error(`${address}: ${status}`)
      const seen = await gist(body)
      const [nearest] = shown.toSorted((one, other) => distance(one.gist, seen) - distance(other.gist, seen))
      if (nearest?.path !== path) found.push(`${address} of ${path}: ${nearest?.path}`)
    }
  }
  return found
}

it('every photo is shown as the picture in its own file, whatever became of the files and of the thumbnails', async () => {
  const folder = realpathSync(tempFolder())
  const library = tempFolder()
  const paths = copyPhotos(folder, 14)
  const running = await run(library)
  await indexAll(running, folder)
  expect(await mistaken(running)).toEqual([])

  const [one = '', other = '', edited = '', moved = ''] = paths
  renameSync(one, join(folder, 'runExclusive'))
  renameSync(other, one)
  renameSync(join(folder, 'runExclusive'), other)
  copyFileSync(photoPath(testPhotos[50]?.file ?? ''), edited)
  utimesSync(edited, 1_700_000_000, 1_700_000_000)
  mkdirSync(join(folder, 'elsewhere'))
  renameSync(moved, join(folder, 'elsewhere', 'moved.jpg'))
  await indexAll(running, folder)
  expect(await mistaken(running)).toEqual([])

  await running.shell.close()
  rmSync(join(library, 'thumbnails.sqlite'))
  expect(await mistaken(await run(library))).toEqual([])
})
