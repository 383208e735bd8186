import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scriptedList, type ScriptedList } from '../../fixtures/scripted-list.ts'
import { openWindow, refusal, settled } from '../../fixtures/scripted-shell.ts'
import { usePhotoList } from '../../../renderer/src/photos/photo-list.ts'
import { firstPage, useSearch } from '../../../renderer/src/search/search.ts'

const numbered = (count: number, from = 1) => Array.from({ length: count }, (_, at) => from + at)

async function listOn(list: ScriptedList) {
  const shell = openWindow(list.answers)
  await useSearch().load()
  return { shell, photos: usePhotoList(), search: useSearch() }
}

/** A list, the part of it that was on the screen, and two places in it. */
const scene = fc
  .integer({ min: 2, max: 3000 })
  .chain((total) => fc.tuple(fc.constant(total), ...[1, 2, 3, 4].map(() => fc.nat(total))))
  .map(([total = 2, ...places]) => {
    const [seen = 0, seenEnd = 0] = places.slice(0, 2).sort((a, b) => a - b)
    const [first = 0, end = 0] = places.slice(2).sort((a, b) => a - b)
    return { total, seen, seenEnd, first, end }
  })

describe('the photos between two places', () => {
  it('are those of the list at one moment, whatever of it is in memory', async () => {
    expect.hasAssertions()
    await fc.assert(
      fc.asyncProperty(scene, fc.integer({ min: -5, max: 5 }), async (places, shift) => {
        const { total, seen, seenEnd, first, end } = places
        const before = numbered(total)
        const list = scriptedList(before)
        const { photos } = await listOn(list)
        if (seenEnd > seen) photos.want(seen, seenEnd)
        await settled()
        // Nobody has told the window yet.
        list.ids = shift > 0 ? [...numbered(shift, 10_000), ...before] : before.slice(-shift)
        const ids = (await photos.idsBetween(first, end)) ?? []
        expect([before.slice(first, end), list.ids.slice(first, end)]).toContainEqual([...ids])
      }),
      { numRuns: 60 },
    )
  })

  it('are asked for in parts that one answer may have', async () => {
    const list = scriptedList(numbered(200_001))
    const { shell, photos } = await listOn(list)
    expect(await photos.idsBetween(0, 200_001)).toEqual(list.ids)
    expect(shell.asked('getIds').map(({ offset, limit }) => [offset, limit])).toEqual([
      [0, 200_000],
      [200_000, 1],
    ])
  })

  it('are not known rather than some of them, when one part cannot be had', async () => {
    const list = scriptedList(numbered(200_001))
    const { shell, photos } = await listOn(list)
    shell.answer({
      getIds: ({ offset, limit }) => {
        if (offset > 0) throw refusal()
        return list.ids.slice(0, limit)
      },
    })
    expect(await photos.idsBetween(0, 200_001)).toBeNull()
  })
})

describe('the place of a photo', () => {
  it('is where it stands after the list has moved by up to a page; none when it left', async () => {
    expect.hasAssertions()
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 1500 }).chain((total) => fc.tuple(fc.constant(total), fc.nat(total - 1))),
        fc.integer({ min: -199, max: 199 }),
        async ([total, index], shift) => {
          const before = numbered(total)
          const list = scriptedList(before)
          const { photos, search } = await listOn(list)
          photos.want(index, index + 1)
          await settled()
          const id = photos.at(index)?.id ?? 0
          expect(id).toBe(before[index])
          list.ids = shift > 0 ? [...numbered(shift, 10_000), ...before] : before.slice(-shift)
          await search.load()
          const place = list.ids.indexOf(id)
          expect(await photos.indexOf(id, index)).toBe(place === -1 ? null : place)
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('the list in memory', () => {
  it('has the first page as soon as the question is answered, without asking for it', async () => {
    const list = scriptedList(numbered(firstPage + 10))
    const { shell, photos } = await listOn(list)
    expect([photos.at(0)?.id, photos.at(firstPage - 1)?.id, photos.at(firstPage)]).toEqual([
      1,
      firstPage,
      null,
    ])
    photos.want(0, firstPage)
    await settled()
    expect(shell.asked('getWindow')).toEqual([])
  })

  it('shows what it knew of the rest until that has come anew, for which it asks once', async () => {
    const list = scriptedList(numbered(firstPage + 10))
    const { shell, photos, search } = await listOn(list)
    photos.want(firstPage, firstPage + 10)
    await settled()
    expect(shell.asked('getWindow')).toHaveLength(1)
    list.ids = numbered(firstPage + 10, 1001)
    await search.load()
    expect([photos.at(0)?.id, photos.at(firstPage)?.id]).toEqual([1001, firstPage + 1])
    await settled()
    expect(photos.at(firstPage)?.id).toBe(1001 + firstPage)
    expect(shell.asked('getWindow')).toHaveLength(2)
  })

  it('shows nothing of another question', async () => {
    const list = scriptedList(numbered(firstPage + 10))
    const { photos, search } = await listOn(list)
    photos.want(firstPage, firstPage + 10)
    await settled()
    list.ids = numbered(firstPage + 10, 1001)
    search.ask('zebra')
    await settled()
    expect([photos.at(0)?.id, photos.at(firstPage)]).toEqual([1001, null])
    photos.want(firstPage, firstPage + 10)
    await settled()
    expect(photos.at(firstPage)?.id).toBe(1001 + firstPage)
  })

  it('tells that photos have come', async () => {
    const { photos } = await listOn(scriptedList(numbered(firstPage + 10)))
    const before = photos.arrivals
    photos.want(firstPage, firstPage + 10)
    await settled()
    expect(photos.arrivals).toBeGreaterThan(before)
    expect(photos.total).toBe(firstPage + 10)
  })
})
