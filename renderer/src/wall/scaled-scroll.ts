/**
 * Scrolling through content taller than a browser lets an element be (Chromium stops at 33.5 million pixels,
 * Firefox at 17.9). The scrolled element is at most `tallest` high; near both ends one scrolled pixel is one
 * pixel of content, between them the scroll position is stretched.
 */
export interface ScrollScale {
  /** Height of the element that is scrolled. */
  readonly spacer: number
  readonly maxScroll: number
  readonly maxContent: number
  readonly toContent: (scroll: number) => number
  readonly toScroll: (content: number) => number
}

export const tallest = 6_000_000
/** How far from both ends the scale stays 1:1, so that a fling never runs into an end too early. */
const plainEdge = 60_000

const clamp = (value: number, max: number) => Math.min(max, Math.max(0, value))

/** All lengths in pixels: `content` is what there is to see, `viewport` what is seen of it, `limit` the tallest element. */
export function scrollScale(content: number, viewport: number, limit: number = tallest): ScrollScale {
  const maxContent = Math.max(0, content - viewport)
  const spacer = Math.min(content, limit)
  const maxScroll = Math.max(0, spacer - viewport)
  if (maxScroll === maxContent) {
    return {
      spacer,
      maxScroll,
      maxContent,
      toContent: (scroll) => clamp(scroll, maxContent),
      toScroll: (at) => clamp(at, maxScroll),
    }
  }
  const edge = Math.min(plainEdge, maxScroll / 4)
  const stretch = (maxContent - 2 * edge) / (maxScroll - 2 * edge)
  return {
    spacer,
    maxScroll,
    maxContent,
    toContent: (scroll) => {
      const at = clamp(scroll, maxScroll)
      if (at <= edge) return at
      if (at >= maxScroll - edge) return maxContent - (maxScroll - at)
      return edge + (at - edge) * stretch
    },
    toScroll: (position) => {
      const at = clamp(position, maxContent)
      if (at <= edge) return at
      if (at >= maxContent - edge) return maxScroll - (maxContent - at)
      return edge + (at - edge) / stretch
    },
  }
}

/**
 * Where the content is after the element was scrolled: short ways are followed pixel by pixel, long ones (the
 * scrollbar was dragged, a key jumped) are read off the scale.
 */
export function contentAfterScroll(
  scale: ScrollScale,
  before: { readonly scroll: number; readonly content: number },
  scroll: number,
  viewport: number,
): number {
  const moved = scroll - before.scroll
  if (Math.abs(moved) > 2 * viewport || scroll <= 0 || scroll >= scale.maxScroll)
    return scale.toContent(scroll)
  return Math.min(scale.maxContent, Math.max(0, before.content + moved))
}

/**
 * Where the wall is to be scrolled to so that something can be seen, no further than needed. Where it has not enough
 * room, its head is seen.
 * @param top where the wall is now
 * @param free the part of the window over which nothing lies, from its head
 */
export function placeToReveal(
  top: number,
  { y, height }: { readonly y: number; readonly height: number },
  free: { readonly from: number; readonly to: number },
): number {
  const lowest = y - free.from
  const highest = Math.min(lowest, y + height - free.to)
  return Math.min(lowest, Math.max(highest, top))
}
