import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { openFile, showInFolder } from '../../../electron/web/show-in-folder.ts'
import { photoPath, testPhotos } from '../../fixtures/photos.ts'
import { startService } from '../../fixtures/running-service.ts'
import { until } from '../../fixtures/running-shell.ts'
import { tempFolder } from '../../fixtures/temp-library.ts'

/** What a shell would run, a database would do, and a program would take for an option. */
const mark = `kartoteka-was-here-${process.pid}`
const names = [
  `$(touch ${mark}).jpg`,
  `\`touch ${mark}\`.jpg`,
  `; touch ${mark}; .jpg`,
  `a\ntouch ${mark}\n.jpg`,
  `' | touch ${mark} #.jpg`,
  "'); DELETE FROM photo; --.jpg",
  '"; DROP TABLE file; --.jpg',
  '--help.jpg',
  '-rf.jpg',
  '%s%n%00.jpg',
]

// Windows allows few of them.
describe.skipIf(process.platform === 'win32')('a name that means something elsewhere', () => {
  it('is that of a photo like any other, whatever is done with it', async () => {
    const folder = join(realpathSync(tempFolder()), `$(touch ${mark})'; DELETE FROM folder; --`)
    mkdirSync(folder)
    for (const [index, name] of names.entries())
      copyFileSync(photoPath(testPhotos[index]?.file ?? ''), join(folder, name))
    const service = startService(tempFolder())
    onTestFinished(() => service.stop())
    expect(await service.index([folder])).toMatchObject({ photos: names.length, problems: 0 })
    const search = { text: '', sort: 'date', minConfidence: null, language: 'en' } as const
    const photoIds = await service.call('getIds', { search, offset: 0, limit: 100 })
    const photos = await Promise.all(photoIds.map((id) => service.call('getPhoto', { id, language: 'en' })))
    expect(photos.map(({ path }) => path).toSorted()).toEqual(
      names.map((name) => join(folder, name)).toSorted(),
    )
    await service.call('makeAlbum', { name: names[5] ?? '', photoIds })
    expect((await service.call('getAlbums', null)).map(({ name }) => name)).toEqual([names[5]])
    expect(await service.call('getIds', { search, offset: 0, limit: 100 })).toEqual(photoIds)
    expect(existsSync(mark)).toBe(false)
  })

  it.runIf(process.platform === 'linux')('reaches another program as one argument, as it is', async () => {
    const folder = realpathSync(tempFolder())
    const heard = join(folder, 'heard')
    const program = join(folder, 'xdg-open')
    writeFileSync(program, `#!/bin/sh\nprintf '%s\\0' "$@" >'${heard}.part'\nmv '${heard}.part' '${heard}'\n`)
    chmodSync(program, 0o700)
    vi.stubEnv('PATH', `${folder}:${process.env['PATH']}`)
    vi.stubEnv('DISPLAY', ':7')
    onTestFinished(() => {
      vi.unstubAllEnvs()
    })
    const heardAfter = async (call: Promise<void>): Promise<string[]> => {
      writeFileSync(heard, '')
      await call
      const said = await until(
        () => readFileSync(heard, 'utf8'),
        (text) => text !== '',
      )
      return said.split('\0').slice(0, -1)
    }
    for (const name of names)
      expect(await heardAfter(openFile(join(folder, name)))).toEqual([join(folder, name)])
    const below = join(folder, `$(touch ${mark}) "; x`, 'a.jpg')
    const [address = '', ...more] = await heardAfter(showInFolder(below))
    expect(more).toEqual([])
    expect(decodeURIComponent(address)).toBe(`file://${join(folder, `$(touch ${mark}) "; x`)}`)
    expect(existsSync(mark)).toBe(false)
  })
})
