import { describe, expect, test } from 'vitest'
import { input } from '../../../../native-models/googlenet/architecture.ts'
import {
  edgeByte,
  pixelsTogether,
  widenFirstLayer,
  wideWindow,
} from '../../../../native-models/quantize/first-layer.ts'
import type { QuantizedKernels } from '../../../../native-models/quantize/kernels.ts'

describe('the widened first layer', () => {
  const size = { height: 12, width: 16 }
  const layer: QuantizedKernels = {
    values: Int8Array.from({ length: 2 * 3 * 7 * 7 }, (_, index) => ((index * 37) % 255) - 127),
    shape: [2, 3, 7, 7],
    scales: Float32Array.of(1, 1),
    bias: Int32Array.of(5, -9),
  }
  const pixels = Uint8Array.from({ length: size.height * size.width * 3 }, (_, index) => (index * 101) % 256)
  const wide = widenFirstLayer(layer)

  /** Sums of a layer at an output place, on channel-last pixels with `edge` beyond the picture. */
  function sumAt(
    kernels: QuantizedKernels,
    [groupWidth, channels]: readonly [number, number],
    [row, column]: readonly [number, number],
    output: number,
    edge: (channel: number) => number,
    valueOf: (byte: number, channel: number) => number,
  ): number {
    const [, , height = 0, width = 0] = kernels.shape
    let sum = kernels.bias[output] ?? 0
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        for (let channel = 0; channel < channels; channel++) {
          const inside = row + y >= 0 && row + y < size.height && column + x >= 0 && column + x < groupWidth
          const at = ((row + y) * groupWidth + column + x) * channels + channel
          const value = inside ? valueOf(pixels[at] ?? 0, channel) : edge(channel)
          const weight = kernels.values[((output * channels + channel) * height + y) * width + x] ?? 0
          sum += weight * value
        }
      }
    }
    return sum
  }

  /** As ONNX Runtime does it: bytes less the edge byte, nothing beyond the edges. */
  function widened(row: number, column: number, output: number): number {
    const groups = size.width / pixelsTogether
    const group = Math.floor(column / 2)
    const wideOutput = (column % 2) * 2 + output
    const [top, left] = wideWindow.pads
    const at = [row * wideWindow.strides[0] - top, group * wideWindow.strides[1] - left] as const
    return sumAt(
      wide,
      [groups, pixelsTogether * 3],
      at,
      wideOutput,
      () => 0,
      (byte) => byte - edgeByte,
    )
  }

  /** As the network defines it: stride 2, mean subtracted. */
  function plain(row: number, column: number, output: number, edge: (channel: number) => number): number {
    const mean = input.meanBgr.toReversed()
    const at = [row * 2 - 3, column * 2 - 3] as const
    return sumAt(layer, [size.width, 3], at, output, edge, (byte, channel) => byte - (mean[channel] ?? 0))
  }

  test('gives what the 7×7 layer gives, with the edge byte beyond the edges', () => {
    const mean = input.meanBgr.toReversed()
    for (let row = 0; row < size.height / 2; row++) {
      for (let column = 0; column < size.width / 2; column++) {
        for (const output of [0, 1]) {
          const expected = plain(row, column, output, (channel) => edgeByte - (mean[channel] ?? 0))
          expect(widened(row, column, output)).toBe(expected)
        }
      }
    }
  })

  test('gives exactly what the network wants where nothing lies beyond the edges', () => {
    expect(widened(2, 3, 0)).toBe(plain(2, 3, 0, () => Number.NaN))
  })
})
