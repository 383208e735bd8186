import { describe, expect, test } from 'vitest'
import { input } from '../../../../native-models/googlenet/architecture.ts'
import {
  edgeByte,
  evenColumns,
  groupFirstLayer,
  oddColumns,
  oddShift,
  pixelsTogether,
} from '../../../../native-models/quantize/first-layer.ts'
import type { QuantizedKernels } from '../../../../native-models/quantize/kernels.ts'

/** Channel-last bytes. */
interface Picture {
  readonly bytes: Uint8Array
  readonly height: number
  readonly width: number
  readonly channels: number
}

const layer: QuantizedKernels = {
  values: Int8Array.from({ length: 2 * 3 * 7 * 7 }, (_, index) => ((index * 37) % 255) - 127),
  shape: [2, 3, 7, 7],
  scales: Float32Array.of(1, 1),
  bias: Int32Array.of(5, -9),
}
const grouped = groupFirstLayer(layer)
const meanRgb = input.meanBgr.toReversed()

const [height, width, channels] = [12, 16, 3]
const bytes = Uint8Array.from({ length: height * width * channels }, (_, index) => (index * 101) % 256)
const picture: Picture = { bytes, height, width, channels }

describe('the first layer on groups of four pixels', () => {
  test('gives what the 7×7 layer gives, with the edge byte beyond the edges', () => {
    for (let row = 0; row < height / 2; row++) {
      for (let column = 0; column < width / 2; column++) {
        for (const output of [0, 1]) {
          expect(onGroups(row, column, output)).toBe(
            plain(row, column, output, (channel) => edgeByte - (meanRgb[channel] ?? 0)),
          )
        }
      }
    }
  })

  test('gives exactly what the network wants where nothing lies beyond the edges', () => {
    expect(onGroups(2, 3, 0)).toBe(plain(2, 3, 0, () => Number.NaN))
  })
})

/** As ONNX Runtime does it: bytes less the edge byte, nothing beyond the edges. */
function onGroups(row: number, column: number, output: number): number {
  const odd = column % 2 === 1
  const { strides, pads } = odd ? oddColumns : evenColumns
  const at = [row * strides[0] - pads[0], Math.floor(column / 2) * strides[1] - pads[1]] as const
  const pixels = odd ? moved() : picture
  const groups = {
    ...pixels,
    width: pixels.width / pixelsTogether,
    channels: pixelsTogether * channels,
  }
  return sumAt(
    grouped,
    groups,
    at,
    output,
    () => 0,
    (byte) => byte - edgeByte,
  )
}

/** As the network defines it: stride 2, mean subtracted. */
function plain(row: number, column: number, output: number, edge: (channel: number) => number): number {
  const at = [row * 2 - 3, column * 2 - 3] as const
  return sumAt(layer, picture, at, output, edge, (byte, channel) => byte - (meanRgb[channel] ?? 0))
}

function moved(): Picture {
  const wider = width + 2 * oddShift
  const shifted = new Uint8Array(height * wider * channels).fill(edgeByte)
  for (let row = 0; row < height; row++) {
    const line = bytes.subarray(row * width * channels, (row + 1) * width * channels)
    shifted.set(line, (row * wider + oddShift) * channels)
  }
  return { bytes: shifted, height, width: wider, channels }
}

/** The sum of a layer whose window has its corner at a place, which may lie beyond the picture's edges. */
function sumAt(
  kernels: QuantizedKernels,
  pixels: Picture,
  [top, left]: readonly [number, number],
  output: number,
  edge: (channel: number) => number,
  valueOf: (byte: number, channel: number) => number,
): number {
  const [, , kernelHeight = 0, kernelWidth = 0] = kernels.shape
  let sum = kernels.bias[output] ?? 0
  for (let y = 0; y < kernelHeight; y++) {
    for (let x = 0; x < kernelWidth; x++) {
      const [row, column] = [top + y, left + x]
      const inside = row >= 0 && row < pixels.height && column >= 0 && column < pixels.width
      for (let channel = 0; channel < pixels.channels; channel++) {
        const byte = pixels.bytes[(row * pixels.width + column) * pixels.channels + channel] ?? 0
        const weight =
          kernels.values[((output * pixels.channels + channel) * kernelHeight + y) * kernelWidth + x] ?? 0
        sum += weight * (inside ? valueOf(byte, channel) : edge(channel))
      }
    }
  }
  return sum
}
