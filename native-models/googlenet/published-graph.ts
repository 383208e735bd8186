import { releasedGoogLeNet } from '../architectures/googlenet-family.ts'
import { plainGraph } from '../architectures/plain-graph.ts'
import type { Weights } from '../onnx/read-weights.ts'

/**
 * The network as the ONNX zoo publishes it: `data_0` float [1,3,224,224] BGR with the mean subtracted by the caller,
 * `prob_1` [1,1000]. The yardstick for correctness and speed.
 */
export function publishedGraph(weights: Weights): Uint8Array {
  return plainGraph(releasedGoogLeNet, weights)
}
