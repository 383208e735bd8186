import { describe, expect, it } from 'vitest'
import { createPhotoWindows } from '../../../renderer/src/photos/photo-windows.ts'

/** A list of numbers that answers only when told to. */
function slowList(total = 1_000_000) {
  const asked: { offset: number; answer: () => void }[] = []
  let prefix = 'first'
  const fetch = (offset: number, limit: number) =>
    new Promise<string[] | null>((resolve) => {
      const named = prefix
      asked.push({
        offset,
        answer: () =>
          resolve(
            Array.from({ length: Math.min(limit, total - offset) }, (_, at) => `${named} ${offset + at}`),
          ),
      })
    })
  const settle = async () => {
    for (const { answer } of asked) answer()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { asked, fetch, settle, rename: (name: string) => (prefix = name) }
}

function windowsOn(list: ReturnType<typeof slowList>, more: { capacity?: number } = {}) {
  let arrivals = 0
  const windows = createPhotoWindows<string>({
    fetch: list.fetch,
    onArrival: () => arrivals++,
    pageSize: 100,
    capacity: more.capacity ?? 5,
    parallel: 2,
  })
  return { windows, arrivals: () => arrivals }
}

describe('the window on the photo list', () => {
  it('asks for what is on the screen, the middle first, and tells when it has come', async () => {
    const list = slowList()
    const { windows, arrivals } = windowsOn(list)
    windows.want(1000, 1300)
    expect(list.asked.map(({ offset }) => offset)).toEqual([1100, 1000])
    expect(windows.at(1150)).toBeNull()
    await list.settle()
    await list.settle()
    expect(windows.at(1150)).toBe('first 1150')
    expect(windows.at(1299)).toBe('first 1299')
    expect(arrivals()).toBe(3)
  })

  it('tells what it holds from before the list changed: shown meanwhile, but not counted on', async () => {
    const list = slowList()
    const { windows } = windowsOn(list)
    windows.want(0, 100)
    expect(windows.isFresh(5)).toBe(false)
    await list.settle()
    expect(windows.isFresh(5)).toBe(true)
    list.rename('second')
    windows.refresh()
    expect([windows.at(5), windows.isFresh(5)]).toEqual(['first 5', false])
    await list.settle()
    expect([windows.at(5), windows.isFresh(5)]).toEqual(['second 5', true])
  })

  it('asks once for what is on its way', () => {
    const list = slowList()
    const { windows } = windowsOn(list)
    windows.want(0, 100)
    windows.want(0, 100)
    expect(list.asked).toHaveLength(1)
  })

  it('never asks for pages the screen flew past while others were on their way', async () => {
    const list = slowList()
    const { windows } = windowsOn(list)
    windows.want(0, 200)
    for (let first = 1000; first <= 900_000; first += 1000) windows.want(first, first + 200)
    await list.settle()
    await list.settle()
    expect(list.asked.map(({ offset }) => offset)).toEqual([0, 100, 900_000, 900_100])
  })

  it('holds no more pages than it may, and drops the ones looked at longest ago', async () => {
    const list = slowList()
    const { windows } = windowsOn(list, { capacity: 5 })
    for (let page = 0; page < 40; page++) {
      windows.want(page * 100, page * 100 + 100)
      await list.settle()
    }
    expect(windows.pagesHeld()).toBe(5)
    expect(windows.at(3950)).toBe('first 3950')
    expect(windows.at(0)).toBeNull()
  })

  it('shows what it knew until the new page has come, when the list has changed', async () => {
    const list = slowList()
    const { windows } = windowsOn(list)
    windows.want(0, 100)
    await list.settle()
    list.rename('second')
    windows.refresh()
    expect(windows.at(7)).toBe('first 7')
    await list.settle()
    expect(windows.at(7)).toBe('second 7')
  })

  it('takes no late answer for another list', async () => {
    const list = slowList()
    const { windows, arrivals } = windowsOn(list)
    windows.want(0, 100)
    windows.clear()
    await list.settle()
    expect(windows.at(0)).toBeNull()
    expect(arrivals()).toBe(0)
  })
})
