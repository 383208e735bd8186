import { expect, it, onTestFinished } from 'vitest'
import { keepFocus } from '../../../renderer/src/app/keep-focus.ts'

/** A page with these elements, all of which can have the focus; gone when the test has finished. */
function page(html: string): (selector: string) => HTMLElement | null {
  document.body.innerHTML = html
  onTestFinished(() => {
    document.body.innerHTML = ''
  })
  return (selector) => document.querySelector<HTMLElement>(selector)
}

const focusKept = async (): Promise<Element | null> => {
  keepFocus()
  await new Promise((resolve) => setTimeout(resolve))
  return document.activeElement
}

const main = '<main id="main" tabindex="-1"></main>'
const wall = '<div id="wall" tabindex="0"></div>'
const dialog = '<div id="ask" role="alertdialog" tabindex="-1"></div>'

it.each([
  ['#ask', main + wall + dialog],
  ['#wall', main + wall],
  ['#main', main],
])('the keys go on in %s when what had the focus is gone', async (selector, html) => {
  const find = page(html)
  expect(await focusKept()).toBe(find(selector))
})

it('whatever has the focus by then keeps it', async () => {
  const find = page(`${main}${wall}<button>Undo</button>`)
  const kept = focusKept()
  find('button')?.focus()
  expect(await kept).toBe(find('button'))
})

it('where there is nothing to go on nothing happens', async () => {
  page('')
  expect(await focusKept()).toBe(document.body)
})
