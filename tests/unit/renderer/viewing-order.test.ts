import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wallPhoto } from '../../fixtures/contract-values.ts'
import { scriptedList, type ScriptedList } from '../../fixtures/scripted-list.ts'
import { inComponent, openWindow, settled } from '../../fixtures/scripted-shell.ts'
import { useSearch } from '../../../renderer/src/search/search.ts'
import { useViewingOrder, type ViewingOrder } from '../../../renderer/src/viewer/viewing-order.ts'

/** Photo numbers that tell no place by themselves. */
const numbered = (count: number) =>
  Array.from({ length: count }, (_, at) => (at * 7919) % 1_000_003 || 1_000_003)

/** The order around a photo of the list, as it is when the viewer is opened there. */
async function openedAt(list: ScriptedList, index: number): Promise<ViewingOrder> {
  openWindow(list.answers)
  await useSearch().load()
  const { value: order } = inComponent(useViewingOrder)
  await order.take(index)
  return order
}

async function shownAt(order: ViewingOrder, index: number): Promise<number | 'gone' | null> {
  order.want(index, index + 1)
  await settled()
  const photo = order.at(index)
  return photo === null || photo === 'gone' ? photo : photo.id
}

describe('the order of the viewer', () => {
  it('is that of the list, wherever in it the viewer is opened', async () => {
    expect.hasAssertions()
    await fc.assert(
      fc.asyncProperty(
        fc
          .integer({ min: 1, max: 9000 })
          .chain((total) =>
            fc.tuple(fc.constant(total), fc.nat(total - 1), fc.integer({ min: -1999, max: 1999 })),
          ),
        async ([total, opened, by]) => {
          const list = scriptedList(numbered(total))
          const order = await openedAt(list, opened)
          const near = Math.min(total - 1, Math.max(0, opened + by))
          expect(order.total).toBe(total)
          expect(order.idAt(opened)).toBe(list.ids[opened])
          expect(order.idAt(near)).toBe(list.ids[near])
          expect(await shownAt(order, opened)).toBe(list.ids[opened])
          expect(await shownAt(order, near)).toBe(list.ids[near])
        },
      ),
      { numRuns: 60 },
    )
  })

  it('stays as it was whatever leaves the list or moves in it', async () => {
    const before = numbered(5000)
    const list = scriptedList(before)
    const order = await openedAt(list, 3000)
    list.ids = before.filter((_, at) => at % 3 !== 0).toReversed()
    await useSearch().load()
    await settled()
    for (const at of [2999, 3000, 3001, 4999]) expect(await shownAt(order, at)).toBe(before[at])
    expect(order.total).toBe(5000)
  })

  it('has a gap where a photo is no longer in the library', async () => {
    const list = scriptedList(numbered(10))
    const lost = list.ids[4]
    openWindow({
      ...list.answers,
      getPhotos: ({ photoIds }) => photoIds.filter((id) => id !== lost).map(wallPhoto),
    })
    await useSearch().load()
    const { value: order } = inComponent(useViewingOrder)
    await order.take(3)
    expect(await shownAt(order, 4)).toBe('gone')
    expect(await shownAt(order, 5)).toBe(list.ids[5])
  })

  it('is taken anew as the list is then, around another place', async () => {
    const list = scriptedList(numbered(9000))
    const order = await openedAt(list, 0)
    expect(order.idAt(8000)).toBeNull()
    await order.take(8000)
    expect(order.idAt(0)).toBeNull()
    expect(await shownAt(order, 8000)).toBe(list.ids[8000])
    expect(await shownAt(order, 8999)).toBe(list.ids[8999])
  })

  it('is that around the place asked for last, whichever answer comes first', async () => {
    const list = scriptedList(numbered(9000))
    const waiting: (() => void)[] = []
    openWindow({
      ...list.answers,
      getIds: ({ offset, limit }) =>
        new Promise((resolve) => waiting.push(() => resolve(list.ids.slice(offset, offset + limit)))),
    })
    await useSearch().load()
    const { value: order } = inComponent(useViewingOrder)
    const taken = Promise.all([order.take(8000), order.take(0)])
    await settled()
    for (const answer of waiting.toReversed()) answer()
    await taken
    expect(order.idAt(0)).toBe(list.ids[0])
  })
})
