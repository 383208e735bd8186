import { describe, expect, it } from 'vitest'
import { nextTick, ref } from 'vue'
import { useStripPicks } from '../../../../renderer/src/map/use-strip-picks.ts'

describe('photos of the row below the map', () => {
  it('are picked one by one, all at once, or none', () => {
    const picks = useStripPicks(ref([7, 8, 9]), [])
    picks.toggle(2)
    picks.toggle(0)
    expect([...picks.picked.value]).toEqual([9, 7])
    picks.toggle(2)
    expect([...picks.picked.value]).toEqual([7])
    picks.pickAll()
    expect([picks.picked.value.size, picks.isAll.value]).toEqual([3, true])
    picks.clear()
    expect([picks.picked.value.size, picks.isAll.value]).toEqual([0, false])
  })

  it('are gone through by keys, to either end and no further', () => {
    const picks = useStripPicks(ref([7, 8, 9]), [])
    picks.go(-1)
    expect(picks.at.value).toBe(0)
    picks.go(1)
    picks.go(Infinity)
    expect(picks.at.value).toBe(2)
  })

  it('are no longer picked once they have a place', async () => {
    const ids = ref([7, 8, 9])
    const picks = useStripPicks(ids, [7, 9])
    picks.go(Infinity)
    ids.value = [8, 9]
    await nextTick()
    expect([[...picks.picked.value], picks.at.value]).toEqual([[9], 1])
  })
})
