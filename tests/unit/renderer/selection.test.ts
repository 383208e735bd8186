import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scriptedList, type ScriptedList } from '../../fixtures/scripted-list.ts'
import { openWindow, settled } from '../../fixtures/scripted-shell.ts'
import { usePhotoList } from '../../../renderer/src/photos/photo-list.ts'
import { useSearch } from '../../../renderer/src/search/search.ts'
import { useSelection } from '../../../renderer/src/selection/selection.ts'

const numbered = (count: number, from = 1) => Array.from({ length: count }, (_, at) => from + at)

/** A wall on which the photos `first … end-1` are painted. */
async function wallOf(list: ScriptedList, first = 0, end = list.ids.length) {
  const shell = openWindow(list.answers)
  const search = useSearch()
  const photos = usePhotoList()
  const selection = useSelection()
  await search.load()
  photos.want(first, end)
  await settled()
  const selected = async () => [...(await selection.ids())].sort((a, b) => a - b)
  return { shell, search, photos, selection, selected }
}

describe('the selected photos', () => {
  it('are forgotten with the question they were found by', async () => {
    const { search, selection } = await wallOf(scriptedList(numbered(10)))
    await selection.pick(1, 'only')
    search.ask('dog')
    await settled()
    expect([selection.size, selection.anchor()]).toEqual([0, null])
  })

  it('are never any that the list does not show, also when asked for at once', async () => {
    const list = scriptedList(numbered(10))
    const { search, selection, selected } = await wallOf(list)
    await selection.addBetween(0, 10)
    list.ids = numbered(10).filter((id) => id % 2 === 0)
    await search.load()
    expect(await selected()).toEqual([2, 4, 6, 8, 10])
    expect(selection.size).toBe(5)
  })

  it.each([0, 1500])('are picked at once or as soon as they have come: %i', async (index) => {
    const { photos, selection, selected } = await wallOf(scriptedList(numbered(2000)), 0, 100)
    const isHere = photos.at(index) !== null
    const picked = selection.pick(index, 'toggle')
    expect(selection.size).toBe(isHere ? 1 : 0)
    await picked
    expect(await selected()).toEqual([index + 1])
    await selection.pick(index, 'toggle')
    expect(await selected()).toEqual([])
  })

  it.each([3, 1500])(
    'are all meant by a key pressed right after the one that selects them: to %i',
    async (to) => {
      const { selection, selected } = await wallOf(scriptedList(numbered(2000)), 0, 100)
      await selection.pick(0, 'only')
      void selection.extendTo(to)
      expect(await selected()).toEqual(numbered(to + 1))
      void selection.pick(to, 'toggle')
      void selection.addBetween(1990, 2000)
      expect(await selected()).toEqual([...numbered(to), ...numbered(10, 1991)])
    },
  )

  it('tell that they have changed, for what shows them', async () => {
    const { selection } = await wallOf(scriptedList(numbered(10)))
    const acts = [
      () => selection.pick(1, 'only'),
      () => selection.pick(2, 'toggle'),
      () => selection.forget([3]),
      () => selection.extendTo(4),
      () => selection.addBetween(5, 7),
      () => selection.clear(),
    ]
    for (const act of acts) {
      const { changes } = selection
      await act()
      expect(selection.changes).toBeGreaterThan(changes)
    }
  })
})

/** One whose photos beyond the first hundred come when the test lets them. */
async function slowWall() {
  const list = scriptedList(numbered(2000))
  const wall = await wallOf(list, 0, 100)
  const waiting: (() => void)[] = []
  wall.shell.answer({
    getIds: ({ offset, limit }) =>
      new Promise((resolve) => waiting.push(() => resolve(list.ids.slice(offset, offset + limit)))),
  })
  const answer = async () => {
    await settled()
    for (const send of waiting.splice(0)) send()
    await settled()
  }
  return { ...wall, answer }
}

describe('photos that are still on their way when', () => {
  /** Acts of which the photos come when a test lets them. */
  const acts: readonly (readonly [
    string,
    (selection: ReturnType<typeof useSelection>) => Promise<unknown>,
  ])[] = [
    ['all are selected', (selection) => selection.addBetween(0, 2000)],
    ['a day is selected', (selection) => selection.toggleBetween(1000, 1500)],
    ['a range is selected', (selection) => selection.extendTo(1500)],
    ['one far away is selected', (selection) => selection.pick(1500, 'toggle')],
    [
      'a box was drawn',
      (selection) => {
        selection.beginRuns()
        const drawn = selection.takeRuns([{ first: 1000, end: 1500 }], 'replace')
        selection.endRuns()
        return drawn
      },
    ],
  ]
  const ends: readonly (readonly [
    string,
    (wall: Awaited<ReturnType<typeof wallOf>>) => void,
    readonly number[],
  ])[] = [
    ['Escape takes it back', ({ selection }) => selection.clear(), []],
    ['another question is asked', ({ search }) => search.ask('dog'), []],
    [
      'undo brings another selection back',
      ({ selection }) => selection.restore({ question: '', ids: [7], anchor: null }),
      [7],
    ],
  ]

  it.each(acts.flatMap(([act, begin]) => ends.map(([end, take, left]) => ({ act, end, begin, take, left }))))(
    '$act do not come back after $end',
    async ({ begin, take, left }) => {
      const wall = await slowWall()
      const { selection, selected, answer } = wall
      await selection.pick(2, 'only')
      const begun = begin(selection)
      await settled()
      expect(selection.isSettling()).toBe(true)
      take(wall)
      await answer()
      await answer()
      await begun
      expect(await selected()).toEqual(left)
      expect([selection.isSettling(), selection.size]).toEqual([false, left.length])
    },
  )

  it('a box was drawn are selected before what is clicked after it', async () => {
    const { selection, selected, answer } = await slowWall()
    selection.beginRuns()
    void selection.takeRuns([{ first: 1000, end: 1002 }], 'replace')
    selection.endRuns()
    void selection.pick(2, 'toggle')
    await answer()
    expect(await selected()).toEqual([3, 1001, 1002])
  })

  it('a day is ticked twice are as they were', async () => {
    const { selection, selected, answer } = await slowWall()
    void selection.toggleBetween(1000, 1500)
    void selection.toggleBetween(1000, 1500)
    await answer()
    await answer()
    expect(await selected()).toEqual([])
  })
})

describe('Shift', () => {
  const places = fc
    .integer({ min: 1, max: 2500 })
    .chain((total) => fc.tuple(fc.constant(total), fc.nat(total - 1), fc.nat(total - 1)))

  it.each([
    ['the wall shows it so', true],
    ['nobody has told the wall yet', false],
  ])(
    'takes all from the photo that was chosen to this one, seen or not, although others came before: %s',
    async (_, isKnown) => {
      expect.hasAssertions()
      await fc.assert(
        fc.asyncProperty(places, fc.nat(150), async ([total, anchor, index], come) => {
          const list = scriptedList(numbered(total))
          const { search, photos, selection, selected } = await wallOf(list, anchor, anchor + 1)
          photos.want(index, index + 1)
          await settled()
          await selection.pick(anchor, 'only')
          list.ids = [...numbered(come, 10_000), ...list.ids]
          const at = isKnown ? index + come : index
          if (isKnown) {
            await search.load()
            photos.want(at, at + 1)
            await settled()
          }
          await selection.extendTo(at)
          const [from, to] = [Math.min(anchor, index), Math.max(anchor, index)]
          expect(await selected()).toEqual(numbered(to - from + 1, from + 1))
        }),
        { numRuns: 40 },
      )
    },
  )

  it('reaches photos that have not come yet', async () => {
    const { selection, selected } = await wallOf(scriptedList(numbered(2000)), 0, 100)
    await selection.pick(0, 'only')
    await selection.extendTo(1999)
    expect(await selected()).toEqual(numbered(2000))
  })

  it('comes before what was clicked after it, however long its photos take', async () => {
    const { selection, selected } = await wallOf(scriptedList(numbered(2000)), 0, 100)
    void selection.pick(0, 'only')
    void selection.extendTo(1500)
    void selection.pick(2, 'toggle')
    expect(await selected()).toEqual([1, 2, ...numbered(1498, 4)])
  })

  it('takes the photo itself when none was chosen before', async () => {
    const { selection, selected } = await wallOf(scriptedList(numbered(10)))
    await selection.extendTo(4)
    expect(await selected()).toEqual([5])
  })

  it('takes the photo alone when the chosen one has left the list', async () => {
    const list = scriptedList(numbered(10))
    const { search, selection, selected } = await wallOf(list)
    await selection.pick(1, 'only')
    list.ids = list.ids.filter((id) => id !== 2)
    await search.load()
    await settled()
    await selection.extendTo(5)
    expect(await selected()).toEqual([7])
  })
})

describe('a box drawn over the wall', () => {
  const runs = [
    { first: 2, end: 4 },
    { first: 7, end: 9 },
  ]

  it.each([
    ['replace', [3, 4, 8, 9]],
    ['add', [1, 3, 4, 8, 9]],
    ['toggle', [1, 4, 8, 9]],
  ] as const)('takes the photos under it and no others: %s', async (how, taken) => {
    const { selection, selected } = await wallOf(scriptedList(numbered(20)))
    await selection.pick(0, 'toggle')
    await selection.pick(2, 'toggle')
    selection.beginRuns()
    await selection.takeRuns([{ first: 0, end: 10 }], how)
    await selection.takeRuns(runs, how)
    expect(await selected()).toEqual(taken)
    selection.endRuns()
  })

  it('leaves what was selected before when it is taken back, or is empty', async () => {
    const { selection, selected } = await wallOf(scriptedList(numbered(20)))
    await selection.pick(0, 'only')
    selection.beginRuns()
    await selection.takeRuns(runs, 'add')
    await selection.takeRuns([], 'add')
    expect(await selected()).toEqual([1])
    const late = selection.takeRuns(runs, 'add')
    selection.takeBackRuns()
    await late
    expect(await selected()).toEqual([1])
  })

  it('is the one drawn last, whichever answer comes first', async () => {
    const list = scriptedList(numbered(2000))
    const { shell, selection, selected } = await wallOf(list, 0, 10)
    const waiting: (() => void)[] = []
    shell.answer({
      getIds: ({ offset, limit }) =>
        new Promise((resolve) => waiting.push(() => resolve(list.ids.slice(offset, offset + limit)))),
    })
    selection.beginRuns()
    const drawn = [
      selection.takeRuns([{ first: 1000, end: 1500 }], 'replace'),
      selection.takeRuns([{ first: 1000, end: 1002 }], 'replace'),
    ]
    await settled()
    for (const answer of waiting.toReversed()) answer()
    await Promise.all(drawn)
    expect(await selected()).toEqual([1001, 1002])
  })

  it('takes no photo that has left the list while it was drawn', async () => {
    const list = scriptedList(numbered(20))
    const { search, selection, selected } = await wallOf(list)
    await selection.addBetween(0, 5)
    selection.beginRuns()
    list.ids = list.ids.filter((id) => id > 2)
    await search.load()
    await settled()
    await selection.takeRuns([{ first: 10, end: 11 }], 'add')
    expect(await selected()).toEqual([3, 4, 5, 13])
  })
})
