import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openWindow } from '../../fixtures/scripted-shell.ts'
import { useToasts } from '../../../renderer/src/notices/toasts.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function toasting() {
  openWindow()
  const toasts = useToasts()
  return { toasts, shown: () => toasts.toasts.map(({ text }) => text) }
}

describe('messages', () => {
  it('go by themselves, each in its time', () => {
    const { toasts, shown } = toasting()
    toasts.show('one')
    vi.advanceTimersByTime(5000)
    toasts.show('two')
    vi.advanceTimersByTime(5000)
    expect(shown()).toEqual(['two'])
    vi.advanceTimersByTime(5000)
    expect(shown()).toEqual([])
  })

  it('stay while they are read, until they are sent away', () => {
    const { toasts, shown } = toasting()
    toasts.show('one')
    toasts.keep(toasts.toasts[0]?.id ?? 0)
    vi.advanceTimersByTime(60_000)
    expect(shown()).toEqual(['one'])
    toasts.dismiss(toasts.toasts[0]?.id ?? 0)
    expect(shown()).toEqual([])
  })

  it('have their time anew when nobody is with them any more', () => {
    const { toasts, shown } = toasting()
    toasts.show('one')
    const id = toasts.toasts[0]?.id ?? 0
    toasts.keep(id)
    vi.advanceTimersByTime(60_000)
    toasts.letGo(id)
    vi.advanceTimersByTime(7000)
    expect(shown()).toEqual(['one'])
    vi.advanceTimersByTime(2000)
    expect(shown()).toEqual([])
  })

  it('take the place of what was said on the same topic, or in the same words', () => {
    const { toasts, shown } = toasting()
    toasts.show('a', { topic: 'decision' })
    toasts.show('other')
    toasts.show('b', { topic: 'decision' })
    toasts.show('other')
    expect(shown()).toEqual(['b', 'other'])
    // The same words about another thing are another message.
    toasts.show('other', { detail: 'of this' })
    expect(shown()).toEqual(['b', 'other', 'other'])
  })

  it('are three at the most, the oldest goes', () => {
    const { toasts, shown } = toasting()
    for (const text of ['1', '2', '3', '4']) toasts.show(text)
    expect(shown()).toEqual(['2', '3', '4'])
  })

  it('have their time anew when they are said anew', () => {
    const { toasts, shown } = toasting()
    toasts.show('one')
    vi.advanceTimersByTime(7000)
    toasts.show('one')
    vi.advanceTimersByTime(7000)
    expect(shown()).toEqual(['one'])
  })
})

const failure = (code: 'internal' | 'library-locked' | 'service-down') =>
  Promise.resolve({ ok: false, error: { code, message: 'Exactly this.' } } as const)

describe('a call that fails', () => {
  it('gives nothing and is said with what exactly was wrong', async () => {
    const { toasts } = toasting()
    expect(await toasts.attempt(failure('internal'))).toBeNull()
    expect(toasts.toasts.map(({ tone, detail }) => [tone, detail])).toEqual([['error', 'Exactly this.']])
  })

  it.each(['library-locked', 'service-down'] as const)(
    'is not said where the whole window says it: %s',
    async (code) => {
      const { toasts, shown } = toasting()
      expect(await toasts.attempt(failure(code))).toBeNull()
      expect(shown()).toEqual([])
    },
  )

  it('that does not fail gives its value', async () => {
    const { toasts, shown } = toasting()
    expect(await toasts.attempt(Promise.resolve({ ok: true, value: 0 }))).toBe(0)
    expect(shown()).toEqual([])
  })
})
