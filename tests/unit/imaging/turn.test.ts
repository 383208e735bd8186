import { describe, expect, it } from 'vitest'
import sharp from 'sharp'
import { shownOrientation, shownSize, turnedInput, type Turn } from '../../../electron/core/imaging/turn.ts'
import { turnedJpeg } from '../../../electron/core/imaging/turned-jpeg.ts'

const turns: readonly Turn[] = [0, 90, 180, 270]

/** A square of one colour with a corner of another. */
function cornered(side: number): Uint8Array {
  const pixels = new Uint8Array(side * side * 3).fill(200)
  for (let y = 0; y < side / 4; y += 1)
    for (let x = 0; x < side / 4; x += 1) pixels.fill(20, (y * side + x) * 3, (y * side + x) * 3 + 3)
  return pixels
}

const cornerIn = (pixels: Uint8Array, side: number, channels = 3): string => {
  const at = (x: number, y: number): number => pixels[(y * side + x) * channels] ?? 0
  const [near, far] = [side >> 4, side - 1 - (side >> 4)]
  const dark = [
    ['top left', at(near, near)],
    ['top right', at(far, near)],
    ['bottom right', at(far, far)],
    ['bottom left', at(near, far)],
  ] as const
  return dark
    .filter(([, value]) => value < 100)
    .map(([name]) => name)
    .join()
}

const corners = ['top left', 'top right', 'bottom right', 'bottom left']

describe('a turn by the person', () => {
  it('comes after that of the file', () => {
    expect(turns.map((turn) => shownOrientation(1, turn))).toEqual([1, 6, 3, 8])
    expect(turns.map((turn) => shownOrientation(6, turn))).toEqual([6, 3, 8, 1])
    expect(turns.map((turn) => shownOrientation(null, turn))).toEqual([1, 6, 3, 8])
    // A mirrored photo, turned right: mirrored across its other diagonal.
    expect(shownOrientation(2, 90)).toBe(5 + 2)
  })

  it('by a quarter swaps the sides', () => {
    expect(turns.map((turn) => shownSize({ width: 4, height: 3 }, turn).width)).toEqual([4, 3, 4, 3])
  })

  it('turns what the network looks at clockwise', () => {
    expect(turns.map((turn) => cornerIn(turnedInput(cornered(224), turn), 224))).toEqual(corners)
  })

  it('turns the thumbnail clockwise', async () => {
    const raw = { width: 64, height: 64, channels: 3 } as const
    const jpeg = await sharp(cornered(64), { raw }).jpeg().toBuffer()
    const shown = await Promise.all(
      turns.map(async (turn) =>
        cornerIn(
          await sharp(await turnedJpeg(jpeg, turn))
            .raw()
            .toBuffer(),
          64,
        ),
      ),
    )
    expect(shown).toEqual(corners)
  })
})
