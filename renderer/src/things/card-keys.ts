/** Where a card lies on the page, in pixels. */
export interface CardPlace {
  readonly left: number
  readonly top: number
  readonly width: number
}

/** Keys that go from card to card. */
export const cardKeys = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'] as const
export type CardKey = (typeof cardKeys)[number]

/**
 * The card that a key goes to: left and right by one, up and down to the nearest card of the next row, whatever section
 * that is in. Rows of several sections are no grid whose columns could be counted.
 * @returns `from` where there is none
 */
export function nextCard(places: readonly CardPlace[], from: number, key: CardKey): number {
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, from - 1)
    case 'ArrowRight':
      return Math.min(places.length - 1, from + 1)
    case 'Home':
      return 0
    case 'End':
      return places.length - 1
    case 'ArrowUp':
      return inNextRow(places, from, (top, here) => top < here)
    case 'ArrowDown':
      return inNextRow(places, from, (top, here) => top > here)
  }
}

function inNextRow(
  places: readonly CardPlace[],
  from: number,
  isBeyond: (top: number, here: number) => boolean,
): number {
  const here = places[from]
  if (here === undefined) return from
  const middle = here.left + here.width / 2
  let best = from
  let [nearestRow, nearest] = [Infinity, Infinity]
  for (const [at, { left, top, width }] of places.entries()) {
    if (!isBeyond(top, here.top)) continue
    const row = Math.abs(top - here.top)
    const aside = Math.abs(left + width / 2 - middle)
    if (row < nearestRow || (row === nearestRow && aside < nearest))
      [best, nearestRow, nearest] = [at, row, aside]
  }
  return best
}
