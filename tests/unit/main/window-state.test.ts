import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openWindowState } from '../../../electron/main/window-state.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kartoteka-window-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe('what the window remembers', () => {
  it('is there again after a restart, even one that follows at once', () => {
    const file = join(folder, 'inner', 'window.json')
    const bounds = { x: 1, y: 2, width: 900, height: 700, maximized: true }
    const windowState = openWindowState(file)
    windowState.set({ bounds })
    windowState.set({ lastFolder: '/photos' })
    expect(openWindowState(file).get()).toEqual({ bounds, lastFolder: '/photos' })
  })

  it('is lost without a word where nothing can be written', async () => {
    await writeFile(join(folder, 'taken'), '')
    const windowState = openWindowState(join(folder, 'taken', 'window.json'))
    windowState.set({ lastFolder: '/photos' })
    expect(windowState.get().lastFolder).toBe('/photos')
  })

  it.each(['', '{', '[]', '{"bounds":{"x":"1"},"lastFolder":null}', '{"bounds":null,"lastFolder":7}'])(
    'is nothing when the file says %s',
    async (text) => {
      const file = join(folder, 'window.json')
      await writeFile(file, text)
      expect(openWindowState(file).get()).toEqual({ bounds: null, lastFolder: null })
    },
  )
})
