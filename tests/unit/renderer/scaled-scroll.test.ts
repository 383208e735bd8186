import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  contentAfterScroll,
  placeToReveal,
  scrollScale,
  tallest,
} from '../../../renderer/src/wall/scaled-scroll.ts'

const contents = fc.integer({ min: 0, max: 400_000_000 })
const viewports = fc.integer({ min: 200, max: 4000 })
const shares = fc.double({ min: 0, max: 1, noNaN: true })

describe('scaled scrolling', () => {
  it('never makes an element taller than browsers let one be', () => {
    fc.assert(
      fc.property(contents, viewports, (content, viewport) => {
        expect(scrollScale(content, viewport).spacer).toBeLessThanOrEqual(tallest)
      }),
    )
  })

  it('reaches both ends of the wall, and every place between them, in order', () => {
    fc.assert(
      fc.property(contents, viewports, shares, shares, (content, viewport, one, other) => {
        const scale = scrollScale(content, viewport)
        expect(scale.toContent(0)).toBe(0)
        expect(scale.toContent(scale.maxScroll)).toBeCloseTo(scale.maxContent, 3)
        const [low, high] = [Math.min(one, other), Math.max(one, other)]
        expect(scale.toContent(low * scale.maxScroll)).toBeLessThanOrEqual(
          scale.toContent(high * scale.maxScroll),
        )
      }),
    )
  })

  it('comes back to the same place from content to scroll and back', () => {
    fc.assert(
      fc.property(contents, viewports, shares, (content, viewport, share) => {
        const scale = scrollScale(content, viewport)
        const place = share * scale.maxContent
        expect(Math.abs(scale.toContent(scale.toScroll(place)) - place)).toBeLessThan(0.01)
      }),
    )
  })

  it('follows the wheel pixel by pixel wherever it is', () => {
    const scale = scrollScale(25_000_000, 900)
    const content = 12_000_000
    const scroll = scale.toScroll(content)
    expect(contentAfterScroll(scale, { scroll, content }, scroll + 120, 900)).toBe(content + 120)
  })

  it('reads long ways off the scale, as when the scrollbar is dragged', () => {
    const scale = scrollScale(25_000_000, 900)
    const before = { scroll: 0, content: 0 }
    const half = scale.maxScroll / 2
    expect(contentAfterScroll(scale, before, half, 900)).toBeCloseTo(scale.maxContent / 2, 0)
  })

  it('never stops short of an end', () => {
    const scale = scrollScale(25_000_000, 900)
    expect(contentAfterScroll(scale, { scroll: 50, content: 300 }, 0, 900)).toBe(0)
    const end = scale.maxScroll
    expect(contentAfterScroll(scale, { scroll: end - 50, content: scale.maxContent - 300 }, end, 900)).toBe(
      scale.maxContent,
    )
  })
})

describe('scrolling to something', () => {
  const free = { from: 44, to: 304 }

  it('goes no further than needed to show all of it where nothing lies over it', () => {
    expect(placeToReveal(0, { y: 500, height: 100 }, free)).toBe(296)
    expect(placeToReveal(1000, { y: 500, height: 100 }, free)).toBe(456)
    expect(placeToReveal(400, { y: 500, height: 100 }, free)).toBe(400)
  })

  it('shows the head of what has not enough room', () => {
    for (const top of [0, 456, 1000]) expect(placeToReveal(top, { y: 500, height: 300 }, free)).toBe(456)
  })
})
