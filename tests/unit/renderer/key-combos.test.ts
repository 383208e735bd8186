import { describe, expect, it } from 'vitest'
import { combosOf } from '../../../renderer/src/app/key-combos.ts'

const pressed = (key: string, code: string, held: readonly ('ctrl' | 'meta' | 'alt' | 'shift')[] = []) => ({
  key,
  code,
  ctrlKey: held.includes('ctrl'),
  metaKey: held.includes('meta'),
  altKey: held.includes('alt'),
  shiftKey: held.includes('shift'),
})

describe('the name of a pressed key', () => {
  it('is its letter, whether Caps Lock is on or not, with what is held', () => {
    expect(combosOf(pressed('c', 'KeyC'), false)).toEqual(['C'])
    expect(combosOf(pressed('A', 'KeyA', ['ctrl']), false)).toEqual(['Mod+A'])
    expect(combosOf(pressed('Z', 'KeyZ', ['ctrl', 'shift']), false)).toEqual(['Mod+Shift+Z'])
    expect(combosOf(pressed('ArrowLeft', 'ArrowLeft', ['shift']), false)).toEqual(['Shift+ArrowLeft'])
    expect(combosOf(pressed('ArrowLeft', 'ArrowLeft', ['alt']), false)).toEqual(['Alt+ArrowLeft'])
    expect(combosOf(pressed('?', 'Slash', ['shift']), false)).toEqual(['?'])
  })

  it('has Cmd in the place of Ctrl on a Mac', () => {
    expect(combosOf(pressed('a', 'KeyA', ['meta']), true)).toEqual(['Mod+A'])
    expect(combosOf(pressed('a', 'KeyA', ['ctrl']), true)).toEqual(['A'])
  })

  it('is also its place where the layout is Cyrillic', () => {
    expect(combosOf(pressed('ф', 'KeyA', ['ctrl']), false)).toContain('Mod+A')
    expect(combosOf(pressed('б', 'Comma', ['ctrl']), false)).toContain('Mod+,')
    expect(combosOf(pressed('х', 'BracketLeft', ['meta']), true)).toContain('Mod+[')
    expect(combosOf(pressed('Я', 'KeyZ', ['ctrl', 'shift']), false)).toContain('Mod+Shift+Z')
    expect(combosOf(pressed('с', 'KeyC'), false)).toContain('C')
  })

  it('is none of a shortcut with Ctrl when it only writes a sign, as AltGr does', () => {
    expect(combosOf(pressed('ż', 'KeyZ', ['ctrl', 'alt']), false)).not.toContain('Mod+Z')
  })

  it('is not its place where another Latin layout is meant', () => {
    expect(combosOf(pressed('q', 'KeyA', ['ctrl']), false)).toEqual(['Mod+Q'])
  })
})
