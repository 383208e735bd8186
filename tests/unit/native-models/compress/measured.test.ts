import { describe, expect, test } from 'vitest'
import {
  formatStatistics,
  layerInputs,
  offsets,
  readStatistics,
} from '../../../../native-models/compress/input-statistics.ts'
import { formatSensitivities, readSensitivities } from '../../../../native-models/compress/sensitivities.ts'

describe('what was measured for compressing', () => {
  test('is there for every layer', () => {
    const statistics = readStatistics()
    const sensitivities = readSensitivities()
    const missing = layerInputs().filter(
      ({ layer, tensor }) => !statistics.has(tensor) || !sensitivities.has(layer),
    )
    expect(missing).toEqual([])
    expect(sensitivities.size).toBe(58)
  })

  test('is read as it was written', () => {
    expect(readStatistics(formatStatistics(readStatistics()))).toEqual(readStatistics())
    expect(readSensitivities(formatSensitivities(readSensitivities()))).toEqual(readSensitivities())
  })

  test('names the tensor of which too little was measured', () => {
    const statistics = new Map(readStatistics())
    statistics.set('pool1/norm1', { means: [1, 2], deviations: [1, 2], correlations: [] })
    expect(() => readStatistics(formatStatistics(statistics))).toThrow(
      'should have 64 means and deviations and 0 correlations for pool1/norm1',
    )
  })

  test('names the layer without a sensitivity', () => {
    const sensitivities = new Map(readSensitivities())
    sensitivities.delete('conv2/3x3')
    expect(() => readSensitivities(formatSensitivities(sensitivities))).toThrow(
      'a positive number for conv2/3x3',
    )
  })

  test('has one distance for each two that are alike by symmetry', () => {
    expect(offsets(1)).toEqual([])
    expect(offsets(2)).toEqual([
      [0, 1],
      [1, -1],
      [1, 0],
      [1, 1],
    ])
    expect(offsets(3)).toHaveLength(12)
  })
})
