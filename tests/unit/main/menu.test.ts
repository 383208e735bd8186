import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { MenuItemConstructorOptions } from 'electron'
import { setMenu, type MenuActions } from '../../../electron/main/menu.ts'
import { textsFor } from '../../../electron/main/texts.ts'
import { electron } from '../../fixtures/electron-stand-in.ts'

vi.mock('electron', async () => (await import('../../fixtures/electron-stand-in.ts')).electron())

const { app, Menu } = electron()
const did: string[] = []
const note =
  (what: string): (() => void) =>
  () =>
    did.push(what)
const actions: MenuActions = {
  addFolders: note('addFolders'),
  rescan: note('rescan'),
  pause: note('pause'),
  resume: note('resume'),
  stop: note('stop'),
  showLog: note('showLog'),
  tell: (command) => did.push(`tell ${command}`),
}

/** All entries of the menu as it is set for that language. */
function entries(language: 'en' | 'ru'): MenuItemConstructorOptions[] {
  setMenu(textsFor(language, 'en'), actions)
  const menus = Menu.setApplicationMenu.mock.calls.at(-1)?.[0] as MenuItemConstructorOptions[]
  return menus.flatMap((menu) => [menu, ...(menu.submenu as MenuItemConstructorOptions[])])
}

const roles = (): unknown[] => entries('en').map(({ role }) => role)
const labels = (language: 'en' | 'ru'): string[] =>
  entries(language).flatMap(({ label }) => (label === undefined || label === 'Kartoteka' ? [] : [label]))

beforeEach(() => {
  did.length = 0
  app.isPackaged = false
})

describe('the menu', () => {
  it('does what it says', () => {
    const texts = textsFor('en', 'en')
    for (const label of [
      texts.addFolders,
      texts.rescan,
      texts.pause,
      texts.resume,
      texts.stop,
      texts.find,
      texts.settings,
      texts.shortcuts,
      texts.showLog,
    ]) {
      const entry = entries('en').find((each) => each.label === label)
      ;(entry?.click as (() => void) | undefined)?.()
    }
    expect(did).toEqual([
      'addFolders',
      'rescan',
      'pause',
      'resume',
      'stop',
      'tell find',
      'tell settings',
      'tell shortcuts',
      'showLog',
    ])
  })

  it('speaks the person’s language wherever it speaks itself', () => {
    const [english, russian] = [labels('en'), labels('ru')]
    expect(russian).toHaveLength(english.length)
    expect(russian.filter((label, at) => label === english[at])).toEqual([])
  })

  it('gives each key to one entry', () => {
    const keys = entries('en').flatMap(({ accelerator }) => (accelerator ? [accelerator] : []))
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('has developer tools only where the app is developed', () => {
    expect(roles()).toContain('toggleDevTools')
    app.isPackaged = true
    expect(roles()).not.toContain('toggleDevTools')
    expect(roles()).not.toContain('reload')
  })
})
