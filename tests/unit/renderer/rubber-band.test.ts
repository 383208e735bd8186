import { describe, expect, it } from 'vitest'
import { computed, ref } from 'vue'
import { scriptedList } from '../../fixtures/scripted-list.ts'
import { inComponent, openWindow, settled } from '../../fixtures/scripted-shell.ts'
import { usePhotoList } from '../../../renderer/src/photos/photo-list.ts'
import { useSearch } from '../../../renderer/src/search/search.ts'
import { useSelection } from '../../../renderer/src/selection/selection.ts'
import { layoutSquares } from '../../../renderer/src/wall/square-rows.ts'
import { useRubberBand } from '../../../renderer/src/wall/use-rubber-band.ts'

/** A frame of the screen, and what it asked for. */
const frame = async (): Promise<void> => {
  await new Promise((resolve) => requestAnimationFrame(resolve))
  await settled()
}

/** Sends an event of the pointer, with its place counted from the wall's upper left corner in the window. */
function send(target: EventTarget, type: string, x: number, y: number, more: PointerEventInit = {}): void {
  const place = { clientX: 200 + x, clientY: 50 + y }
  target.dispatchEvent(new PointerEvent(type, { ...place, bubbles: true, pointerId: 1, ...more }))
}

/**
 * A wall of ten columns of 100 pixels; 600 pixels of it are seen, from (200, 50) of the window on. Photo numbers are
 * place + 101.
 */
async function wallOf(count: number) {
  openWindow(scriptedList(Array.from({ length: count }, (_, at) => 101 + at)).answers)
  await useSearch().load()
  usePhotoList().want(0, Math.min(count, 200))
  await settled()
  const element = document.createElement('div')
  const photo = document.createElement('button')
  element.append(photo)
  element.getBoundingClientRect = () => new DOMRect(200, 50, 1000, 600)
  element.setPointerCapture = () => {}
  const top = ref(0)
  const layout = computed(() =>
    layoutSquares([{ day: null, count }], { columns: 10, cell: 100, gap: 0, heading: 0, leastWidth: 0 }),
  )
  const { value: band } = inComponent(() =>
    useRubberBand({
      scroller: ref(element),
      layout,
      top,
      jump: (content) => {
        top.value = Math.min(layout.value.height - 600, Math.max(0, content))
      },
    }),
  )
  const selection = useSelection()
  return {
    band,
    top,
    selection,
    selected: async () =>
      [...(await selection.ids())].sort((one, other) => one - other).map((id) => id - 101),
    /** Presses the button of the mouse on a photo, at a place of the wall as it is seen. */
    press: (x: number, y: number, more: PointerEventInit = {}) => send(photo, 'pointerdown', x, y, more),
    pressBeside: (x: number, y: number) => send(element, 'pointerdown', x, y),
    drag: async (x: number, y: number) => {
      send(window, 'pointermove', x, y)
      await frame()
    },
    letGo: async () => {
      send(window, 'pointerup', 0, 0)
      await settled()
    },
  }
}

const box = [1, 2, 11, 12]

describe('a box that is drawn over the wall', () => {
  it('takes the photos under it, grows and shrinks with the pointer, and is gone when that lets go', async () => {
    const wall = await wallOf(100)
    await wall.selection.pick(50, 'only')
    wall.press(150, 50)
    await wall.drag(250, 150)
    expect(await wall.selected()).toEqual(box)
    expect(wall.band.band.value).toEqual({ left: 150, right: 250, top: 50, bottom: 150 })
    await wall.drag(350, 150)
    expect(await wall.selected()).toEqual([1, 2, 3, 11, 12, 13])
    await wall.drag(50, 50)
    expect(await wall.selected()).toEqual([0, 1])
    await wall.letGo()
    expect([await wall.selected(), wall.band.band.value, wall.band.drew()]).toEqual([[0, 1], null, true])
    await wall.drag(350, 150)
    expect(await wall.selected()).toEqual([0, 1])
  })

  it.each([
    ['Shift adds them', { shiftKey: true }, [1, 2, 11, 12, 50]],
    ['Ctrl changes their side', { ctrlKey: true }, [1, 11, 12, 50]],
    ['Cmd changes their side', { metaKey: true }, [1, 11, 12, 50]],
  ] as const)('takes them beside those that are selected: %s', async (_, held, expected) => {
    const wall = await wallOf(100)
    await wall.selection.pick(50, 'toggle')
    await wall.selection.pick(2, 'toggle')
    wall.press(150, 50, held)
    await wall.drag(250, 150)
    await wall.letGo()
    expect(await wall.selected()).toEqual(expected)
  })

  it('is taken back by Escape, which nobody else hears', async () => {
    const wall = await wallOf(100)
    await wall.selection.pick(50, 'only')
    const heard: string[] = []
    const listener = ({ key }: KeyboardEvent) => heard.push(key)
    window.addEventListener('keydown', listener)
    wall.press(150, 50)
    await wall.drag(250, 150)
    document.body.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }),
    )
    await settled()
    expect([await wall.selected(), wall.band.band.value]).toEqual([[50], null])
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
    window.removeEventListener('keydown', listener)
    expect(heard).toEqual(['Escape'])
  })

  it('is none before the pointer has gone a little way, with a finger, another button or beside the photos', async () => {
    const wall = await wallOf(100)
    wall.press(150, 50)
    await wall.drag(153, 54)
    await wall.letGo()
    wall.press(150, 50, { pointerType: 'touch' })
    await wall.drag(250, 150)
    await wall.letGo()
    wall.press(150, 50, { button: 2 })
    await wall.drag(250, 150)
    await wall.letGo()
    wall.pressBeside(150, 50)
    await wall.drag(250, 150)
    await wall.letGo()
    expect([await wall.selected(), wall.band.band.value, wall.band.drew()]).toEqual([[], null, false])
  })

  it('draws the wall along below its foot and above its head, and takes all that went by', async () => {
    const wall = await wallOf(1000)
    wall.press(50, 50)
    await wall.drag(950, 900)
    while (wall.top.value < 1000) await frame()
    const lowest = Math.floor((wall.top.value + 900) / 100)
    await wall.letGo()
    const selected = await wall.selected()
    expect(selected).toEqual(Array.from({ length: selected.length }, (_, at) => at))
    expect(selected.length).toBeGreaterThanOrEqual(lowest * 10)

    wall.press(50, 300)
    await wall.drag(60, -300)
    while (wall.top.value > 0) await frame()
    await wall.letGo()
    expect((await wall.selected())[0]).toBe(0)
  })
})
