import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { inComponent } from '../../fixtures/scripted-shell.ts'
import { useShortcut } from '../../../renderer/src/app/shortcuts.ts'

/** An element with the focus, in the page for as long as the test. */
function focused<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  more: Partial<HTMLElementTagNameMap[Name]> = {},
): HTMLElementTagNameMap[Name] {
  const element = Object.assign(document.createElement(name), more)
  document.body.append(element)
  element.focus()
  onTestFinished(() => element.remove())
  return element
}

/** Presses a key where it would go; whether something was done about it, so that the browser does nothing itself. */
function press(target: EventTarget, key: string, held: KeyboardEventInit = {}): boolean {
  return !target.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...held }),
  )
}

const ctrl = { ctrlKey: true }

function shortcut(combo: string, when?: () => boolean) {
  const run = vi.fn<() => void>()
  return { run, ...inComponent(() => useShortcut(combo, run, when)) }
}

const boxes: readonly (readonly [string, () => HTMLElement])[] = [
  ['a text box', () => focused('input', { type: 'text' })],
  ['a search box', () => focused('input', { type: 'search' })],
  ['a number', () => focused('input', { type: 'number' })],
  ['a long text', () => focused('textarea')],
  ['a choice', () => focused('select')],
]

describe.each(boxes)('who types in %s', (_, box) => {
  it('takes back what they typed with Ctrl-Z, not a decision', () => {
    const undo = shortcut('Mod+Z')
    const redo = [shortcut('Mod+Y'), shortcut('Mod+Shift+Z')]
    const target = box()
    expect(press(target, 'z', ctrl)).toBe(false)
    expect(press(target, 'я', { ...ctrl, code: 'KeyZ' })).toBe(false)
    expect(press(target, 'y', ctrl)).toBe(false)
    expect(press(target, 'Z', { ...ctrl, shiftKey: true })).toBe(false)
    expect([undo, ...redo].map(({ run }) => run.mock.calls.length)).toEqual([0, 0, 0])
  })

  it('writes letters and signs, moves and leaves with the keys for that', () => {
    const all = ['C', '?', '/', 'Escape', 'ArrowLeft', 'Shift+ArrowLeft', 'Delete'].map((combo) =>
      shortcut(combo),
    )
    const target = box()
    for (const key of ['c', '?', '/', 'Escape', 'ArrowLeft', 'Delete']) expect(press(target, key)).toBe(false)
    expect(press(target, 'ArrowLeft', { shiftKey: true })).toBe(false)
    expect(all.map(({ run }) => run.mock.calls.length)).toEqual(all.map(() => 0))
  })

  it('has the other shortcuts with Ctrl or Alt as anywhere', () => {
    const all = [shortcut('Mod+F'), shortcut('Alt+ArrowLeft')]
    const target = box()
    expect(press(target, 'f', ctrl)).toBe(true)
    expect(press(target, 'ArrowLeft', { altKey: true })).toBe(true)
    expect(all.map(({ run }) => run.mock.calls.length)).toEqual([1, 1])
  })
})

describe('a shortcut', () => {
  it.each([
    ['the page', () => document.body],
    ['a button', () => focused('button')],
    ['a slider', () => focused('input', { type: 'range' })],
    ['a tick box', () => focused('input', { type: 'checkbox' })],
  ])('works on %s', (_, element) => {
    const [undo, letter] = [shortcut('Mod+Z'), shortcut('C')]
    const target = element()
    expect([press(target, 'z', ctrl), press(target, 'c')]).toEqual([true, true])
    expect([undo.run.mock.calls.length, letter.run.mock.calls.length]).toEqual([1, 1])
  })

  it('does nothing that something on its way has done', () => {
    const { run } = shortcut('C')
    const button = focused('button')
    button.addEventListener('keydown', (event) => event.preventDefault())
    press(button, 'c')
    expect(run).not.toHaveBeenCalled()
  })

  it('that came last goes first, for as long as it holds and its component is there', () => {
    let holds = true
    const below = shortcut('C')
    const above = shortcut('C', () => holds)
    press(document.body, 'c')
    expect([below.run.mock.calls.length, above.run.mock.calls.length]).toEqual([0, 1])
    holds = false
    press(document.body, 'c')
    expect([below.run.mock.calls.length, above.run.mock.calls.length]).toEqual([1, 1])
    holds = true
    above.leave()
    press(document.body, 'c')
    expect([below.run.mock.calls.length, above.run.mock.calls.length]).toEqual([2, 1])
    below.leave()
    expect(press(document.body, 'c')).toBe(false)
  })
})
