import { describe, expect, test } from 'vitest'
import { heatMap } from '../../../electron/core/classify/heat-map.ts'

describe('where a class was seen', () => {
  const channels = 1024
  const at = (row: number, column: number, channel: number) => (row * 7 + column) * channels + channel

  test('is the evidence of each place, the strongest being 1', () => {
    const block = new Float32Array(49 * channels)
    block[at(2, 5, 10)] = 4
    block[at(6, 0, 10)] = 1
    const weights = new Float32Array(channels)
    weights[10] = 0.5
    const map = heatMap(block, weights)
    expect(map[2 * 7 + 5]).toBe(1)
    expect(map[6 * 7 + 0]).toBe(0.25)
    expect(map.filter((value) => value > 0)).toHaveLength(2)
  })

  test('leaves out what speaks against the class', () => {
    const block = new Float32Array(49 * channels).fill(1)
    block[at(3, 3, 1)] = 100
    const weights = new Float32Array(channels)
    weights[0] = 1
    weights[1] = -1
    const map = heatMap(block, weights)
    expect(map[3 * 7 + 3]).toBe(0)
    expect(Math.min(...map)).toBe(0)
  })

  test('is 0 everywhere when nothing speaks for the class', () => {
    const map = heatMap(new Float32Array(49 * channels).fill(1), new Float32Array(channels).fill(-1))
    expect([...map]).toEqual(Array.from({ length: 49 }, () => 0))
  })

  test('needs a block and weights that fit', () => {
    expect(() => heatMap(new Float32Array(49), new Float32Array(channels))).toThrow(RangeError)
  })
})
