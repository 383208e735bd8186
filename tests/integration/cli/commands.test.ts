import { expect, it } from 'vitest'
import { commandNames } from '../../../electron/cli/command-first.ts'
import { kartoteka, kartotekaHere } from './kartoteka.ts'

it('every command there is can be told from a folder by the installed app', async () => {
  const { status, stdout } = await kartotekaHere(['--help'])
  expect(status).toBe(0)
  const listed = stdout.slice(stdout.indexOf('Commands:')).matchAll(/^ {2}([a-z]+)/gm)
  expect(Array.from(listed, ([, name]) => name).sort()).toEqual([...commandNames].sort())
})

it('the library may be named before the command', async () => {
  const { status, stderr } = await kartoteka(['--library', '/nowhere/at/all', '--json', 'problems'])
  expect(status).toBe(1)
  expect(stderr).toContain('/nowhere/at/all')
})
