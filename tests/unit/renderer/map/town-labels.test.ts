import { array, assert, integer, property, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nearestTown, placedLabels } from '../../../../renderer/src/map/town-labels.ts'
import { xOf, yOf } from '../../../../renderer/src/map/view.ts'

const town = (name: string, latitude = 0, longitude = 0) => ({ name, latitude, longitude })
const widthOf = (name: string) => name.length * 7
const seen = record({ x: integer({ min: 0, max: 400 }), y: integer({ min: 0, max: 300 }) }).map((at) => ({
  ...at,
  town: town(`Town ${at.x}`),
}))

describe('names of towns', () => {
  it('never lie on one another, nor on a marker', () => {
    assert(
      property(array(seen, { maxLength: 30 }), (towns) => {
        const marker = { left: 100, top: 100, right: 160, bottom: 160 }
        const labels = placedLabels(towns, [marker], widthOf)
        const rooms = labels.map(({ name, textX, textY }) => ({
          left: textX - widthOf(name) / 2,
          right: textX + widthOf(name) / 2,
          top: textY - 8,
          bottom: textY + 8,
        }))
        for (const [at, one] of [marker, ...rooms].entries())
          for (const other of rooms.slice(at))
            expect(
              one === other ||
                one.left >= other.right ||
                other.left >= one.right ||
                one.top >= other.bottom ||
                other.top >= one.bottom,
            ).toBe(true)
      }),
    )
  })

  it('are written below the town, where there is room, the larger towns first', () => {
    const berlin = { town: town('Berlin'), x: 100, y: 100 }
    const [label] = placedLabels([berlin], [], widthOf)
    expect(label).toMatchObject({ name: 'Berlin', textX: 100, textY: 112 })
    const crowd = Array.from({ length: 20 }, (_, at) => ({ ...berlin, town: town(`Suburb ${at}`) }))
    expect(placedLabels([berlin, ...crowd], [], widthOf)[0]?.name).toBe('Berlin')
    expect(placedLabels([berlin, ...crowd], [], widthOf).length).toBeLessThan(8)
  })

  it('stand beside the marker that lies on their town', () => {
    const marker = { left: 74, top: 64, right: 136, bottom: 126 }
    const [label] = placedLabels([{ town: town('Rome'), x: 100, y: 100 }], [marker], widthOf)
    expect(label).toMatchObject({ textX: 100, textY: 140 })
  })
})

describe('the town beside a marker', () => {
  const towns = [town('Suva', -18.1, 178.4), town('Berlin', 52.5, 13.4), town('Potsdam', 52.4, 13.06)]
  it('is the nearest, also across the date line', () => {
    expect(nearestTown(towns, { x: xOf(13.3), y: yOf(52.5) }, 0.01)?.name).toBe('Berlin')
    expect(nearestTown(towns, { x: xOf(-179.9), y: yOf(-18) }, 0.01)?.name).toBe('Suva')
  })

  it('is none that is too far away', () => {
    expect(nearestTown(towns, { x: xOf(40), y: yOf(52.5) }, 0.01)).toBeNull()
  })
})
