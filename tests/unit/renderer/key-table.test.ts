import { describe, expect, it } from 'vitest'
import { keyTable, pressedKeys, type KeyContext, type KeyEntry } from '../../../renderer/src/app/key-table.ts'
import { keysIn, shortcutGroups } from '../../../renderer/src/app/shortcut-list.ts'
import { en } from '../../../renderer/src/i18n/messages-en.ts'

const contexts = Object.keys(keyTable) as KeyContext[]
/** A dialog has all keys for itself. */
const reaches = (context: KeyContext): readonly KeyEntry[] =>
  context === 'everywhere' || context === 'dialog'
    ? keysIn(context)
    : [...keysIn('everywhere'), ...keysIn(context)]

/** Never to be done at the same time: photos are hidden, or they are not; one is in front of a stack, or it is not. */
const takeTurns = [
  new Set(['hide', 'show-again']),
  new Set(['open-stack', 'open-same']),
  new Set(['unstack', 'leave-stack']),
]

function mayShare(one: KeyEntry, other: KeyEntry): boolean {
  if (takeTurns.some((acts) => acts.has(one.does) && acts.has(other.does))) return true
  return one.insteadOf === other.does || other.insteadOf === one.does
}

/** `key: what it does, what it does` */
function clashes(context: KeyContext, isMac: boolean): readonly string[] {
  const entries = reaches(context)
  return entries.flatMap((entry, at) =>
    pressedKeys(entry, isMac).flatMap((key) =>
      entries
        .slice(at + 1)
        .filter((other) => pressedKeys(other, isMac).includes(key) && !mayShare(entry, other))
        .map((other) => `${key}: ${entry.does}, ${other.does}`),
    ),
  )
}

describe('the table of keys', () => {
  it.each(contexts.flatMap((context) => [true, false].map((isMac) => [context, isMac] as const)))(
    'has no key twice: %s, on a Mac %s',
    (context, isMac) => {
      expect(clashes(context, isMac)).toEqual([])
    },
  )

  it('would tell of one that stands there twice', () => {
    const twice: readonly KeyEntry[] = [...keysIn('viewer'), { does: 'other', keys: ['I'], words: null }]
    const shared = twice.filter((entry) => pressedKeys(entry, false).includes('I'))
    expect(shared.map(({ does }) => does)).toEqual(['info', 'other'])
    expect(mayShare(shared[0] as KeyEntry, shared[1] as KeyEntry)).toBe(false)
  })

  it('names nothing twice in one place, and shares a key only with what is there', () => {
    for (const context of contexts) {
      const names = reaches(context).map(({ does }) => does)
      expect(names).toEqual([...new Set(names)])
      const replaced = keysIn(context).flatMap(({ insteadOf }) => insteadOf ?? [])
      expect(names).toEqual(expect.arrayContaining(replaced))
    }
  })

  it('leaves the figures from 0 to 5 to the stars, wherever there are photos', () => {
    for (const context of ['wall', 'viewer', 'compare'] as const) {
      const rating = keysIn(context).filter((entry) =>
        pressedKeys(entry, false).some((key) => /^[0-5]$/u.test(key)),
      )
      expect(rating).toHaveLength(6)
      for (const { words } of rating) expect(words).toBe('stars')
    }
  })
})

describe('the sheet of keys', () => {
  it('has a line for everything that has words, with all of its keys', () => {
    const photo = shortcutGroups.find(({ title }) => title === 'photo')
    const line = (words: string) => photo?.entries.find((entry) => entry.words === words)?.keys
    expect(line('zoom')).toEqual(['+', '-'])
    expect(line('previousNext')).toEqual(['ArrowLeft', 'ArrowRight'])
    expect(line('stars')).toEqual(['5', '4', '3', '2', '1', '0'])
    expect(line('back')).toEqual(['Escape'])
  })

  it('has words for each line', () => {
    const { shortcuts, act } = en
    for (const { title, entries } of shortcutGroups) {
      expect(shortcuts.group).toHaveProperty(title)
      for (const { words, isAction } of entries) expect(isAction ? act : shortcuts).toHaveProperty(words)
    }
  })
})
