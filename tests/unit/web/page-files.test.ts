import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listPageFiles } from '../../../electron/core/media/page-files.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kartoteka-page-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe('the files of the page', () => {
  it('are those in the folder that a page is made of', async () => {
    await mkdir(join(folder, 'assets/deep'), { recursive: true })
    const names = [
      'index.html',
      'assets/a.js',
      'assets/deep/b.css',
      'assets/c.woff2',
      'x.map',
      '.built-from',
      'd.exe',
    ]
    for (const name of names) await writeFile(join(folder, name), name)
    const files = await listPageFiles(folder)
    expect([...files.keys()].toSorted()).toEqual([
      '/',
      '/assets/a.js',
      '/assets/c.woff2',
      '/assets/deep/b.css',
      '/index.html',
    ])
    expect(files.get('/')).toBe(files.get('/index.html'))
    expect(files.get('/assets/a.js')).toMatchObject({ immutable: true })
    expect(files.get('/')).toMatchObject({ immutable: false })
    expect((await files.get('/assets/deep/b.css')?.read())?.toString()).toBe('assets/deep/b.css')
  })

  it('are not what a link leads to', async () => {
    await symlink('/etc/hostname', join(folder, 'hostname.html'))
    await symlink('/etc', join(folder, 'etc'))
    expect((await listPageFiles(folder)).size).toBe(0)
  })

  it('are none where nothing was built', async () => {
    expect((await listPageFiles(join(folder, 'nowhere'))).size).toBe(0)
  })
})
