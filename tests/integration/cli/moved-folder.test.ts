import { cpSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { shellWord } from '../../../electron/cli/shell-word.ts'
import { confirm } from '../../../electron/cli/terminal.ts'
import { photoPath, testPhotos } from '../../fixtures/photos.ts'
import { kartoteka, kartotekaJson, newFolder, removeFolder } from './kartoteka.ts'

const here = newFolder()
const [library = '', before = '', now = ''] = ['library', 'before', 'now'].map((name) => join(here, name))
const index = (...args: string[]) => kartoteka(['index', ...args, '--library', library, '--json'])

beforeAll(() => {
  mkdirSync(before)
  for (const { file } of testPhotos.slice(0, 3)) cpSync(photoPath(file), join(before, file))
})
afterAll(() => {
  removeFolder(here)
})

describe('a folder that was renamed', () => {
  it('is told of, and not taken over unasked; with --moved-from its photos are there once', async () => {
    expect(JSON.parse((await index(before)).stdout)).toMatchObject({ indexed: 3, mayHaveMoved: [] })
    renameSync(before, now)

    const told = await index(now)
    expect(told.status).toBe(0)
    expect(told.stderr).toContain(`The photos of ${before}, which is away, seem to be in ${now} now.`)
    expect(told.stderr).toContain(`index ${shellWord(now)} --moved-from ${shellWord(before)}`)
    expect(JSON.parse(told.stdout)).toMatchObject({
      found: 3,
      inferences: 0,
      mayHaveMoved: [{ folder: now, from: before }],
    })

    const moved = await index(now, '--moved-from', before)
    expect(moved).toMatchObject({ status: 0, stderr: expect.not.stringContaining('away') })
    expect(JSON.parse(moved.stdout)).toMatchObject({
      found: 3,
      unchanged: 3,
      inferences: 0,
      mayHaveMoved: [],
    })
    const copies = await kartotekaJson(['search', 'is:duplicate', '--library', library])
    expect(copies).toMatchObject({ total: 0 })
  })

  it('is named as the library has it, and alone; other photos are not taken for it', async () => {
    const wrong = await index(now, '--moved-from', join(here, 'nowhere'))
    expect(wrong.status).toBe(1)
    expect(wrong.stderr).toContain(`nowhere is none of the folders of the library. They are:`)
    expect((await index(now, here, '--moved-from', before)).status).toBe(64)
    const others = join(here, 'others')
    mkdirSync(others)
    const differs = await index(others, '--moved-from', now)
    expect(differs.status).toBe(1)
    expect(differs.stderr).toContain(`${others} does not hold the photos of ${now}`)
  })
})

describe('a question in the terminal', () => {
  it.each([
    ['y\n', true],
    ['Yes\n', true],
    ['\n', false],
    ['no\n', false],
    ['', false],
  ])('answered with %j', async (typed, answer) => {
    const [input, output] = [new PassThrough(), new PassThrough()]
    input.end(typed)
    const { signal } = new AbortController()
    expect(await confirm('Have they moved? ', input, output, signal)).toBe(answer)
    expect(String(output.read())).toBe('Have they moved? ')
  })

  it('is over when the program ends', async () => {
    const [input, output] = [new PassThrough(), new PassThrough()]
    const ending = new AbortController()
    const answer = confirm('Have they moved? ', input, output, ending.signal)
    ending.abort()
    expect(await answer).toBe(false)
  })
})
