import { describe, expect, it } from 'vitest'
import { computed, ref } from 'vue'
import { scriptedList } from '../../fixtures/scripted-list.ts'
import { inComponent, openWindow, settled } from '../../fixtures/scripted-shell.ts'
import { useWallReach } from '../../../renderer/src/actions/wall-reach.ts'
import { useScreens } from '../../../renderer/src/app/screens.ts'
import { usePhotoList } from '../../../renderer/src/photos/photo-list.ts'
import { useSearch } from '../../../renderer/src/search/search.ts'
import { useSelection } from '../../../renderer/src/selection/selection.ts'
import { layoutSquares } from '../../../renderer/src/wall/square-rows.ts'
import { useWallKeys } from '../../../renderer/src/wall/use-wall-keys.ts'

const cell = 100

/** A wall of five columns, four rows of which are seen, with the keys on a photo. Photo numbers are place + 101. */
async function wallOf(count: number, active: number | null) {
  openWindow(scriptedList(Array.from({ length: count }, (_, at) => 101 + at)).answers)
  await useSearch().load()
  usePhotoList().want(0, count)
  await settled()
  const on = ref(active)
  const layout = computed(() =>
    layoutSquares([{ day: null, count }], { columns: 5, cell, gap: 0, heading: 0, leastWidth: 0 }),
  )
  const { value: keys } = inComponent(() =>
    useWallKeys({
      layout,
      active: on,
      viewport: ref(4 * cell),
      activate: (index) => {
        on.value = index
      },
      reach: useWallReach(on),
    }),
  )
  const selection = useSelection()
  return {
    opened: () => useScreens().viewed,
    active: () => on.value,
    selected: async () =>
      [...(await selection.ids())].sort((one, other) => one - other).map((id) => id - 101),
    /** Whether something was done about the key. */
    press: async (key: string, held: KeyboardEventInit = {}) => {
      const event = new KeyboardEvent('keydown', { key, cancelable: true, ...held })
      keys(event)
      await settled()
      return event.defaultPrevented
    },
  }
}

const shift = { shiftKey: true }

describe('keys on the wall', () => {
  it.each([
    ['ArrowRight', 12, 13],
    ['ArrowRight', 14, 15],
    ['ArrowRight', 32, 32],
    ['ArrowLeft', 15, 14],
    ['ArrowLeft', 0, 0],
    ['ArrowDown', 12, 17],
    ['ArrowUp', 12, 7],
    ['ArrowUp', 2, 2],
    ['Home', 12, 0],
    ['End', 12, 32],
    ['PageDown', 2, 17],
    ['PageUp', 22, 7],
    ['PageUp', 3, 3],
    ['ArrowDown', null, 0],
    ['End', null, 32],
  ])('%s goes from %s to %i', async (key, from, to) => {
    const wall = await wallOf(33, from)
    expect(await wall.press(key)).toBe(true)
    expect(wall.active()).toBe(to)
    expect(await wall.selected()).toEqual([])
  })

  it('extend what is selected from where they stand, as far as they go, and back', async () => {
    const wall = await wallOf(33, 6)
    await wall.press('ArrowRight', shift)
    expect(await wall.selected()).toEqual([6, 7])
    await wall.press('ArrowDown', shift)
    expect(await wall.selected()).toEqual([6, 7, 8, 9, 10, 11, 12])
    await wall.press('ArrowUp', shift)
    await wall.press('ArrowLeft', shift)
    await wall.press('ArrowLeft', shift)
    expect([await wall.selected(), wall.active()]).toEqual([[5, 6], 5])
    await wall.press('Home', shift)
    expect(await wall.selected()).toEqual([0, 1, 2, 3, 4, 5, 6])
  })

  it('select, open and take all', async () => {
    const wall = await wallOf(33, 3)
    await wall.press(' ')
    await wall.press('ArrowRight')
    await wall.press('ArrowRight')
    await wall.press(' ')
    expect(await wall.selected()).toEqual([3, 5])
    await wall.press(' ')
    expect(await wall.selected()).toEqual([3])
    await wall.press('Enter')
    expect(wall.opened()).toBe(5)
    await wall.press('a', { ctrlKey: true })
    expect(await wall.selected()).toHaveLength(33)
  })

  it('leave to others what they have no use for', async () => {
    const wall = await wallOf(33, 3)
    expect(await wall.press('Escape')).toBe(false)
    expect(await wall.press('ArrowLeft', { altKey: true })).toBe(false)
    expect(await wall.press('x')).toBe(false)
    expect(wall.active()).toBe(3)
    const nowhere = await wallOf(33, null)
    expect([await nowhere.press('Enter'), await nowhere.press(' ')]).toEqual([false, false])
    const empty = await wallOf(0, null)
    expect([await empty.press('End'), await empty.press('a', { ctrlKey: true })]).toEqual([false, false])
  })
})
