import { describe, expect, it } from 'vitest'
import { computed, ref } from 'vue'
import type { DayTitle } from '../../../electron/core/contract/days.ts'
import { pageOf, wallPhoto } from '../../fixtures/contract-values.ts'
import { scriptedList } from '../../fixtures/scripted-list.ts'
import { inComponent, openWindow, settled } from '../../fixtures/scripted-shell.ts'
import { usePhotoList } from '../../../renderer/src/photos/photo-list.ts'
import { useSearch } from '../../../renderer/src/search/search.ts'
import { useSelection } from '../../../renderer/src/selection/selection.ts'
import { layoutSquares } from '../../../renderer/src/wall/square-rows.ts'
import { useDayHeadings } from '../../../renderer/src/wall/use-day-headings.ts'

/** Days since 1970-01-01 of 1, 2 and 3 May 2026, newest first, and how many photos they have. */
const days = [20_576, 3, 20_575, 300, 20_574, 2]
const total = 305
const ids = Array.from({ length: total }, (_, at) => 101 + at)

/** A wall of three days; what is told of the days begins with the version. */
async function wallOfDays(answerTitles = true) {
  let version = 1
  const shell = openWindow({
    ...scriptedList(ids).answers,
    search: ({ limit }) => pageOf(total, { days, photos: ids.slice(0, limit).map(wallPhoto) }),
    getDayTitles: ({ spans }): DayTitle[] =>
      answerTitles ? spans.map(({ first }) => ({ event: `v${version} at ${first}`, place: 'Moscow' })) : [],
  })
  const search = useSearch()
  await search.load()
  const layout = computed(() =>
    layoutSquares(search.summary?.sections ?? [], {
      columns: 10,
      cell: 100,
      gap: 0,
      heading: 40,
      leastWidth: 0,
    }),
  )
  const calm = ref(true)
  const { value } = inComponent(() =>
    useDayHeadings({ layout, calm, top: ref(0), viewport: ref(3000), width: ref(1000) }),
  )
  await settled()
  return {
    shell,
    search,
    calm,
    told: () => value.headings.value.map(({ told }) => told),
    ticks: () => value.headings.value.map(({ tick }) => tick),
    toggle: async (at: number) => {
      const heading = value.headings.value[at]
      if (heading !== undefined) await value.toggle(heading.block)
      await settled()
    },
    anew: async () => {
      version += 1
      await search.load()
      await settled()
    },
  }
}

describe('headings of days', () => {
  it('tell the event and the place of what is near the screen, and again when the list has changed', async () => {
    const wall = await wallOfDays()
    expect(wall.told()).toEqual(['v1 at 0 · Moscow', 'v1 at 3 · Moscow', 'v1 at 303 · Moscow'])
    expect(wall.shell.asked('getDayTitles')).toHaveLength(1)
    await wall.anew()
    expect(wall.told()[0]).toBe('v2 at 0 · Moscow')
  })

  it('stand without where nothing is told', async () => {
    const wall = await wallOfDays(false)
    expect(wall.told()).toEqual(['', '', ''])
  })

  it('are ticked when all photos of their day are selected, also those that were never on the screen', async () => {
    const wall = await wallOfDays()
    const selection = useSelection()
    expect(wall.ticks()).toEqual(['none', 'none', 'none'])
    await wall.toggle(1)
    expect([wall.ticks(), selection.size]).toEqual([['none', 'all', 'none'], 300])
    await selection.pick(5, 'toggle')
    expect(wall.ticks()).toEqual(['none', 'some', 'none'])
    await wall.toggle(1)
    expect([wall.ticks(), selection.size]).toEqual([['none', 'all', 'none'], 300])
    await wall.toggle(1)
    expect([wall.ticks(), selection.size]).toEqual([['none', 'none', 'none'], 0])
  })

  it('are ticked by selecting photo by photo, and all of them with everything', async () => {
    const wall = await wallOfDays()
    const selection = useSelection()
    usePhotoList().want(0, 10)
    for (const at of [0, 1, 2]) await selection.pick(at, 'toggle')
    expect(wall.ticks()).toEqual(['all', 'none', 'none'])
    await selection.addBetween(0, total)
    expect(wall.ticks()).toEqual(['all', 'all', 'all'])
  })
})
