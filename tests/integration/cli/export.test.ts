import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { decideByName } from '../../../electron/core/library/decisions/own-labels.ts'
import { closeLibrary, openLibrary } from '../../../electron/core/library/upkeep/open.ts'
import { addPhoto, hashOf, tempFolder } from '../../fixtures/temp-library.ts'
import { kartotekaHere } from './kartoteka.ts'

let library = ''
let to = ''
beforeEach(() => {
  library = tempFolder()
  to = join(tempFolder(), 'out')
  const open = openLibrary(library, { mode: 'write' })
  addPhoto(open, { path: '/photos/a.jpg', reading: { contentHash: hashOf(1) } })
  addPhoto(open, { path: '/photos/b.jpg', reading: { contentHash: hashOf(2) } })
  decideByName(open, [1], 'garden', 'added')
  closeLibrary(open)
})

const run = (...args: readonly string[]) =>
  kartotekaHere(['export', '--library', library, '--to', to, ...args])

it('writes sidecars of all photos, and says in one document what it did', async () => {
  const { status, stdout } = await run('--json')
  expect(status).toBe(0)
  expect(JSON.parse(stdout)).toEqual({
    format: 'xmp',
    to,
    photos: 2,
    written: 2,
    unchanged: 0,
    failed: 0,
    failures: [],
    stopped: false,
  })
  expect(readFileSync(join(to, 'photos/a.jpg.xmp'), 'utf8')).toContain('<rdf:li>garden</rdf:li>')
})

it('writes only what a search finds, in the language that is asked for', async () => {
  to += '.csv'
  const { status, stdout } = await run('garden', '--format', 'csv', '--language', 'ru')
  expect(status).toBe(0)
  expect(stdout).toBe(`1 photo exported to ${to}: files 1 written, 0 unchanged, 0 failed.\n`)
  const [, line = '', ...rest] = readFileSync(to, 'utf8').trim().split('\r\n')
  expect(line).toMatch(/^\/photos\/a\.jpg,.*чихуахуа.*garden/)
  expect(rest).toEqual([])
})

it.each([
  ['nothing is found', ['zebra'], /No photo was found for "zebra"/],
  ['a table is there already', ['--format', 'csv', '--to', '/etc/hostname'], /is there already/],
  ['the folder is not there', ['--to', '/nowhere/at/all'], /\/nowhere\/at does not exist/],
])('says so where %s, and writes nothing', async (_, args, why) => {
  const { status, stderr } = await run(...args)
  expect(status).toBe(1)
  expect(stderr).toMatch(why)
  expect(existsSync(to)).toBe(false)
})

it('needs to be told where to', async () => {
  const { status, stderr } = await kartotekaHere(['export', '--library', library])
  expect(status).toBe(64)
  expect(stderr).toContain('--to')
})
