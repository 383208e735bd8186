import { beforeAll, describe, expect, it } from 'vitest'
import { hasDjpeg, isPlain, judgeDamage, wholePhotos, wronglyMarked } from './damage.ts'
import type { DamagedVariant } from './damage.ts'

describe.skipIf(!hasDjpeg)(
  '72 damaged JPEGs, judged by djpeg (left out where libjpeg-turbo-progs is missing)',
  () => {
    let plain: DamagedVariant[]

    beforeAll(async () => {
      plain = (await judgeDamage(wholePhotos(8), 1)).filter(isPlain)
    })

    it('are nearly all marked where djpeg complains and a twentieth of the picture is spoilt', () => {
      const untold = plain.filter(({ told }) => told === null)
      expect(plain.length).toBeGreaterThan(50)
      // One in fifty may escape; more are named.
      expect(untold.slice(Math.floor(plain.length / 50))).toEqual([])
    })

    it('are marked with what costs pixels, never with what does not', () => {
      const trifles = plain.filter(({ told }) =>
        /before marker 0x(?:e|d[b-f]|c0)|Adobe|SOS|JFIF/.test(told ?? ''),
      )
      expect(trifles).toEqual([])
    })
  },
)

describe('500 undamaged photos of all sets', () => {
  it('are not marked', async () => {
    expect(await wronglyMarked(wholePhotos(500))).toEqual([])
  })
})
