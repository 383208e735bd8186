import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeLibrary, openLibrary } from '../../../electron/core/library/open.ts'
import { sharedPath } from '../../fixtures/shared.ts'
import { kartoteka, newFolder, removeFolder } from './kartoteka.ts'

const here = newFolder()
const photos = join(here, 'photos')

beforeAll(() => {
  mkdirSync(photos)
  cpSync(sharedPath('photos/labelled/n02391049_zebra.JPEG'), join(photos, 'zebra.jpg'))
})
afterAll(() => {
  removeFolder(here)
})

/** Names, sizes and times of everything below a folder. */
function snapshot(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const { size, mtimeMs } = statSync(join(folder, name))
      return `${name} ${size} ${mtimeMs}`
    })
}

describe('what cannot be done', () => {
  it('a folder that does not exist: says so and makes no library', async () => {
    const library = join(here, 'never-made')
    const { status, stdout, stderr } = await kartoteka(['index', join(here, 'nowhere'), '--library', library])
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toContain('nowhere does not exist')
    expect(existsSync(library)).toBe(false)
  })

  it('a file in place of a folder', async () => {
    const { status, stderr } = await kartoteka([
      'index',
      join(photos, 'zebra.jpg'),
      '--library',
      join(here, 'x'),
    ])
    expect(status).toBe(1)
    expect(stderr).toContain('is a file, not a folder')
  })

  it('a missing model: says which file to put where, and makes no library', async () => {
    const models = join(here, 'no-models')
    mkdirSync(models)
    const library = join(here, 'modelless')
    const env = { KARTOTEKA_MODELS: models, KARTOTEKA_RESOURCES: here }
    writeFileSync(
      join(models, 'models.json'),
      JSON.stringify(manifest('googlenet-fp32.onnx', 10, 'a'.repeat(64))),
    )
    const { status, stderr } = await kartoteka(['index', photos, '--library', library], env)
    expect(status).toBe(1)
    expect(stderr).toContain(join(models, 'googlenet-fp32.onnx'))
    expect(stderr).toContain('missing')
    expect(existsSync(library)).toBe(false)
  })

  it('a wrong model file', async () => {
    const models = join(here, 'wrong-models')
    mkdirSync(models)
    writeFileSync(join(models, 'googlenet-fp32.onnx'), 'no model')
    writeFileSync(
      join(models, 'models.json'),
      JSON.stringify(manifest('googlenet-fp32.onnx', 8, 'a'.repeat(64))),
    )
    const library = join(here, 'wrongly-modelled')
    const { status, stderr } = await kartoteka(['index', photos, '--library', library], {
      KARTOTEKA_MODELS: models,
    })
    expect(status).toBe(1)
    expect(stderr).toContain('is not the model file it should be')
    expect(existsSync(library)).toBe(false)
  })

  it('a library of a newer version', async () => {
    const library = join(here, 'newer')
    closeLibrary(openLibrary(library, { mode: 'write' }))
    const db = new SQLite(join(library, 'library.sqlite'))
    db.pragma('user_version = 9999')
    db.pragma('journal_mode = DELETE')
    db.close()
    const before = snapshot(library).filter((line) => !line.startsWith('library.lock'))
    for (const command of [['index', photos], ['search', 'zebra'], ['problems']]) {
      const { status, stderr } = await kartoteka([...command, '--library', library])
      expect(status).toBe(1)
      expect(stderr).toContain('newer Kartoteka')
    }
    expect(snapshot(library).filter((line) => !line.startsWith('library.lock'))).toEqual(before)
  })

  it('a library that is a text file', async () => {
    const library = join(here, 'text')
    mkdirSync(library)
    writeFileSync(join(library, 'library.sqlite'), 'Dear diary,\n'.repeat(1000))
    for (const command of [['index', photos], ['search', 'zebra'], ['labels']]) {
      const { status, stderr } = await kartoteka([...command, '--library', library])
      expect(status).toBe(1)
      expect(stderr).toContain('is no usable library')
    }
    expect(readFileSync(join(library, 'library.sqlite'), 'utf8')).toBe('Dear diary,\n'.repeat(1000))
  })

  it('a file in place of the folder of the library', async () => {
    const { status, stderr } = await kartoteka(['index', photos, '--library', join(photos, 'zebra.jpg')])
    expect(status).toBe(1)
    expect(stderr).not.toContain('    at ')
  })

  it('no library yet', async () => {
    const { status, stderr } = await kartoteka(['search', 'zebra', '--library', join(here, 'none')])
    expect(status).toBe(1)
    expect(stderr).toContain('There is no library')
  })

  it('a photo that the library does not know', async () => {
    const library = join(here, 'empty')
    closeLibrary(openLibrary(library, { mode: 'write' }))
    const { status, stderr } = await kartoteka(['show', '12345', '--library', library])
    expect(status).toBe(1)
    expect(stderr).toContain('no photo 12345')
  })
})

describe('wrong usage', () => {
  it.each([
    [['bogus']],
    [[]],
    [['index']],
    [['index', '--sideways', '.']],
    [['search', 'x', '--limit', 'many']],
    [['search', 'x', '--min-confidence', '2']],
    [['search', 'x', '--sort', 'taste']],
    [['serve', '--port', '123456']],
    [['bench', '--only', 'everything']],
  ])('%j ends with 64 and says what is wrong', async (args) => {
    const { status, stdout, stderr } = await kartoteka(args)
    expect(status).toBe(64)
    expect(stdout).toBe('')
    expect(stderr).not.toBe('')
  })

  it('help is no mistake', async () => {
    const { status, stdout } = await kartoteka(['--help'])
    expect(status).toBe(0)
    expect(stdout).toContain('search')
  })
})

function manifest(file: string, bytes: number, sha256: string): unknown {
  const made = { file, bytes, sha256 }
  return { models: [{ name: 'GoogLeNet', precision: 'fp32', ...made }], classifier: made }
}
