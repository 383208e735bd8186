import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { compressNetwork } from '../../../native-models/compress/compress-network.ts'
import { readCompressed } from '../../../native-models/compress/file.ts'
import { floatGraph } from '../../../native-models/googlenet/float-graph.ts'
import { survey } from '../../../native-models/googlenet/shapes.ts'
import { readWeights, type Weights } from '../../../native-models/onnx/read-weights.ts'
import { int8Graph } from '../../../native-models/quantize/int8-graph.ts'
import { readScales } from '../../../native-models/quantize/scales.ts'
import { answersOf, divergences, mean, ranksIn } from './answers.ts'
import { labelledPhotos, type LabelledPhoto } from './labelled-photos.ts'
import { sharedPath } from '../shared.ts'

/** Every second photo of 650: enough to see a loss, and half the work. */
async function everySecondPhoto(): Promise<LabelledPhoto[]> {
  return (await labelledPhotos('validation')).filter((_, index) => index % 2 === 0)
}

describe('the compressed network', () => {
  let exact: Weights
  let file: Uint8Array

  beforeAll(async () => {
    const published = await readFile(sharedPath('native-models/googlenet-bvlc.onnx'))
    exact = readWeights(published, survey().parameters)
    file = compressNetwork(exact, 'small').bytes
  })

  test('takes a tenth of the published weights', () => {
    expect(file.length).toBeLessThanOrEqual(2.8e6)
  })

  test('is refused when it was cut or altered', () => {
    expect(() => readCompressed(file.subarray(0, -1))).toThrow('fetch or make it again')
    const altered = Uint8Array.from(file)
    altered[1_000_000] = (altered[1_000_000] ?? 0) ^ 1
    expect(() => readCompressed(altered)).toThrow('was altered')
  })

  test('has the true class among its five best as often as the exact one, within half a point, and faithful and int8 answer as it does', async () => {
    const photos = await everySecondPhoto()
    const ofExact = await answersOf(floatGraph(exact), photos)
    const ofCompressed = await answersOf(floatGraph(readCompressed(file)), photos)
    const right = (all: readonly Float32Array[]): number =>
      ranksIn(all, photos).filter((rank) => rank <= 5).length
    expect(photos).toHaveLength(325)
    expect(right(ofCompressed)).toBeGreaterThanOrEqual(right(ofExact) - 0.005 * photos.length)
    expect(mean(divergences(ofExact, ofCompressed))).toBeLessThan(0.02)

    // The whole table is made by measure-compressed.ts: for these two a quarter of the photos tells what was spoilt.
    const few = photos.filter((_, index) => index % 4 === 0)
    const ofExactToo = ofExact.filter((_, index) => index % 4 === 0)
    const faithful = floatGraph(readCompressed(compressNetwork(exact, 'faithful').bytes))
    for (const graph of [faithful, int8Graph(exact, readScales())]) {
      expect(mean(divergences(ofExactToo, await answersOf(graph, few)))).toBeLessThan(0.002)
    }
    // 814 pictures on one thread: 25 s of processor time, of which a busy machine gives little.
  }, 900_000)
})
