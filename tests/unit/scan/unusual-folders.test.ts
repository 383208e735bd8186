import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type * as PseudoFolders from '../../../electron/core/scan/pseudo-folders.ts'
import { pseudoFolders, pseudoMounts } from '../../../electron/core/scan/pseudo-folders.ts'
import { whyUnusual } from '../../../electron/core/scan/unusual-folder.ts'
import { walk } from '../../../electron/core/scan/walk.ts'

let home = ''

/** Where the system shows itself for a test, too. */
const more = vi.hoisted(() => ({ folders: [] as string[] }))
vi.mock('../../../electron/core/scan/pseudo-folders.ts', async (original) => {
  const module = await original<typeof PseudoFolders>()
  return { ...module, pseudoFolders: () => [...module.pseudoFolders(), ...more.folders] }
})

beforeEach(() => {
  more.folders = []
  home = realpathSync(mkdtempSync(join(tmpdir(), 'kartoteka-home-')))
  vi.stubEnv('HOME', home)
  vi.stubEnv('USERPROFILE', home)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(home, { recursive: true })
})

describe('a folder that is added', () => {
  it.each([
    ['the whole disk', () => '/', /everything on this disk/],
    ['the home folder', () => home, /all that people keep/],
    ['what all homes lie in', () => dirname(home), /all that people keep/],
    ['keys', () => join(home, '.ssh'), /is hidden/],
    ['settings of a program', () => join(home, '.config', 'chat'), /is hidden/],
  ])('is asked for when it is %s', (_, path, why) => {
    expect(whyUnusual(path())).toMatch(why)
  })

  it.skipIf(process.platform === 'win32').each(['/etc', '/etc/ssl', '/usr', '/usr/share/icons'])(
    'is asked for when it is the system’s: %s',
    (path) => {
      expect(whyUnusual(path)).toMatch(/belongs to the system/)
    },
  )

  it.each(['Pictures', 'Pictures/2024', 'Pictures/.hidden', 'Documents'])('is not when it is %s', (path) => {
    expect(whyUnusual(join(home, path))).toBeNull()
  })

  it.skipIf(process.platform === 'win32').each(['/proc', '/proc/self', '/sys', '/dev', '/dev/shm'])(
    'is refused where the system shows itself: %s',
    (path) => {
      expect(() => whyUnusual(path)).toThrow(/never looked into/)
    },
  )
})

describe.runIf(process.platform === 'linux')('a walk', () => {
  it.each(['/proc', '/proc/self', '/sys', '/dev'])(
    'reads nothing of %s, by whatever way it comes',
    (path) => {
      expect([...walk(path)]).toEqual([{ state: 'unreadable', path, code: 'ENOTSUP' }])
    },
  )

  it('passes them by on its way through the disk', () => {
    for (const name of ['jail/proc/1', 'jail/process', 'photos']) {
      mkdirSync(join(home, name), { recursive: true })
      writeFileSync(join(home, name, 'a.jpg'), 'a')
    }
    more.folders = [join(home, 'jail/proc')]
    const seen = [...walk(home)].map(({ path }) => path.slice(home.length + 1))
    expect(seen.toSorted()).toEqual(['', 'jail', 'jail/process', 'photos'])
  })

  it('follows links to files, but not to folders nor to where the system shows itself', () => {
    const outside = realpathSync(mkdtempSync(join(tmpdir(), 'kartoteka-outside-')))
    writeFileSync(join(outside, 'a.jpg'), 'a')
    symlinkSync(join(outside, 'a.jpg'), join(home, 'album.jpg'))
    symlinkSync(outside, join(home, 'folder.jpg'))
    symlinkSync('/proc/self/environ', join(home, 'environ.jpg'))
    symlinkSync('/dev/zero', join(home, 'zero.jpg'))
    symlinkSync(join(home, 'nowhere'), join(home, 'broken.jpg'))
    mkdirSync(join(home, 'sub'))
    symlinkSync('../../../../../../../../proc/kcore', join(home, 'sub', 'kcore.jpg'))
    const files = [...walk(home)].flatMap((visit) => (visit.state === 'read' ? visit.files : []))
    expect(files.map(({ name }) => name)).toEqual(['album.jpg'])
    rmSync(outside, { recursive: true })
  })
})

it('what a mount table calls no disk is known wherever it is mounted', () => {
  const table = `proc /srv/jail/proc proc rw 0 0
sysfs /mnt/with\\040space sysfs rw 0 0
/dev/sda1 /mnt/photos ext4 rw 0 0
tmpfs /run/media/anna tmpfs rw 0 0

`
  expect(pseudoMounts(table)).toEqual(['/srv/jail/proc', '/mnt/with space'])
})

it.runIf(process.platform === 'linux')('the mounts of this computer are known', () => {
  const mounted = pseudoMounts(readFileSync('/proc/self/mounts', 'utf8'))
  expect(pseudoFolders()).toEqual(expect.arrayContaining(['/proc', '/sys', '/dev', ...mounted]))
})
