import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  pictureFolders,
  usualPictureFolders,
  type HomeFacts,
} from '../../../electron/core/scan/picture-folders.ts'
import { tempFolder } from '../../fixtures/temp-library.ts'

const computer = (more: Partial<HomeFacts>): HomeFacts => ({
  platform: 'linux',
  env: {},
  home: '/home/anna',
  read: () => null,
  ...more,
})
const desktop = (text: string, env: HomeFacts['env'] = {}) =>
  usualPictureFolders(computer({ env, read: (path) => (path.endsWith('/user-dirs.dirs') ? text : null) }))

describe('where a system keeps pictures', () => {
  it.each([
    ['XDG_PICTURES_DIR="$HOME/Изображения"', ['/home/anna/Изображения', '/home/anna/Pictures']],
    [
      '# folders\nXDG_MUSIC_DIR="$HOME/Musik"\n  XDG_PICTURES_DIR="/data/Bilder/"\n',
      ['/data/Bilder', '/home/anna/Pictures'],
    ],
    ['XDG_PICTURES_DIR="$HOME/Anna \\"best\\""', ['/home/anna/Anna "best"', '/home/anna/Pictures']],
    // The desktop means by these that there is none.
    ['XDG_PICTURES_DIR="$HOME/"', ['/home/anna/Pictures']],
    ['XDG_PICTURES_DIR="pictures"', ['/home/anna/Pictures']],
    ['#XDG_PICTURES_DIR="$HOME/Old"', ['/home/anna/Pictures']],
    ['', ['/home/anna/Pictures']],
  ])('is read from what the desktop says: %s', (text, expected) => {
    expect(desktop(text)).toEqual(expected)
  })

  it('is asked of the desktop where that keeps its settings', () => {
    const asked: string[] = []
    usualPictureFolders(
      computer({
        env: { XDG_CONFIG_HOME: '/etc/anna' },
        read: (path) => {
          asked.push(path)
          return null
        },
      }),
    )
    expect(asked).toEqual(['/etc/anna/user-dirs.dirs'])
  })

  it('is in OneDrive too, whatever that calls it', () => {
    const folders = usualPictureFolders(
      computer({
        platform: 'win32',
        home: 'C:\\Users\\Anna',
        env: {
          OneDrive: 'C:\\Users\\Anna\\OneDrive',
          OneDriveConsumer: 'C:\\Users\\Anna\\OneDrive',
          OneDriveCommercial: '',
        },
      }),
    )
    expect(folders.slice(0, 3)).toEqual([
      'C:\\Users\\Anna\\Pictures',
      'C:\\Users\\Anna\\OneDrive\\Pictures',
      'C:\\Users\\Anna\\OneDrive\\Bilder',
    ])
    expect(new Set(folders).size).toBe(folders.length)
  })

  it('is the one folder of a Mac', () => {
    expect(usualPictureFolders(computer({ platform: 'darwin', home: '/Users/anna' }))).toEqual([
      '/Users/anna/Pictures',
    ])
  })
})

const bilder = () => 'XDG_PICTURES_DIR="$HOME/Bilder"'

const offered = async (fill: (pictures: string, home: string) => void) => {
  const home = tempFolder()
  fill(join(home, 'Pictures'), home)
  const folders = await pictureFolders(computer({ home }))
  return folders.map(({ path, photos }) => [path.slice(home.length + 1), photos])
}

describe.skipIf(process.platform === 'win32')('folders that are offered', () => {
  it('are those that are there, with a word on whether they hold photos', async () => {
    expect(await offered(() => undefined)).toEqual([])
    expect(await offered((pictures) => mkdirSync(pictures))).toEqual([['Pictures', false]])
    expect(
      await offered((pictures) => {
        mkdirSync(join(pictures, '2019/Rome'), { recursive: true })
        writeFileSync(join(pictures, '2019/Rome/IMG_1.jpg'), '')
      }),
    ).toEqual([['Pictures', true]])
  })

  it('hold no photos where these are litter, or ask to be left alone', async () => {
    expect(
      await offered((pictures) => {
        mkdirSync(join(pictures, '.thumbnails'), { recursive: true })
        mkdirSync(join(pictures, 'quiet'))
        for (const path of ['.thumbnails/a.jpg', 'quiet/.nomedia', 'quiet/b.jpg', 'notes.txt'])
          writeFileSync(join(pictures, path), '')
      }),
    ).toEqual([['Pictures', false]])
  })

  it('are no file of that name, and each folder once', async () => {
    expect(await offered((pictures) => writeFileSync(pictures, ''))).toEqual([])
    const home = tempFolder()
    mkdirSync(join(home, 'Pictures'))
    symlinkSync(join(home, 'Pictures'), join(home, 'Bilder'))
    expect(await pictureFolders(computer({ home, read: bilder }))).toEqual([
      { path: join(home, 'Bilder'), photos: false },
    ])
  })
})
