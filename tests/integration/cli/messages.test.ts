import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeBackup } from '../../../electron/core/library/upkeep/backups.ts'
import { closeLibrary, openLibrary } from '../../../electron/core/library/upkeep/open.ts'
import { photoPath } from '../../fixtures/photos.ts'
import { tempLibrary } from '../../fixtures/temp-library.ts'
import { kartoteka, kartotekaHere, kartotekaJsonHere, newFolder, removeFolder } from './kartoteka.ts'

const here = newFolder()
const photos = join(here, 'photos')

beforeAll(() => {
  mkdirSync(photos)
  cpSync(photoPath('n02391049_zebra.JPEG'), join(photos, 'zebra.jpg'))
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
    expect(stderr).toContain('nowhere does not exist. Check how it is written')
    expect(existsSync(library)).toBe(false)
  })

  it('a file in place of a folder', async () => {
    const { status, stderr } = await kartotekaHere([
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
    writeFileSync(
      join(models, 'models.json'),
      JSON.stringify(manifest('googlenet-fp32.onnx', 10, 'a'.repeat(64))),
    )
    const { status, stderr } = await kartoteka(['index', photos, '--library', library], {
      KARTOTEKA_MODELS: models,
    })
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
      const { status, stderr } = await kartotekaHere([...command, '--library', library])
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
      const { status, stderr } = await kartotekaHere([...command, '--library', library])
      expect(status).toBe(1)
      expect(stderr).toContain('is no usable library')
    }
    expect(readFileSync(join(library, 'library.sqlite'), 'utf8')).toBe('Dear diary,\n'.repeat(1000))
  })

  it.each(['zebra.jpg', 'zebra.jpg/deeper'])('%s in place of the folder of the library', async (place) => {
    const { status, stderr } = await kartotekaHere(['index', photos, '--library', join(photos, place)])
    expect(status).toBe(1)
    expect(stderr).toBe(`${join(photos, 'zebra.jpg')} is a file. Choose a folder for the library.\n`)
  })

  it.each(['zebra.jpg', 'zebra.jpg/deeper'])(
    '%s in place of the folder of the library: every command names it and ends with 1',
    async (place) => {
      const commands = [
        'doctor',
        'search zebra',
        'show 1',
        'problems',
        'labels',
        'backups',
        'restore',
        'serve',
      ]
      for (const command of commands) {
        const { status, stderr } = await kartotekaHere([
          ...command.split(' '),
          '--library',
          join(photos, place),
        ])
        expect({ command, status }).toEqual({ command, status: 1 })
        expect(stderr).toContain(`${join(photos, 'zebra.jpg')} is a file. Choose a folder for the library.`)
      }
    },
  )

  it('doctor tells also scripts what is wrong with the place of the library', async () => {
    const { status, stdout } = await kartotekaHere([
      'doctor',
      '--json',
      '--library',
      join(photos, 'zebra.jpg'),
    ])
    expect(status).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      library: { exists: false },
      problems: [`${join(photos, 'zebra.jpg')} is a file. Choose a folder for the library.`],
    })
  })

  it('doctor finds nothing wrong with a place where a library can be made', async () => {
    const { status, stdout } = await kartotekaHere(['doctor', '--library', join(here, 'not', 'yet')])
    expect(status).toBe(0)
    expect(stdout).toContain(`none yet at ${join(here, 'not', 'yet', 'library.sqlite')}`)
    expect(existsSync(join(here, 'not'))).toBe(false)
  })

  it('no library yet: says how to make one', async () => {
    const none = join(here, 'none')
    for (const command of [['show', '1'], ['restore']]) {
      const { status, stderr } = await kartotekaHere([...command, '--library', none])
      expect(status).toBe(1)
      expect(stderr).toContain(`There is no library in ${none}. \`kartoteka index FOLDER\` makes one`)
    }
  })

  it('a library whose database is gone but not its backups: says how to bring it back', async () => {
    const library = tempLibrary()
    await makeBackup(library, 'asked')
    closeLibrary(library)
    rmSync(join(library.folder, 'library.sqlite'))
    const { status, stderr } = await kartotekaHere(['search', 'zebra', '--library', library.folder])
    expect(status).toBe(1)
    expect(stderr).toContain('`kartoteka restore`')
  })

  it('a library in use: names the process', async () => {
    const library = tempLibrary()
    const { status, stderr } = await kartoteka(['index', photos, '--library', library.folder])
    expect(status).toBe(1)
    expect(stderr).toContain(
      `Process ${process.pid} is using the library in ${library.folder}. Close that program`,
    )
  })

  it.skipIf(process.platform === 'win32')(
    'folders without permission, of photos and of the library (Windows has no such modes)',
    async () => {
      const shut = join(here, 'shut')
      mkdirSync(shut, { mode: 0o000 })
      // Nothing is forbidden to root, so root runs it as nobody.
      const nobody = process.geteuid?.() === 0 ? 65_534 : undefined
      chmodSync(here, 0o777)
      const index = await kartoteka(['index', shut, '--library', join(here, 'of-nobody')], {}, nobody)
      expect(index.stderr).toBe(`You do not have permission to read the folder ${shut}.\n`)
      for (const command of [['search', 'zebra'], ['restore']]) {
        const { status, stderr } = await kartoteka([...command, '--library', shut], {}, nobody)
        expect(status).toBe(1)
        expect(stderr).toContain(shut)
        expect(stderr).toContain('permissions')
        expect(stderr).not.toContain('    at ')
      }
      const nowhere = [
        ...['doctor', 'search zebra', 'restore', 'serve'].map((command) => [command, shut] as const),
        ['search zebra', photos] as const,
      ]
      for (const [command, folder] of nowhere) {
        const place = ['--library', join(folder, 'none')]
        const { status, stderr } = await kartoteka([...command.split(' '), ...place], {}, nobody)
        expect({ command, place, status }).toEqual({ command, place, status: 1 })
        expect(stderr).toContain(': permission is denied. Check its permissions, or choose another library.')
      }
    },
  )

  it('an address that is none, and a port that is taken', async () => {
    const library = join(here, 'served')
    const nowhere = await kartotekaHere(['serve', '--host', '999.1.1.1', '--library', library])
    expect(nowhere.status).toBe(1)
    expect(nowhere.stderr).toContain('999.1.1.1 is no address of this computer')
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as AddressInfo
    const { status, stderr } = await kartotekaHere(['serve', '--port', String(port), '--library', library])
    taken.close()
    expect(status).toBe(1)
    expect(stderr).toContain(`port ${port} cannot be used (EADDRINUSE). Choose another`)
  })

  it('a photo that is not what its name says: the content decides, and it is told', async () => {
    const library = join(here, 'extensionMismatch')
    const named = join(here, 'pictures', 'zebra.png')
    cpSync(join(photos, 'zebra.jpg'), named, { recursive: true })
    cpSync(join(photos, 'zebra.jpg'), join(here, 'pictures', 'zebra.jpg'))
    const folder = join(here, 'pictures')
    expect((await kartoteka(['index', folder, '--library', library])).stdout).toContain('0 with problems')
    const { stdout } = await kartotekaHere(['show', named, '--library', library])
    expect(stdout).toContain('The name ends in .png, but the content is JPEG.')
    const note = (name: string): Promise<unknown> =>
      kartotekaJsonHere(['show', '--library', library, join(folder, name)])
    expect(await note('zebra.png')).toMatchObject({ format: 'jpeg', note: expect.stringContaining('.png') })
    expect(await note('zebra.jpg')).toMatchObject({ format: 'jpeg', note: null })
  })

  it('a photo that the library does not know', async () => {
    const library = join(here, 'empty')
    closeLibrary(openLibrary(library, { mode: 'write' }))
    const { status, stderr } = await kartotekaHere(['show', '12345', '--library', library])
    expect(status).toBe(1)
    expect(stderr).toContain('no photo 12345. Name a file in an indexed folder')
  })
})

describe('a search for what is not known', () => {
  it.each([
    ['is:zebra', '"is:zebra" is not known. Did you mean is:untagged'],
    ['before:tomorrowish', '"before:tomorrowish" is not known. Did you mean before:2019'],
    ['qqqqqqqqq', '"qqqqqqqqq" is not known. `kartoteka labels` lists what can be found.'],
  ])('%s: names the part and what would be known', async (query, advice) => {
    const { status, stdout } = await kartotekaHere(['search', query, '--library', tempLibrary().folder])
    expect(status).toBe(0)
    expect(stdout).toContain(advice)
  })
})

it('a search for nothing lists all photos, and says that it does', async () => {
  const { status, stdout } = await kartotekaHere(['search', '', '--library', tempLibrary().folder])
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: '0 photos: nothing was asked for, so these are all\n',
  })
})

it('names of files cannot steer the terminal by way of a message', async () => {
  const name = `${join(here, 'a')}\u001b]0;title\u0007`
  const { stderr } = await kartotekaHere(['index', name, '--library', join(here, 'steered')])
  expect(stderr).toContain('a?]0;title? does not exist')
})

describe('wrong usage', () => {
  it.each([
    [['bogus'], "unknown command 'bogus'", '--help lists the commands'],
    [['serach', 'zebra'], 'serach', 'Did you mean search?'],
    [[], 'Usage: kartoteka', 'Commands:'],
    [['index'], 'folder', 'missing required argument'],
    [['index', ''], 'must not be empty', '"." is the present folder'],
    [['search', 'x', '--library', ''], '--library', '"." is the present folder'],
    [['search', 'x', '--library'], '--library', 'argument missing'],
    [['index', '--agian', '.'], '--agian', 'Did you mean --again?'],
    [['help', 'serach'], "unknown command 'serach'", '--help lists the commands'],
    [['restore', ''], 'must not be empty', 'backup'],
    [['show', ''], 'must not be empty', 'photo'],
    [['serve', '--host', ''], 'must not be empty', '--host'],
    [['search', 'x', '--min-confidence', '7'], "'7'", 'a number from 0 to 1, like 0.6'],
    [['doctor', 'extra'], 'too many arguments', 'Expected 0'],
    [['search', 'x', '--limit', 'many'], "'many'", 'a whole number, 0 or more'],
    [['search', 'x', '--limit', '-1'], "'-1'", 'a whole number, 0 or more'],
    [['search', 'x', '--limit', '1e3'], "'1e3'", 'a whole number, 0 or more'],
    [['search', 'x', '--offset', '99999999999999999999'], "'99999999999999999999'", 'too large'],
    [['search', 'x', '--min-confidence', '60%'], "'60%'", 'a number from 0 to 1, like 0.6'],
    [['search', 'x', '--sort', 'taste'], "'taste'", 'confidence, date'],
    [['serve', '--port', '123456'], "'123456'", '0 to 65535'],
    [['bench', '--only', 'everything'], "'everything'", 'inference, small'],
    [['bench', '--rounds', '0'], "'0'", '1 to 1000'],
  ])('%j ends with 64, names what is wrong and says what would be right', async (args, named, advice) => {
    const { status, stdout, stderr } = await kartotekaHere(args)
    expect({ status, stdout }).toEqual({ status: 64, stdout: '' })
    expect(stderr).toContain(named)
    expect(stderr).toContain(advice)
    expect(stderr).not.toContain('    at ')
  })

  it('help is no mistake', async () => {
    for (const args of [['--help'], ['help'], ['help', 'search'], ['search', '--help']]) {
      const { status, stdout } = await kartotekaHere(args)
      expect(status).toBe(0)
      expect(stdout).toContain('search')
    }
  })
})

function manifest(file: string, bytes: number, sha256: string): unknown {
  const made = { file, bytes, sha256 }
  return { models: [{ name: 'GoogLeNet', precision: 'fp32', ...made }], classifier: made, projection: made }
}
