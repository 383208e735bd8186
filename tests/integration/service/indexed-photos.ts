import { cp, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Search } from '../../../electron/core/contract/values.ts'
import { until, type RunningShell } from '../../fixtures/running-shell.ts'
import { photoPath, testPhotos } from '../../fixtures/photos.ts'

export const search = (text: string): Search => ({
  text,
  sort: 'confidence',
  minConfidence: null,
  language: 'en',
})

/** A folder with some of the test's photos, a zebra among them. */
export async function somePhotos(count: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kartoteka-photos-'))
  const names = testPhotos.map(({ file }) => file)
  const chosen = [...names.filter((name) => name.includes('zebra')), ...names].slice(0, count)
  await Promise.all([...new Set(chosen)].map((name) => cp(photoPath(name), join(folder, name))))
  return folder
}

export async function indexAll(running: RunningShell, folder: string): Promise<void> {
  await running.call('addFolders', { paths: [folder] })
  await running.call('startIndexing', { folderId: null, again: false })
  await settled(running)
}

export const settled = (running: RunningShell): Promise<unknown> =>
  until(
    async () => {
      const { indexing, photos } = await running.call('getStatus', null)
      return indexing.phase === 'idle' && photos > 0
    },
    (isDone) => isDone,
  )
