import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ref } from 'vue'
import type { OwnLabel } from '../../../electron/core/contract/values.ts'
import { inComponent, openWindow, refusal, settled } from '../../fixtures/scripted-shell.ts'
import { useRefresh } from '../../../renderer/src/app/refresh.ts'
import { oneAtATime } from '../../../renderer/src/controls/one-at-a-time.ts'
import { useSettledValue } from '../../../renderer/src/controls/settled-value.ts'
import { usePreview } from '../../../renderer/src/controls/use-preview.ts'
import { speak } from '../../../renderer/src/i18n/i18n.ts'
import { useDecisions } from '../../../renderer/src/labels/decisions.ts'
import { useOwnLabels } from '../../../renderer/src/labels/own-labels.ts'
import { useHeatMap } from '../../../renderer/src/viewer/use-heat-map.ts'
import { useSwipe } from '../../../renderer/src/viewer/use-swipe.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const mapOf = (term: string, value: number) =>
  ({ term, size: 7, values: Array.from({ length: 49 }, () => value) }) as const

const rest = async (time = 500) => {
  await vi.advanceTimersByTimeAsync(time)
  await settled()
}

function mapping() {
  const waiting = new Map<string, () => void>()
  const shell = openWindow({
    getHeatMap: ({ id, term }) =>
      new Promise((resolve) => waiting.set(`${id} ${term}`, () => resolve(mapOf(term, id / 10)))),
  })
  const [id, term] = [ref<number | null>(1), ref<string | null>(null)]
  const { map, trouble } = inComponent(() => useHeatMap(id, term)).value
  const answer = async (which: string) => {
    waiting.get(which)?.()
    await settled()
  }
  return { shell, id, term, map, trouble, rest, answer }
}

describe('the map of where a label was seen', () => {
  it('is asked for when the pointer rests on a label, not for those it passes', async () => {
    const { shell, term, map, rest, answer } = mapping()
    for (const passed of ['class:1', 'class:2', 'class:3']) {
      term.value = passed
      await rest(20)
    }
    await rest()
    expect(shell.asked('getHeatMap')).toEqual([{ id: 1, term: 'class:3' }])
    await answer('1 class:3')
    expect(map.value?.term).toBe('class:3')
    term.value = null
    await rest()
    expect(map.value).toBeNull()
  })

  it('is asked for once for each label of a photo', async () => {
    const { shell, term, map, rest, answer } = mapping()
    term.value = 'class:1'
    await rest()
    await answer('1 class:1')
    term.value = 'class:2'
    await rest()
    term.value = 'class:1'
    await settled()
    expect(map.value?.term).toBe('class:1')
    expect(shell.asked('getHeatMap')).toHaveLength(2)
  })

  it('is never that of another label or photo, however late its answer comes', async () => {
    const { id, term, map, rest, answer } = mapping()
    term.value = 'class:1'
    await rest()
    term.value = 'class:2'
    await rest()
    await answer('1 class:2')
    await answer('1 class:1')
    expect(map.value?.term).toBe('class:2')
    id.value = 2
    await rest()
    expect(map.value).toBeNull()
    await answer('2 class:2')
    expect(map.value?.values[0]).toBe(0.2)
  })

  it('of the photo before is not taken for that of this one, although its answer came after the photo had changed', async () => {
    const { id, term, map, rest, answer } = mapping()
    term.value = 'class:1'
    await rest()
    id.value = 2
    term.value = null
    await settled()
    await answer('1 class:1')
    term.value = 'class:1'
    await rest()
    await answer('2 class:1')
    expect(map.value?.values[0]).toBe(0.2)
  })

  it('that cannot be had is told, until something else is asked for', async () => {
    const { shell, term, map, trouble, rest } = mapping()
    shell.answer({
      getHeatMap: () => {
        throw refusal('No model.')
      },
    })
    term.value = 'class:1'
    await rest()
    expect([map.value, trouble.value?.message]).toEqual([null, 'No model.'])
    term.value = 'class:2'
    await settled()
    expect(trouble.value).toBeNull()
  })
})

describe('a value that settles', () => {
  it('follows the hand at once, and is handed on when it has stood still', async () => {
    const handed: number[] = []
    const kept = ref(10)
    const { value: shown } = inComponent(() =>
      useSettledValue(
        () => kept.value,
        (chosen) => handed.push(chosen),
        100,
      ),
    )
    for (const step of [11, 12, 13]) {
      shown.value = step
      expect(shown.value).toBe(step)
      await vi.advanceTimersByTimeAsync(50)
    }
    expect(handed).toEqual([])
    await vi.advanceTimersByTimeAsync(100)
    expect(handed).toEqual([13])
  })

  it('is what holds elsewhere when that changes', async () => {
    const kept = ref(10)
    const { value: shown } = inComponent(() =>
      useSettledValue(
        () => kept.value,
        () => {},
        100,
      ),
    )
    kept.value = 20
    await settled()
    expect(shown.value).toBe(20)
  })
})

it('what settles after its question is over is dropped', async () => {
  const handed: number[] = []
  const question = ref(0)
  const { value: shown } = inComponent(() =>
    useSettledValue(
      () => 0,
      (chosen) => handed.push(chosen),
      100,
      () => question.value,
    ),
  )
  shown.value = 5
  question.value = 1
  await vi.advanceTimersByTimeAsync(150)
  expect([handed, shown.value]).toEqual([[], 0])
})

function previewing() {
  const text = ref('')
  const waiting: { readonly text: string; readonly answer: () => void }[] = []
  const { value: preview, leave } = inComponent(() =>
    usePreview(
      () => text.value,
      (asked) =>
        new Promise<string>((resolve) => waiting.push({ text: asked, answer: () => resolve(`${asked}!`) })),
    ),
  )
  const asked = () => waiting.map(({ text }) => text)
  const answerAll = async () => {
    for (const { answer } of waiting) answer()
    await settled()
  }
  return { text, preview, leave, asked, answerAll }
}

describe('what a change would do', () => {
  it('is waited for by whoever cannot wait, who asks for it at once and only once', async () => {
    const { text, preview, asked, answerAll } = previewing()
    text.value = '1965'
    const [first, second] = [preview.now(), preview.now()]
    await settled()
    expect(asked()).toEqual(['', '1965'])
    await answerAll()
    expect(await Promise.all([first, second])).toEqual(['1965!', '1965!'])
    await rest()
    expect(asked()).toEqual(['', '1965'])
    expect([preview.asking.value, await preview.now()]).toEqual([false, '1965!'])
  })

  it('is none when something else is entered meanwhile, or the dialog is left', async () => {
    const { text, preview, leave, answerAll } = previewing()
    text.value = '1965'
    const before = preview.now()
    await settled()
    text.value = '1966'
    await settled()
    await answerAll()
    expect(await before).toBeNull()
    const late = preview.now()
    await settled()
    leave()
    await answerAll()
    expect(await late).toBeNull()
  })
})

it('an act that is asked for twice is done once, and can be done again afterwards', async () => {
  let done = 0
  const ends: (() => void)[] = []
  const act = oneAtATime(async () => {
    await new Promise<void>((end) => ends.push(end))
    done += 1
  })
  const both = [act(), act()]
  ends[0]?.()
  await Promise.all(both)
  expect([ends.length, done]).toEqual([1, 1])
  void act()
  expect(ends).toHaveLength(2)
})

const label = (name: string, at: number): OwnLabel => ({ term: `own:${at}`, name, count: 0 })

describe('the words of one’s own', () => {
  it('are known by name and follow decisions and the library', async () => {
    let names = ['Zoe', 'arthur']
    openWindow({ getOwnLabels: () => names.map(label) })
    const { value: labels } = inComponent(useOwnLabels)
    expect(labels.value).toBeNull()
    await settled()
    expect(labels.value?.map(({ name }) => name)).toEqual(['arthur', 'Zoe'])
    names = ['Zoe']
    useDecisions().made++
    await settled()
    expect(labels.value?.map(({ name }) => name)).toEqual(['Zoe'])
    names = ['Яна', 'Ёжик']
    speak('ru')
    useRefresh().all()
    await settled()
    expect(labels.value?.map(({ name }) => name)).toEqual(['Ёжик', 'Яна'])
  })

  it('stay known while they cannot be asked for', async () => {
    const shell = openWindow({ getOwnLabels: () => [label('Rex', 1)] })
    const { value: labels } = inComponent(useOwnLabels)
    await settled()
    shell.answer({
      getOwnLabels: () => {
        throw refusal()
      },
    })
    useRefresh().all()
    await settled()
    expect(labels.value?.map(({ name }) => name)).toEqual(['Rex'])
  })
})

/** A finger that goes down and up again; what came of it. */
function drawn(
  by: { readonly x: number; readonly y?: number; readonly in?: number },
  how: {
    readonly type?: string
    readonly primary?: boolean
    readonly other?: boolean
    readonly may?: boolean
  } = {},
): string | null {
  let to: string | null = null
  const swipe = useSwipe(
    () => how.may ?? true,
    (direction) => {
      to = direction
    },
  )
  const at = (x: number, y: number, time: number, id = 1) => {
    const event = new PointerEvent('pointermove', {
      pointerId: id,
      pointerType: how.type ?? 'touch',
      isPrimary: how.primary ?? true,
      clientX: x,
      clientY: y,
    })
    Object.defineProperty(event, 'timeStamp', { value: time })
    return event
  }
  swipe.down(at(200, 200, 1000))
  swipe.up(at(200 + by.x, 200 + (by.y ?? 0), 1000 + (by.in ?? 200), how.other === true ? 2 : 1))
  return to
}

describe('one finger drawn across', () => {
  it('goes where it is drawn to', () => {
    expect([drawn({ x: -48 }), drawn({ x: 48 })]).toEqual(['left', 'right'])
  })

  it.each([
    ['too short', drawn({ x: 47 })],
    ['too steep', drawn({ x: 100, y: 60 })],
    ['too slow', drawn({ x: 100, in: 701 })],
    ['of a mouse', drawn({ x: 100 }, { type: 'mouse' })],
    ['of a second finger', drawn({ x: 100 }, { primary: false })],
    ['by another finger', drawn({ x: 100 }, { other: true })],
    ['on a zoomed picture', drawn({ x: 100 }, { may: false })],
  ])('is none when it is %s', (_, to) => {
    expect(to).toBeNull()
  })

  it('is none when it is called off', () => {
    const swiped = vi.fn<() => void>()
    const swipe = useSwipe(() => true, swiped)
    swipe.down(new PointerEvent('pointerdown', { pointerId: 1, pointerType: 'touch', isPrimary: true }))
    swipe.cancel()
    swipe.up(new PointerEvent('pointerup', { pointerId: 1, pointerType: 'touch', clientX: 300 }))
    expect(swiped).not.toHaveBeenCalled()
  })
})
