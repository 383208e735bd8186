import { afterEach, beforeEach, expect, it } from 'vitest'
import { enterField, waitForField, waitWhile } from '../../../renderer/src/app/typed-ahead.ts'

let field: HTMLInputElement
let heard: string[] = []
const hear = (event: KeyboardEvent): void => {
  heard.push(event.key)
}

beforeEach(() => {
  heard = []
  field = document.body.appendChild(document.createElement('input'))
  document.body.addEventListener('keydown', hear)
})
afterEach(() => {
  enterField(field)
  document.body.removeEventListener('keydown', hear)
  field.remove()
})

function press(key: string, more: KeyboardEventInit & { readonly on?: HTMLElement } = {}): void {
  const { on = document.body, ...held } = more
  on.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...held }))
}

it('what is typed before the field is there comes to stand in it, and means nothing elsewhere', () => {
  const inputs: string[] = []
  field.value = 'before'
  field.addEventListener('input', () => inputs.push(field.value))
  waitForField()
  press('a', { repeat: true })
  for (const key of ['Shift', 'H', 'ы', ' ', 'x', 'Backspace', 'ArrowDown']) press(key)
  expect(heard).toEqual([])
  enterField(field)
  expect(document.activeElement).toBe(field)
  expect(field.value).toBe('Hы ')
  expect(inputs).toEqual(['Hы '])
  press('h')
  expect(heard).toEqual(['h'])
})

it('a field for which nothing was typed stays as it is', () => {
  field.value = 'before'
  waitForField()
  enterField(field)
  expect(field.value).toBe('before')
})

it('Enter that is pressed before the field is there is pressed in it, after what was typed', () => {
  const form = document.body.appendChild(document.createElement('form'))
  const inForm = form.appendChild(document.createElement('input'))
  const sent: string[] = []
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    sent.push(inForm.value)
  })
  waitForField()
  for (const key of ['1', '9', 'Enter', 'h']) press(key)
  expect(heard).toEqual([])
  enterField(inForm)
  expect(sent).toEqual(['19'])
  inForm.addEventListener('keydown', (event) => event.key === 'Enter' && event.preventDefault())
  waitForField()
  press('Enter')
  enterField(inForm)
  expect(sent).toEqual(['19'])
  form.remove()
})

it.each(['Escape', 'Tab'])('whoever presses %s does not wait for it any longer', (key) => {
  waitForField()
  press('a')
  press(key)
  press('h')
  expect(heard).toEqual([key, 'h'])
  enterField(field)
  expect(field.value).toBe('')
})

it('a field that does not come holds back no keys, nor one that has the focus already', () => {
  waitForField()
  waitWhile(() => false)
  press('h')
  waitForField()
  press('z', { ctrlKey: true })
  press('h')
  waitForField()
  press('h', { on: field })
  expect(heard).toEqual(['h', 'z', 'h', 'h'])
  waitWhile(() => true)
  press('h')
  expect(heard).toEqual(['h', 'z', 'h', 'h', 'h'])
})
