import type { Weights } from '../onnx/read-weights.ts'
import { compress, type CompressedLayer } from './compress.ts'
import { writeCompressed } from './file.ts'
import { readStatistics } from './input-statistics.ts'
import { readSensitivities } from './sensitivities.ts'

/**
 * How coarsely weights are rounded. `small`: a tenth of the published file, the five best classes as often right.
 * `faithful`: as close to the exact network's answers as int8 is. As measured, see README.md.
 */
export const settings = { small: 2.2e-4, faithful: 6.5e-5 } as const
export type Setting = keyof typeof settings

export interface CompressedNetwork {
  readonly bytes: Uint8Array
  /** For people: what became of each layer. */
  readonly table: string
}

export function compressNetwork(weights: Weights, setting: Setting): CompressedNetwork {
  const layers = compress({
    weights,
    statistics: readStatistics(),
    sensitivities: readSensitivities(),
    coarseness: settings[setting],
  })
  const { bytes, layerBytes } = writeCompressed(layers)
  const rows = layers.map((layer) => rowOf(layer, layerBytes.get(layer.name) ?? 0))
  const whole = rows.reduce((sum, row) => ({
    name: 'all',
    parameters: sum.parameters + row.parameters,
    weights: sum.weights + row.weights,
    kept: sum.kept + row.kept,
    values: Math.max(sum.values, row.values),
    bytes: sum.bytes + row.bytes,
  }))
  const overhead = bytes.length - whole.bytes
  return { bytes, table: formatTable([...rows, { ...whole, bytes: whole.bytes + overhead }]) }
}

interface Row {
  readonly name: string
  readonly parameters: number
  readonly weights: number
  /** Weights that are not zero. */
  readonly kept: number
  /** Different ones. */
  readonly values: number
  readonly bytes: number
}

function rowOf({ name, codes, bias }: CompressedLayer, bytes: number): Row {
  return {
    name,
    parameters: codes.length + bias.values.length,
    weights: codes.length,
    kept: codes.reduce((count, code) => (code === 0 ? count : count + 1), 0),
    values: new Set(codes).size,
    bytes,
  }
}

/** As in the paper: bits of a code, and what arithmetic coding makes of them on average. */
function formatTable(rows: readonly Row[]): string {
  const cells = rows.map(({ name, parameters, weights, kept, values, bytes }) => [
    name,
    parameters.toLocaleString('en'),
    `${((100 * kept) / weights).toFixed(0)} %`,
    String(Math.ceil(Math.log2(values))),
    ((8 * bytes) / weights).toFixed(2),
    (bytes / 1e6).toFixed(3),
    `${((4 * parameters) / bytes).toFixed(1)}×`,
  ])
  const all = [['layer', 'parameters', 'kept', 'bits', 'coded', 'MB', 'ratio'], ...cells]
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? []
  return all
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    )
    .join('\n')
}
