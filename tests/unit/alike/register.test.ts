import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomSource } from '../../../electron/bench/synthetic-tags.ts'
import {
  isRegistered,
  register,
  type Affine,
  type Registration,
} from '../../../electron/core/alike/register.ts'
import { mirroredGrey, sketchOf, sketchSide, type Sketch } from '../../../electron/core/alike/sketch.ts'

type Scene = (x: number, y: number) => number

/** Waves, long ones strong and short ones weak, as in photos. */
function sceneOf(seed: number): Scene {
  const random = randomSource(seed)
  const waves = Array.from({ length: 24 }, (_, at) => {
    const length = 2 + at
    const angle = random() * 2 * Math.PI
    return {
      x: Math.cos(angle) * length,
      y: Math.sin(angle) * length,
      phase: random() * 6,
      size: 60 / (2 + at / 3),
    }
  })
  return (x, y) =>
    waves.reduce((sum, wave) => sum + wave.size * Math.sin(wave.x * x + wave.y * y + wave.phase), 128)
}

const place = (pixel: number): number => ((pixel + 0.5) / sketchSide) * 2 - 1

/** What is seen of a scene: a place of the picture, -1 … 1, shows that which `where` says. */
function greyOf(scene: Scene, where: (x: number, y: number) => readonly [number, number]): Uint8Array {
  return Uint8Array.from({ length: sketchSide ** 2 }, (_, at) => {
    const [x, y] = where(place(at % sketchSide), place(Math.floor(at / sketchSide)))
    return Math.max(0, Math.min(255, Math.round(scene(x, y))))
  })
}

const whole = (scene: Scene): Sketch => sketchOf(greyOf(scene, (x, y) => [x, y]))

/** The scene where `affine` puts it. */
function moved(scene: Scene, [a, b, c, d, e, f]: Affine): Sketch {
  const size = a * e - b * d
  return sketchOf(
    greyOf(scene, (x, y) => [(e * (x - c) - b * (y - f)) / size, (a * (y - f) - d * (x - c)) / size]),
  )
}

function found(registration: Registration | null): Registration {
  if (registration === null) throw new Error('Not found')
  return registration
}

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true })

const isFound = (one: Sketch, other: Sketch): boolean => {
  const registration = register(one, other)
  return registration !== null && isRegistered(registration)
}

/** Light above, dark below, with clouds of its own. */
const horizon = (seed: number): Sketch => {
  const clouds = sceneOf(seed)
  return whole((x, y) => (y < 0.1 ? 220 : 60) + (clouds(x * 2, y * 2) - 128) / 6)
}

const scene = sceneOf(4)

describe('a picture that lies in another', () => {
  it.each<[string, Affine, number]>([
    ['the same', [1, 0, 0, 0, 1, 0], 1],
    // Sixteen of 64 pixels are half a unit: three quarters of the picture are still there.
    ['eight pixels to the right and four up', [1, 0, 0.25, 0, 1, -0.125], (56 / 64) * (60 / 64)],
    ['a tenth larger', [1.1, 0, 0, 0, 1.1, 0], 1 / 1.21],
    ['as large as the inner 80 %', [0.8, 0, 0, 0, 0.8, 0], 0.64],
    ['turned by 3°', [0.9986, -0.0523, 0, 0.0523, 0.9986, 0], 0.95],
  ])('is found: %s', (_, affine, overlap) => {
    const registration = found(register(whole(scene), moved(scene, affine)))
    for (const [at, value] of affine.entries())
      expect(registration.affine[at], `number ${at}`).toBeCloseTo(value, 1.5)
    expect(registration.overlap).toBeGreaterThan(overlap - 0.08)
    expect(registration.overlap).toBeLessThanOrEqual(overlap + 0.02)
    expect(registration.likeness).toBeGreaterThan(0.98)
    expect(isRegistered(registration)).toBe(true)
  })

  it('is found wherever it was moved to, however large it is there and however light', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.record({
          scale: between(0.82, 1.22),
          degrees: between(-3, 3),
          across: between(-0.18, 0.18),
          down: between(-0.18, 0.18),
          gain: between(0.6, 1),
          light: between(0, 30),
        }),
        (seed, { scale, degrees, across, down, gain, light }) => {
          const turn = (degrees * Math.PI) / 180
          const [along, aside] = [Math.cos(turn) * scale, Math.sin(turn) * scale]
          const affine: Affine = [along, -aside, across, aside, along, down]
          const made = sceneOf(seed)
          const other: Scene = (x, y) => made(x, y) * gain + light
          const registration = found(register(whole(made), moved(other, affine)))
          expect(isRegistered(registration)).toBe(true)
          for (const [at, value] of affine.entries())
            expect(Math.abs((registration.affine[at] ?? 0) - value)).toBeLessThan(0.02)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('is not found in another picture, in the mirror, or in a plain surface', () => {
    const plain = sketchOf(new Uint8Array(sketchSide ** 2).fill(90))
    const grey = greyOf(scene, (x, y) => [x, y])
    expect(isFound(whole(scene), whole(sceneOf(5)))).toBe(false)
    expect(isFound(whole(scene), sketchOf(mirroredGrey(grey)))).toBe(false)
    expect(isFound(whole(scene), sketchOf(mirroredGrey(mirroredGrey(grey))))).toBe(true)
    expect(isFound(whole(scene), plain)).toBe(false)
    expect(isFound(plain, plain)).toBe(false)
  })

  it('is not one where only the large parts agree, as of two horizons', () => {
    const registration = register(horizon(1), horizon(2))
    expect(registration === null || !isRegistered(registration)).toBe(true)
  })
})

describe('whether a registration is one picture in two photos', () => {
  const good: Registration = { affine: [1, 0, 0, 0, 1, 0], likeness: 0.9, detail: 0.8, overlap: 0.5 }
  it.each<[Partial<Registration>, boolean]>([
    [{}, true],
    [{ likeness: 0.89 }, false],
    [{ detail: 0.79 }, false],
    [{ overlap: 0.49 }, false],
    [{ affine: [1, 0.16, 0, 0, 1, 0] }, false],
    [{ affine: [1, 0, 0, -0.16, 1, 0] }, false],
    [{ affine: [1.5, 0, 0, 0, 1, 0] }, true],
    [{ affine: [1, 0, 0, 0, 1.51, 0] }, false],
    [{ affine: [0.66, 0, 0, 0, 1, 0] }, false],
  ])('with %j: %s', (changes, same) => {
    expect(isRegistered({ ...good, ...changes })).toBe(same)
  })
})
