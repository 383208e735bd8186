/** Rows and columns of the last block. */
const heatMapSide = 7

/**
 * Where in the photo a class was seen: the class's evidence in each of the last block's 7×7 places (class
 * activation mapping, Zhou et al. 2016). Evidence against is cut off, the strongest place is 1. The model sees
 * the whole photo warped to a square, so the map covers the whole photo.
 * @param block 7×7×1024, channel-last, as in `ModelOutput`.
 * @param classifierRow the class's 1024 weights, as from `classifierRow()`.
 * @returns 49 values from 0 to 1, row-major; all 0 when nothing speaks for the class.
 */
export function heatMap(block: Float32Array, classifierRow: Float32Array): Float32Array {
  const channels = classifierRow.length
  const places = heatMapSide * heatMapSide
  if (block.length !== places * channels) {
    throw new RangeError(`A block of ${block.length} values does not fit a classifier of ${channels}`)
  }
  const evidence = new Float32Array(places)
  for (let place = 0; place < places; place++) {
    let sum = 0
    for (let channel = 0; channel < channels; channel++) {
      sum += (block[place * channels + channel] ?? 0) * (classifierRow[channel] ?? 0)
    }
    evidence[place] = Math.max(0, sum)
  }
  const strongest = evidence.reduce((most, value) => Math.max(most, value), 0)
  return strongest > 0 ? evidence.map((value) => value / strongest) : evidence
}
