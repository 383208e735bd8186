import { describe, expect, it } from 'vitest'
import { ref } from 'vue'
import { inComponent, openWindow } from '../../fixtures/scripted-shell.ts'
import { useSearch } from '../../../renderer/src/search/search.ts'
import { useScrollPosition } from '../../../renderer/src/wall/scroll-position.ts'
import { usePinch } from '../../../renderer/src/wall/use-pinch.ts'
import type { WallView } from '../../../renderer/src/wall/periods.ts'
import { useWallView } from '../../../renderer/src/wall/wall-view.ts'

const question = 'null'
const left = { question, first: 120, within: -13, active: 125 }

/** Days that are left at photo 120. */
function window120() {
  openWindow()
  const scroll = useScrollPosition()
  scroll.offer(() => left)
  return { wall: useWallView(), begun: () => scroll.take(question) }
}

describe('days, months and years', () => {
  it('are gone through step by step, and end with years and days', () => {
    const { wall } = window120()
    const steps = [wall.goOut, wall.goOut, wall.goOut, wall.goIn, wall.goIn, wall.goIn]
    expect(
      steps.map((step) => {
        step()
        return wall.view
      }),
    ).toEqual(['months', 'years', 'years', 'months', 'days', 'days'])
  })

  it('lead back to where the days were left', () => {
    const { wall, begun } = window120()
    wall.goOut()
    expect(wall.at).toBe(120)
    wall.enter({ key: '2020-05', first: 100, count: 50 })
    expect([wall.view, begun()]).toEqual(['days', left])
  })

  it('lead to the beginning of another month', () => {
    const { wall, begun } = window120()
    wall.show('years')
    wall.enter({ key: '2019', first: 300, count: 50 })
    expect([wall.view, wall.at]).toEqual(['months', 300])
    wall.enter({ key: '2019-12', first: 300, count: 5 })
    expect(begun()).toEqual({ question, first: 300, within: -44, active: 300 })
  })

  it('begin with days for another question', () => {
    const { wall } = window120()
    wall.show('years')
    useSearch().ask('dog')
    expect(wall.view).toBe('days')
  })
})

describe('a page that is loaded again', () => {
  const kept = { question: '', view: 'months', at: 300, place: { first: 280, below: -12 } } as const

  it('shows the months or years that it showed, where it showed them', () => {
    openWindow()
    const wall = useWallView()
    wall.restore(kept)
    expect([wall.view, wall.at, wall.takePlace(), wall.takePlace()]).toEqual([
      'months',
      300,
      kept.place,
      null,
    ])
  })

  it('shows the days of another question', () => {
    openWindow()
    const wall = useWallView()
    wall.restore({ ...kept, question: 'dog' })
    expect([wall.view, wall.takePlace()]).toEqual(['days', null])
  })

  it('keeps where the months are that are on the screen', () => {
    openWindow()
    const wall = useWallView()
    wall.show('months')
    wall.offerPlace(() => kept.place)
    expect(wall.keep()).toEqual({ ...kept, at: 0 })
    wall.offerPlace(null)
    expect(wall.keep().place).toBeNull()
  })
})

/** Two fingers on the wall, the second moved to these places; the first stays at 0. @returns the view that they led to */
function pinched(from: WallView, pointerType: string, ...places: number[]): WallView {
  const { wall } = window120()
  const element = document.createElement('div')
  inComponent(() => usePinch(ref(element)))
  wall.show(from)
  const send = (target: EventTarget, type: string, pointerId: number, clientX: number) =>
    target.dispatchEvent(new PointerEvent(type, { pointerId, pointerType, clientX }))
  const [start = 0, ...others] = places
  send(element, 'pointerdown', 1, 0)
  send(element, 'pointerdown', 2, start)
  for (const place of others) send(window, 'pointermove', 2, place)
  // What one finger does that is left is no pinch.
  send(window, 'pointerup', 1, 0)
  send(window, 'pointermove', 2, 1)
  send(window, 'pointerup', 2, 1)
  return wall.view
}

describe('two fingers on the wall', () => {
  it.each([
    ['come together, however far', 'days', 'touch', [200, 160, 120, 20], 'months'],
    ['go apart', 'years', 'touch', [100, 180, 900], 'months'],
    ['go apart in the days', 'days', 'touch', [200, 600], 'days'],
    ['hardly move', 'months', 'touch', [200, 160, 220], 'months'],
    ['are no fingers', 'days', 'mouse', [200, 20], 'days'],
  ] as const)('%s', (_, from, pointerType, places, to) => {
    expect(pinched(from, pointerType, ...places)).toBe(to)
  })
})
