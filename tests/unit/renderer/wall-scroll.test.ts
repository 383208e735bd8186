import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { computed, nextTick, ref } from 'vue'
import { inComponent } from '../../fixtures/scripted-shell.ts'
import { tallest } from '../../../renderer/src/wall/scaled-scroll.ts'
import { layoutSquares } from '../../../renderer/src/wall/square-rows.ts'
import { useWallScroll } from '../../../renderer/src/wall/use-wall-scroll.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A wall of so many photos one below another, 100 pixels each; 600 pixels are seen, 40 and 60 of them covered. */
async function wallOf(photos: number) {
  const count = ref(photos)
  const element = document.createElement('div')
  Object.assign(element.style, { padding: '0px', borderWidth: '0px' })
  Object.defineProperty(element, 'offsetHeight', { value: 600 })
  document.body.append(element)
  const { value: scroll } = inComponent(() =>
    useWallScroll(
      ref(element),
      computed(() =>
        layoutSquares([{ day: null, count: count.value }], {
          columns: 1,
          cell: 100,
          gap: 0,
          heading: 0,
          leastWidth: 0,
        }),
      ),
      computed(() => ({ above: 40, below: 60 })),
    ),
  )
  await nextTick()
  return {
    scroll,
    element,
    count,
    /** The person scrolls by so many pixels. */
    by: (pixels: number) => {
      element.scrollTop += pixels
      element.dispatchEvent(new Event('scroll'))
    },
    /** Where a cell at this place of the wall stands below the upper edge of the window. */
    seenAt: (y: number) => scroll.layerTop.value + y - scroll.origin.value - element.scrollTop,
  }
}

describe.each([
  ['a wall that a browser can show as it is', 1000],
  ['a wall taller than any element', 5_000_000],
])('%s', (_, photos) => {
  it('goes to any place at once, and shows there what lies there', async () => {
    const wall = await wallOf(photos)
    expect(wall.scroll.scale.value.spacer).toBeLessThanOrEqual(tallest)
    for (const part of [0, 0.1, 0.5, 0.9, 1]) {
      const place = Math.floor(wall.scroll.scale.value.maxContent * part)
      wall.scroll.jump(place)
      expect(wall.scroll.top.value).toBe(place)
      expect(wall.seenAt(place)).toBe(0)
      vi.runAllTimers()
      expect([wall.scroll.top.value, wall.seenAt(place)]).toEqual([place, 0])
    }
    wall.scroll.jump(-5)
    expect(wall.scroll.top.value).toBe(0)
    wall.scroll.jump(1e12)
    expect(wall.scroll.top.value).toBe(photos * 100 + 60 - 600)
  })

  it('follows the wheel pixel by pixel, wherever it is', async () => {
    const wall = await wallOf(photos)
    const middle = Math.floor(wall.scroll.scale.value.maxContent / 2)
    wall.scroll.jump(middle)
    vi.runAllTimers()
    for (const [index, pixels] of [120, 120, -30, 7].entries()) {
      const before = wall.scroll.top.value
      wall.by(pixels)
      expect([index, wall.scroll.top.value - before]).toEqual([index, pixels])
      expect(wall.seenAt(wall.scroll.top.value)).toBe(0)
    }
    vi.runAllTimers()
    expect(wall.scroll.top.value).toBe(middle + 217)
    expect(wall.seenAt(middle + 217)).toBe(0)
  })

  it('moves no further than needed to show a photo clear of what lies over it', async () => {
    const wall = await wallOf(photos)
    wall.scroll.jump(10_000)
    wall.scroll.reveal(10_100, 100)
    expect(wall.scroll.top.value).toBe(10_000)
    wall.scroll.reveal(10_500, 100)
    expect(wall.scroll.top.value).toBe(10_060)
    wall.scroll.reveal(10_000, 100)
    expect(wall.scroll.top.value).toBe(9960)
  })

  it('is calm but for a while after something went by fast', async () => {
    const wall = await wallOf(photos)
    wall.by(100)
    expect(wall.scroll.calm.value).toBe(true)
    wall.by(500)
    expect(wall.scroll.calm.value).toBe(false)
    vi.advanceTimersByTime(200)
    expect(wall.scroll.calm.value).toBe(true)
    wall.scroll.jump(50_000)
    expect(wall.scroll.calm.value).toBe(false)
    vi.advanceTimersByTime(200)
    expect(wall.scroll.calm.value).toBe(true)
  })
})

it('a wall that loses photos ends where its last photo is, and one that gains some stays where it is', async () => {
  const wall = await wallOf(1000)
  wall.scroll.jump(90_000)
  wall.count.value = 2000
  await nextTick()
  expect([wall.scroll.top.value, wall.element.scrollTop]).toEqual([90_000, 90_000])
  wall.count.value = 100
  await nextTick()
  expect([wall.scroll.top.value, wall.element.scrollTop]).toEqual([9460, 9460])
  wall.count.value = 0
  await nextTick()
  expect([wall.scroll.top.value, wall.element.scrollTop]).toEqual([0, 0])
})
