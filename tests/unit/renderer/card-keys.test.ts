import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cardKeys, nextCard, type CardPlace } from '../../../renderer/src/things/card-keys.ts'

/** Two sections: three cards and one, then two that are wider. */
const places: readonly CardPlace[] = [
  { left: 0, top: 0, width: 100 },
  { left: 110, top: 0, width: 100 },
  { left: 220, top: 0, width: 100 },
  { left: 0, top: 120, width: 100 },
  { left: 0, top: 300, width: 155 },
  { left: 165, top: 300, width: 155 },
]

describe('keys among cards', () => {
  it.each([
    [0, 'ArrowRight', 1],
    [2, 'ArrowRight', 3],
    [5, 'ArrowRight', 5],
    [3, 'ArrowLeft', 2],
    [0, 'ArrowLeft', 0],
    [4, 'Home', 0],
    [1, 'End', 5],
    [0, 'ArrowDown', 3],
    [2, 'ArrowDown', 3],
    [3, 'ArrowDown', 4],
    [4, 'ArrowDown', 4],
    [5, 'ArrowUp', 3],
    [3, 'ArrowUp', 0],
    [1, 'ArrowUp', 1],
  ] as const)('from %i %s goes to %i', (from, key, to) => {
    expect(nextCard(places, from, key)).toBe(to)
  })

  it('never leave the cards, wherever these lie', () => {
    const place = fc.record({ left: fc.integer(), top: fc.integer(), width: fc.nat(500) })
    fc.assert(
      fc.property(
        fc.array(place, { minLength: 1, maxLength: 30 }),
        fc.nat(),
        fc.constantFrom(...cardKeys),
        (all, at, key) => {
          const next = nextCard(all, at % all.length, key)
          expect(next).toBeGreaterThanOrEqual(0)
          expect(next).toBeLessThan(all.length)
        },
      ),
    )
  })
})
