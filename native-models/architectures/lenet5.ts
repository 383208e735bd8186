import type { Architecture, FamilyLayers } from './layers.ts'

/** Table 1 of the paper: a row for each map of S2, a column for each map of C3, X where the latter reads the former. */
const readsOfC3 = [
  'X...XXX..XXXX.XX',
  'XX...XXX..XXXX.X',
  'XXX...XXX..X.XXX',
  '.XXX..XXXX..X.XX',
  '..XXX..XXXX.XX.X',
  '...XXX..XXXX.XXX',
] as const

/** For each map of C3 the maps of S2 that it reads. */
function columnsOf(table: readonly string[]): number[][] {
  return Array.from({ length: table[0]?.length ?? 0 }, (_, column) =>
    [...table.entries()].filter(([, row]) => row[column] === 'X').map(([index]) => index),
  )
}

/**
 * LeNet-5, which read handwritten digits, section II.B of the paper. GoogLeNet has its name from it. Its output is the
 * distance from drawings of the ten digits, 7×12 pixels each, which were made and not learned.
 */
export const lenet5: Architecture = {
  name: 'LeNet-5',
  paper: 'LeCun, Bottou, Bengio & Haffner, "Gradient-Based Learning Applied to Document Recognition" (1998)',
  input: [1, 32, 32],
  walk<Value>(layers: FamilyLayers<Value>, image: Value): Value {
    const squashed = (value: Value, layer: string): Value => layers.squash(`${layer}/squash`, value)
    const unpadded = { kernel: 5, stride: 1, pad: 0, rectified: false }
    let value = squashed(layers.convolution('C1', image, { outputs: 6, ...unpadded }), 'C1')
    value = squashed(layers.subsample('S2', value, 2), 'S2')
    const reads = columnsOf(readsOfC3)
    value = squashed(layers.convolution('C3', value, { outputs: 16, ...unpadded, reads }), 'C3')
    value = squashed(layers.subsample('S4', value, 2), 'S4')
    value = squashed(layers.convolution('C5', value, { outputs: 120, ...unpadded }), 'C5')
    value = squashed(layers.fullyConnected('F6', value, 7 * 12), 'F6')
    return layers.distances('output', value, 10)
  },
}
