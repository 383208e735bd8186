import { describe, expect, test } from 'vitest'
import { bestRange, count, histogram } from '../../../../native-models/quantize/choose-range.ts'
import {
  formatRanges,
  rangeOwner,
  rangedTensors,
  readScales,
} from '../../../../native-models/quantize/scales.ts'

describe('ranges of activations', () => {
  test('are kept for every tensor that is rounded to bytes', () => {
    const scales = readScales()
    expect([...scales.keys()]).toEqual(rangedTensors())
    expect(scales.get('conv1/7x7_s2')).toHaveLength(64)
    expect(scales.get('inception_5b/output')).toHaveLength(1)
  })

  test('are read as they were written', () => {
    const ranges = new Map(
      rangedTensors().map((name, index) => {
        const many = name === 'conv1/7x7_s2' ? 64 : 1
        return [name, Array.from({ length: many }, () => 255 * (index + 1))]
      }),
    )
    const scales = readScales(formatRanges(ranges))
    expect(rangedTensors().map((name) => scales.get(name)?.[0])).toEqual(
      rangedTensors().map((_, index) => index + 1),
    )
  })

  test.each(['', 'conv1/7x7_s2\t12', 'conv1/7x7_s2\tmany'])(
    'are refused when they are not whole: %j',
    (line) => {
      expect(() => readScales(`heading\n${line}\n`)).toThrow(/64 positive ranges for conv1/)
    },
  )

  test('are shared by what is put together, and by nothing else', () => {
    expect(rangeOwner('inception_4b/5x5')).toBe('inception_4b/output')
    expect(rangeOwner('inception_4b/pool_proj')).toBe('inception_4b/output')
    expect(rangeOwner('inception_4b/5x5_reduce')).toBe('inception_4b/5x5_reduce')
    expect(rangeOwner('conv2/3x3')).toBe('conv2/3x3')
  })

  test('reach the largest value when values are spread evenly', () => {
    const seen = histogram(100)
    count(
      seen,
      Float32Array.from({ length: 10_000 }, (_, index) => index / 100),
    )
    expect(bestRange(seen)).toBe(100)
  })

  test('cut off a single value that would make all others coarse', () => {
    const seen = histogram(300)
    const usual = Float32Array.from({ length: 200_000 }, (_, index) => (index % 1000) / 20)
    for (let photo = 0; photo < 10; photo++) count(seen, usual)
    count(seen, Float32Array.of(300))
    expect(bestRange(seen)).toBeLessThan(150)
  })
})
