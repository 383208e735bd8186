import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { libraryFolder } from '../../../electron/cli/library-option.ts'

describe('the place of the library', () => {
  afterEach(() => {
    vi.restoreAllMocks()
    vi.unstubAllEnvs()
  })

  it('is the folder that was asked for', () => {
    expect(libraryFolder({ library: 'pictures' })).toBe(resolve('pictures'))
  })

  it('is on Windows below the person’s own folder, which Windows closes to others, and does not move between computers', () => {
    vi.spyOn(process, 'platform', 'get').mockReturnValue('win32')
    const local = join(homedir(), 'AppData', 'Local')
    vi.stubEnv('LOCALAPPDATA', '')
    expect(libraryFolder({})).toBe(join(local, 'Kartoteka', 'Data'))
    vi.stubEnv('LOCALAPPDATA', join(homedir(), 'own'))
    vi.stubEnv('APPDATA', join(homedir(), 'roaming'))
    expect(libraryFolder({})).toBe(join(homedir(), 'own', 'Kartoteka', 'Data'))
  })

  it.each(['linux', 'darwin'] as const)('is on %s below the person’s home', (platform) => {
    vi.spyOn(process, 'platform', 'get').mockReturnValue(platform)
    vi.stubEnv('XDG_DATA_HOME', '')
    expect(libraryFolder({}).startsWith(join(homedir(), platform === 'linux' ? '.local' : 'Library'))).toBe(
      true,
    )
  })
})
