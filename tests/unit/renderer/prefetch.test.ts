import { afterEach, describe, expect, it, vi } from 'vitest'
import { createPrefetch } from '../../../renderer/src/viewer/prefetch.ts'
import { eventually } from '../../fixtures/eventually.ts'

/** Pictures that come when a test says so. */
function scriptedImages() {
  const images: FakeImage[] = []
  class FakeImage extends EventTarget {
    src = ''
    constructor() {
      super()
      images.push(this)
    }
  }
  vi.stubGlobal('Image', FakeImage)
  return {
    asked: () => images.map(({ src }) => src),
    settle: async (source: string, how: 'load' | 'error' = 'load') => {
      images.find(({ src }) => src === source)?.dispatchEvent(new Event(how))
      await Promise.resolve()
    },
  }
}

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('pictures that are fetched ahead', () => {
  it('are asked for one at a time, also when one cannot be had', async () => {
    const images = scriptedImages()
    createPrefetch().begin(['a', 'b', 'c'])
    expect(images.asked()).toEqual(['a'])
    await images.settle('a')
    await eventually(() => expect(images.asked()).toEqual(['a', 'b']))
    await images.settle('b', 'error')
    await eventually(() => expect(images.asked()).toEqual(['a', 'b', 'c']))
  })

  it('are no longer asked for when others are wanted, and not again when they are there', async () => {
    const images = scriptedImages()
    const ahead = createPrefetch()
    ahead.begin(['a', 'b', 'c'])
    await images.settle('a')
    await eventually(() => expect(images.asked()).toEqual(['a', 'b']))
    ahead.begin(['b', 'd'])
    expect(images.asked()).toEqual(['a', 'b'])
    await images.settle('b')
    await eventually(() => expect(images.asked()).toEqual(['a', 'b', 'd']))
  })

  it('are given up at the end', async () => {
    const images = scriptedImages()
    const ahead = createPrefetch()
    ahead.begin(['a', 'b'])
    ahead.end()
    await images.settle('')
    await Promise.resolve()
    expect(images.asked()).toEqual([''])
  })
})
