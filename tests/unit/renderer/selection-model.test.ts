import { describe, expect, it } from 'vitest'
import { createSelection } from '../../../renderer/src/selection/selection-model.ts'

const ids = (first: number, end: number) => Array.from({ length: end - first }, (_, at) => first + at + 100)
const shown = (selection: ReturnType<typeof createSelection>) => [...selection.ids].sort((a, b) => a - b)

describe('the selection', () => {
  it('is one photo after a plain click, whatever it was before', () => {
    const selection = createSelection()
    selection.add(ids(0, 50))
    selection.only(3, 103)
    expect(shown(selection)).toEqual([103])
  })

  it('takes photos in and out one by one with Ctrl', () => {
    const selection = createSelection()
    selection.toggle(1, 101)
    selection.toggle(5, 105)
    selection.toggle(1, 101)
    expect(shown(selection)).toEqual([105])
  })

  it('lets a second Shift click replace the first one, and keeps what was selected apart from it', () => {
    const selection = createSelection()
    selection.toggle(50, 150)
    selection.toggle(10, 110)
    selection.extend(ids(10, 20))
    selection.extend(ids(5, 11))
    expect(shown(selection)).toEqual([...ids(5, 11), 150])
  })

  it('takes what a box on the wall covers now, whatever it covered before', () => {
    const before = new Set([101, 102])
    const selection = createSelection()
    selection.take(before, [102, 103, 104], 'replace')
    selection.take(before, [102, 103], 'replace')
    expect(shown(selection)).toEqual([102, 103])
    selection.take(before, [102, 103], 'add')
    expect(shown(selection)).toEqual([101, 102, 103])
    selection.take(before, [102, 103], 'toggle')
    expect(shown(selection)).toEqual([101, 103])
    selection.take(before, [], 'toggle')
    expect(shown(selection)).toEqual([101, 102])
  })

  it('reaches from its photo, not from a place: it knows which photo that was, and forgets it when it is gone', () => {
    const selection = createSelection()
    selection.only(3, 103)
    expect(selection.anchor).toEqual({ index: 3, id: 103 })
    selection.forget([101])
    expect(selection.anchor?.id).toBe(103)
    selection.forget([103])
    expect(selection.anchor).toBeNull()
  })

  it('forgets photos that are gone', () => {
    const selection = createSelection()
    selection.add(ids(0, 3))
    selection.forget([101])
    expect(shown(selection)).toEqual([100, 102])
  })
})
