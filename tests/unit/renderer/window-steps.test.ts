import { array, assert, constantFrom, nat, property, tuple, type Arbitrary } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSteps, type Page, type Shown } from '../../../renderer/src/app/window-steps.ts'

const pageOf = (text: string, more: Partial<Page> = {}): Page => ({
  screen: 'photos',
  text,
  sort: null,
  minConfidence: null,
  ...more,
})

/** A browser's history: `back` and `forward` arrive later, when `settle` is called. */
function fakeBrowser(entries: unknown[] = [null]) {
  let at = entries.length - 1
  let waiting: number[] = []
  let arrive: (() => void) | null = null
  const history = {
    get state(): unknown {
      return entries[at]
    },
    pushState: (state: unknown) => {
      entries.splice(at + 1, entries.length, state)
      at++
    },
    replaceState: (state: unknown) => {
      entries[at] = state
    },
    back: () => waiting.push(-1),
    forward: () => waiting.push(1),
  }
  return {
    history,
    entries,
    position: () => at,
    onArrival: (listener: () => void) => {
      arrive = listener
    },
    /** The browser goes where it was asked to, until it is asked no more. */
    settle: () => {
      while (waiting.length > 0) {
        const [by = 0, ...more] = waiting
        waiting = more
        if (at + by < 0 || at + by >= entries.length) continue
        at += by
        arrive?.()
      }
    },
  }
}

/** A window with its steps: what it shows is changed as a person would. */
/** @param before place of the photo that was viewed when the page was loaded anew */
function fakeWindow(browser = fakeBrowser(), begun: Page = pageOf(''), before: number | null = null) {
  let now: Shown = { page: begun, viewed: null, typing: false }
  const left: number[] = []
  const steps = createSteps({
    history: browser.history,
    shown: () => now,
    show: ({ page }, viewed) => {
      now = { page, viewed, typing: false }
    },
    reopen: () => before,
    onLeave: (id) => left.push(id),
  })
  browser.onArrival(() => {
    steps.arrive()
    steps.follow()
  })
  const change = (next: Partial<Shown>) => {
    now = { ...now, ...next }
    steps.follow()
  }
  return {
    browser,
    left,
    now: () => now,
    change,
    ask: (text: string, more: Partial<Page> = {}) => {
      change({ page: pageOf(text, more), typing: false })
    },
    type: (text: string) => {
      for (let end = 1; end <= text.length; end++) change({ page: pageOf(text.slice(0, end)), typing: true })
    },
    stopTyping: () => {
      change({ typing: false })
    },
    open: (viewed: number) => {
      change({ viewed })
    },
    close: () => {
      change({ viewed: null })
    },
    back: () => {
      browser.history.back()
      browser.settle()
    },
    forward: () => {
      browser.history.forward()
      browser.settle()
    },
  }
}

describe('steps of the history', () => {
  it('are the questions that were asked, as they were put in order', () => {
    const window = fakeWindow()
    window.ask('animal')
    window.change({ page: pageOf('animal', { sort: 'date', minConfidence: 0.5 }) })
    window.ask('zebra', { sort: 'date' })
    window.back()
    expect(window.now().page).toEqual(pageOf('animal', { sort: 'date', minConfidence: 0.5 }))
    window.back()
    expect(window.now().page).toEqual(pageOf(''))
    window.forward()
    window.forward()
    expect(window.now().page).toEqual(pageOf('zebra', { sort: 'date' }))
  })

  it('are not the letters of a question that is being typed', () => {
    const window = fakeWindow()
    window.ask('animal')
    window.type('zebra')
    window.stopTyping()
    window.type('zebra at dusk')
    window.back()
    expect(window.now().page.text).toBe('zebra')
    window.back()
    expect(window.now().page.text).toBe('animal')
  })

  it('are not spaces, nor questions that were typed and deleted again', () => {
    const window = fakeWindow()
    window.ask('animal')
    window.ask('animal ')
    window.type('animal z')
    window.change({ page: pageOf('animal'), typing: true })
    window.browser.settle()
    window.stopTyping()
    window.back()
    expect(window.now().page.text).toBe('')
  })

  it('go on from where typing went on while the browser was going back', () => {
    const window = fakeWindow()
    window.type('z')
    window.change({ page: pageOf(''), typing: true })
    window.type('dog')
    window.browser.settle()
    window.stopTyping()
    expect(window.now().page.text).toBe('dog')
    window.back()
    expect(window.now().page.text).toBe('')
  })

  it('are the other screens, too', () => {
    const window = fakeWindow()
    window.ask('animal')
    window.ask('animal', { screen: 'problems' })
    window.back()
    expect(window.now().page).toEqual(pageOf('animal'))
  })

  it('are left with all that can be seen of them', () => {
    const window = fakeWindow()
    window.ask('animal')
    window.ask('zebra')
    const [first, second] = window.left
    window.back()
    window.back()
    expect(window.left).toHaveLength(4)
    expect(window.left[3]).toBe(second)
    expect(first).not.toBe(second)
  })

  it('close the viewer before they go to another question, and open it where it was last', () => {
    const window = fakeWindow()
    window.ask('animal')
    window.open(2)
    window.open(3)
    window.back()
    expect(window.now()).toEqual({ page: pageOf('animal'), viewed: null, typing: false })
    window.forward()
    expect(window.now().viewed).toBe(3)
    window.back()
    window.back()
    expect(window.now().page.text).toBe('')
  })

  it('hold no viewer that was closed by another way', () => {
    const window = fakeWindow()
    window.ask('animal')
    const { position } = window.browser
    const before = position()
    for (let round = 0; round < 3; round++) {
      window.open(round)
      window.close()
      window.browser.settle()
      expect(position()).toBe(before)
    }
    window.open(1)
    window.close()
    window.open(2)
    window.browser.settle()
    expect(window.now().viewed).toBe(2)
    window.back()
    expect(window.now()).toMatchObject({ page: pageOf('animal'), viewed: null })
  })

  it('do not open the viewer where its place means another photo', () => {
    const window = fakeWindow()
    window.ask('animal')
    window.open(2)
    window.change({ viewed: null, page: pageOf('animal', { sort: 'date' }) })
    window.browser.settle()
    window.forward()
    expect(window.now()).toMatchObject({ viewed: null, page: pageOf('animal') })
  })

  it('outlive a reload with the viewer, which is closed by Back and by its own way', () => {
    for (const leave of ['back', 'close'] as const) {
      const { browser, ...window } = fakeWindow()
      window.ask('animal')
      window.open(2)
      const again = fakeWindow(browser, pageOf(''), 2)
      expect(again.now()).toMatchObject({ page: { text: 'animal' }, viewed: 2 })
      if (leave === 'back') again.back()
      else again.change({ viewed: null })
      browser.settle()
      expect(again.now()).toMatchObject({ page: { text: 'animal' }, viewed: null })
      again.forward()
      expect(again.now()).toMatchObject({ viewed: 2 })
    }
  })

  it('have no viewer after a reload that happened without one', () => {
    const { browser, ...window } = fakeWindow()
    window.ask('animal')
    expect(fakeWindow(browser, pageOf(''), 2).now()).toMatchObject({ page: { text: 'animal' }, viewed: null })
  })

  it('outlive a reload without the viewer where it is not known what that showed', () => {
    const { browser, ...window } = fakeWindow()
    window.ask('animal', { sort: 'date' })
    window.open(2)
    const again = fakeWindow(browser)
    expect(again.now()).toEqual({ page: pageOf('animal', { sort: 'date' }), viewed: null, typing: false })
    again.back()
    again.back()
    expect(again.now().page.text).toBe('')
    again.forward()
    expect(again.now()).toMatchObject({ page: { text: 'animal' }, viewed: null })
  })

  it('are begun anew where something else has left its mark', () => {
    const window = fakeWindow(fakeBrowser([{ viewer: true }]), pageOf('dog'))
    expect(window.now()).toEqual({ page: pageOf('dog'), viewed: null, typing: false })
    window.browser.history.pushState('of somebody else')
    window.browser.history.back()
    window.browser.settle()
    window.browser.history.forward()
    window.browser.settle()
    window.ask('zebra')
    window.back()
    expect(window.now().page.text).toBe('dog')
  })
})

type Act = readonly [
  'ask' | 'type' | 'stopTyping' | 'open' | 'close' | 'back' | 'forward' | 'settle',
  string,
  number,
]

it('whatever is done, the step of the history is what the window shows, and Back leads to the first page', () => {
  const act: Arbitrary<Act> = tuple(
    constantFrom('ask', 'type', 'stopTyping', 'open', 'close', 'back', 'forward', 'settle'),
    constantFrom('', 'a', 'ab', 'dog', 'dog '),
    nat(3),
  )
  assert(
    property(array(act, { maxLength: 40 }), (acts) => {
      const window = fakeWindow()
      for (const [what, text, viewed] of acts) {
        if (what === 'ask' || what === 'type') window[what](text)
        else if (what === 'open') window.open(viewed)
        else if (what === 'settle') window.browser.settle()
        else window[what]()
      }
      window.stopTyping()
      window.browser.settle()
      const { page, viewed } = window.now()
      expect(window.browser.history.state).toMatchObject({ page, viewer: viewed !== null, draft: false })
      const steps = window.browser.position()
      for (let step = 0; step < steps; step++) window.back()
      expect(window.now()).toEqual({ page: pageOf(''), viewed: null, typing: false })
      expect(window.browser.position()).toBe(0)
    }),
    { numRuns: 1000 },
  )
})
