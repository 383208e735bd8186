import { describe, expect, it } from 'vitest'
import { openWindow } from '../../fixtures/scripted-shell.ts'
import { useScreens, type OpenDialog } from '../../../renderer/src/app/screens.ts'
import { useScrollPosition, type ScrollPosition } from '../../../renderer/src/wall/scroll-position.ts'

function screensOf() {
  openWindow()
  return useScreens()
}

describe('what is on the screen', () => {
  it('is the search box when that is asked for, whatever lies over it', () => {
    const screens = screensOf()
    screens.show('problems')
    screens.open({ kind: 'shortcuts' })
    screens.viewed = 3
    screens.find()
    expect([screens.screen, screens.dialog, screens.viewed, screens.findWanted]).toEqual([
      'photos',
      null,
      null,
      true,
    ])
  })

  it('is covered by a dialog and by the viewer', () => {
    const screens = screensOf()
    screens.railOpen = false
    expect(screens.covered).toBe(false)
    screens.viewed = 0
    expect(screens.covered).toBe(true)
    screens.viewed = null
    screens.open({ kind: 'shortcuts' })
    expect(screens.covered).toBe(true)
    screens.close()
    expect(screens.covered).toBe(false)
  })

  it('is again the dialog from which a label was renamed', () => {
    const screens = screensOf()
    const settings: OpenDialog = { kind: 'settings', page: 'labels' }
    screens.open({ kind: 'rename-label', term: 'own:1', name: 'Rex', back: settings })
    screens.close()
    expect(screens.dialog).toEqual(settings)
    screens.close()
    expect(screens.dialog).toBeNull()
  })
})

describe('the place on the wall', () => {
  const place: ScrollPosition = { question: 'dogs', first: 10, within: 3, active: 12 }

  it('is that of the wall that is there', () => {
    openWindow()
    const wall = useScrollPosition()
    expect(wall.now()).toBeNull()
    wall.offer(() => place)
    expect(wall.now()).toEqual(place)
    wall.offer(null)
    expect(wall.now()).toBeNull()
  })

  it('is taken up once, and only by the wall of its question', () => {
    openWindow()
    const wall = useScrollPosition()
    wall.returnTo(place)
    expect(wall.take('cats')).toBeNull()
    expect(wall.take('dogs')).toEqual(place)
    expect(wall.take('dogs')).toBeNull()
  })
})
