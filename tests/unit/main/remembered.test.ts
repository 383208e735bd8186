import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openMemory } from '../../../electron/main/remembered.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kartoteka-window-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe('what the window remembers', () => {
  it('is there again after a restart', async () => {
    const file = join(folder, 'inner', 'window.json')
    const bounds = { x: 1, y: 2, width: 900, height: 700, maximized: true }
    const memory = openMemory(file)
    memory.set({ bounds })
    memory.set({ lastFolder: '/photos' })
    await vi.waitFor(async () => expect(await readFile(file, 'utf8')).toContain('/photos'))
    expect(openMemory(file).get()).toEqual({ bounds, lastFolder: '/photos' })
  })

  it.each(['', '{', '[]', '{"bounds":{"x":"1"},"lastFolder":null}', '{"bounds":null,"lastFolder":7}'])(
    'is nothing when the file says %s',
    async (text) => {
      const file = join(folder, 'window.json')
      await writeFile(file, text)
      expect(openMemory(file).get()).toEqual({ bounds: null, lastFolder: null })
    },
  )
})
