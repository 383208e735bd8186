import { execFileSync } from 'node:child_process'
import { expect, it, onTestFinished } from 'vitest'
import { commandNames } from '../../../electron/cli/command-first.ts'
import { checkoutsCommandLine } from '../../fixtures/bundled.ts'
import { copyPhotos } from '../../fixtures/originals.ts'
import { kartoteka, kartotekaHere, newFolder, removeFolder } from './kartoteka.ts'

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

it('runs from the sources of a checkout, with the service and its threads', () => {
  const folder = newFolder()
  onTestFinished(() => {
    removeFolder(folder)
  })
  copyPhotos(`${folder}/photos`, 2)
  const args = ['index', `${folder}/photos`, '--library', `${folder}/library`, '--json']
  const said = execFileSync(process.execPath, [checkoutsCommandLine, ...args], { encoding: 'utf8' })
  expect(JSON.parse(said)).toMatchObject({ found: 2, indexed: 2, inferences: 2 })
})
