import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { foldersAmong } from '../../../electron/main/folder-arguments.ts'

let home = ''
let photos = ''
beforeAll(async () => {
  home = await realpath(await mkdtemp(join(tmpdir(), 'kartoteka-arguments-')))
  photos = join(home, 'Фото 2019 #1 100%')
  await mkdir(photos)
  await writeFile(join(home, 'one.jpg'), '')
})
afterAll(() => rm(home, { recursive: true }))

describe('the arguments of a start', () => {
  it('name folders by path, absolute or from where the program was started', async () => {
    expect(await foldersAmong([photos], '/')).toEqual([photos])
    expect(await foldersAmong(['Фото 2019 #1 100%', '.'], home)).toEqual([photos, home])
  })

  it('name folders by address, as file managers on Linux do', async () => {
    expect(await foldersAmong([pathToFileURL(photos).href, `${pathToFileURL(home).href}/`], '/')).toEqual([
      photos,
      `${home}/`,
    ])
  })

  it.each([
    '',
    '--no-sandbox',
    '-psn_0_12345',
    'one.jpg',
    'nowhere',
    'file://elsewhere/photos',
    'file:///%2e%2e%2fphotos',
    'file:',
    'https://example.org/',
  ])('%j is no folder', async (arg) => {
    expect(await foldersAmong([arg], home)).toEqual([])
  })
})
