import { truncateSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { libraryFile } from '../../../electron/core/library/upkeep/library-files.ts'
import { contentsOf, faultsIn, lost } from '../../fixtures/library-contents.ts'
import { copyPhotos } from '../../fixtures/originals.ts'
import { until } from '../../fixtures/running-shell.ts'
import { places, serviceOn, unfinished } from './scene.ts'

it.each([
  ['emptied', (file: string) => truncateSync(file, 0)],
  ['overwritten', (file: string) => writeFileSync(file, 'text '.repeat(20_000))],
])(
  'a database that is %s while the service has it open is told, and its backup brings everything back',
  async (_, spoil) => {
    const { library, photos } = places()
    copyPhotos(photos, 4)
    const service = serviceOn(library)
    await service.call('setSettings', { watchFolders: false })
    await service.index([photos])
    await until(
      () => service.call('getBackups', null),
      (backups) => backups.length > 0,
    )
    const before = contentsOf(library)
    spoil(libraryFile(library))
    copyPhotos(photos, 2, 4)
    const told = await service.index([]).then(
      () => 'whole',
      (error: unknown) => String(error),
    )
    // Whether anything has to be read from the file again is a matter of luck.
    expect(told).toMatch(/^whole$|library-damaged: The library in .* is damaged .* Restore a backup/)
    expect(service.processes).toHaveLength(1)
    await service.stop()

    const next = serviceOn(library)
    const answer = await next.supervisor.call('getStatus', null)
    // Pages that were still in the log when the file was spoilt are whole; with luck that is all of them.
    expect(answer.ok ? 'whole' : answer.error.code).toMatch(/^(whole|library-damaged)$/)
    if (!answer.ok) {
      const [backup] = await next.call('getBackups', null)
      await next.call('restoreBackup', { id: backup?.id ?? '' })
    }
    await next.index([])
    const after = contentsOf(library)
    expect(lost(before, after)).toEqual([])
    expect(after.size).toBe(6)
    expect(unfinished(after)).toEqual([])
    expect(next.processes).toHaveLength(1)
    await next.stop()
    expect(faultsIn(library)).toEqual([])
  },
)
