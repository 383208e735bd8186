import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { undo } from '../../../electron/core/library/decisions/undo.ts'
import { readPhoto } from '../../../electron/core/library/photos/details.ts'
import { closeLibrary, openLibrary } from '../../../electron/core/library/upkeep/open.ts'
import { addPhoto, hashOf } from '../../fixtures/temp-library.ts'
import { kartotekaHere, kartotekaJsonHere } from './kartoteka.ts'

const folder = mkdtempSync(join(tmpdir(), 'kartoteka-date-'))
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const library = openLibrary(folder, { mode: 'write' })
const [exact, year] = [
  addPhoto(library, {
    path: '/photos/trip/a.jpg',
    reading: { metadata: { takenAt: '2019-07-14T18:03:22' } },
  }),
  addPhoto(library, {
    path: '/photos/old/b.jpg',
    reading: {
      contentHash: hashOf(2),
      metadata: { takenAt: '1965-01-01T00:00:00', takenPrecision: 'year' },
    },
  }),
]
closeLibrary(library)

const date = (...args: string[]): Promise<unknown> =>
  kartotekaJsonHere(['date', ...args, '--library', folder])
const refused = (...args: string[]) => kartotekaHere(['date', ...args, '--library', folder])

const takenOf = (id: number, before: (library: ReturnType<typeof openLibrary>) => void = () => {}) => {
  const library = openLibrary(folder, { mode: 'write' })
  try {
    before(library)
    return readPhoto(library, id)?.takenAt
  } finally {
    closeLibrary(library)
  }
}

it('tells what it would do, does it, and is undone as in the window', async () => {
  const told = {
    photos: 2,
    changed: 1,
    rows: [
      {
        id: exact,
        name: 'a.jpg',
        before: { at: '2019-07-14T18:03:22', precision: 'second', offset: null, from: 'exif' },
        after: { at: '2019-07-14T21:15:22', precision: 'second', offset: null, from: null },
      },
    ],
    kept: [{ why: 'coarse', count: 1, names: ['b.jpg'] }],
  }
  expect(await date('/photos', '--shift', '3h12m', '--dry-run')).toEqual({ ...told, dryRun: true })
  expect(takenOf(exact)).toBe('2019-07-14T18:03:22')
  expect(await date('/photos', '--shift', '3h12m')).toEqual({ ...told, dryRun: false })
  expect(takenOf(exact)).toBe('2019-07-14T21:15:22')
  expect(takenOf(exact, undo)).toBe('2019-07-14T18:03:22')
})

it('takes files, folders, and searches', async () => {
  expect(await date('/photos/old/b.jpg', '--set', 'July 1966', '--dry-run')).toMatchObject({
    photos: 1,
    rows: [{ id: year, after: { at: '1966-07-01T00:00:00', precision: 'month' } }],
  })
  expect(await date('/photos/trip', '/photos/old', '--set', '1966', '--dry-run')).toMatchObject({ photos: 2 })
  expect(await date('date:2019', '--first', '2018-01-01 00:00', '--dry-run')).toMatchObject({
    photos: 1,
    rows: [{ after: { at: '2018-01-01T00:00:00' } }],
  })
  expect(await date('date:2019', '--zone', '+03:00..+01:00', '--dry-run')).toMatchObject({
    rows: [{ after: { at: '2019-07-14T16:03:22', offset: '+01:00' } }],
  })
  expect(await date('/photos', '--shift', '-1d', '--dry-run')).toMatchObject({
    rows: [{ after: { at: '2019-07-13T18:03:22' } }],
  })
  expect(await date('/photos', '--from', 'name', '--dry-run')).toMatchObject({
    changed: 0,
    kept: [{ why: 'untold', count: 2 }],
  })
  expect(await date('/photos', '--from', 'file', '--dry-run')).toMatchObject({
    changed: 0,
    kept: [{ why: 'same', count: 2 }],
  })
})

it('says in words what it does', async () => {
  const { stdout } = await refused('/photos', '--shift', '-1h', '--dry-run')
  expect(stdout).toMatch(/a\.jpg +2019-07-14T18:03:22 +2019-07-14T17:03:22/u)
  expect(stdout).toContain('1 of 2 photos would get another date.')
  expect(stdout).toContain('1 are known by year, month or day only: b.jpg')
})

it.each([
  [[], '--set, --shift, --first, --zone and --from'],
  [['--set', '1965', '--shift', '1h'], '--set, --shift, --first, --zone and --from'],
  [['--set', 'someday'], '--set someday is no date'],
  [['--shift', 'soon'], '--shift soon is no length of time'],
  [['--first', '1965'], '--first 1965 is no date with a time'],
  [['--zone', '+03:00'], '--zone +03:00 are no two zones'],
  [['--zone', '+25:00..+01:00'], '--zone'],
  [['--from', 'memory'], 'memory'],
])('wrong usage is told: %j', async (args, sentence) => {
  const { status, stderr } = await refused('/photos', ...args)
  expect([status, stderr]).toEqual([64, expect.stringContaining(sentence)])
})

it.each([
  ['/photos/nothing.jpg', '/photos/nothing.jpg'],
  ['is:confirmed', 'is:confirmed'],
])('photos that are not there are named: %s', async (named, sentence) => {
  const { status, stderr } = await refused(named, '--set', '1965')
  expect([status, stderr]).toEqual([1, expect.stringContaining(sentence)])
})

it('changes nothing where a word of the search is not known', async () => {
  const { status, stderr } = await refused('date:2019', 'xylophonist', '--set', '1965')
  expect([status, stderr]).toEqual([1, expect.stringContaining('xylophonist')])
})

it('says that the library is open elsewhere', async () => {
  const held = openLibrary(folder, { mode: 'write' })
  try {
    const { status, stderr } = await refused('/photos', '--set', '1965')
    expect([status, stderr]).toEqual([1, expect.stringContaining('is using the library')])
  } finally {
    closeLibrary(held)
  }
})
