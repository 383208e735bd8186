import type { Architecture, FamilyLayers } from '../architectures/layers.ts'

const plain = (_: string, depth: number): number => depth

/** Layers with weights on the longest way through a network: how papers count its depth. */
export function depthOf({ walk }: Architecture): number {
  let deepest = 0
  const weighted = (_: string, depth: number): number => {
    deepest = Math.max(deepest, depth + 1)
    return depth + 1
  }
  const layers: FamilyLayers<number> = {
    convolution: weighted,
    fullyConnected: weighted,
    subsample: weighted,
    distances: weighted,
    maxPool: plain,
    averagePool: plain,
    averageAll: plain,
    normalise: plain,
    batchNormalise: plain,
    rectify: plain,
    squash: plain,
    softmax: plain,
    concatenate: (_, depths) => Math.max(...depths),
  }
  walk(layers, 0)
  return deepest
}
