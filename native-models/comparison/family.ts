import { alexnet } from '../architectures/alexnet.ts'
import { releasedGoogLeNet, trainedGoogLeNet } from '../architectures/googlenet-family.ts'
import { inceptionBn } from '../architectures/inception-bn.ts'
import type { Architecture } from '../architectures/layers.ts'
import { lenet5 } from '../architectures/lenet5.ts'
import { surveyArchitecture, totals } from '../architectures/survey.ts'
import { depthOf } from './depth.ts'

/** What those who made a network say of it: percent, of the whole picture or its centre crop, one network. */
export interface PublishedAccuracy {
  readonly first: number
  /** `null` where it is not said. */
  readonly amongFive: number | null
  readonly source: string
}

/** GoogLeNet and its kin, oldest first, with what is published of their accuracy. */
export const family = [
  {
    architecture: lenet5,
    published: { first: 99.05, amongFive: null, source: 'the paper, section III.B: handwritten digits' },
  },
  {
    architecture: alexnet,
    published: { first: 57.1, amongFive: 80.2, source: "BVLC's read-me of bvlc_alexnet" },
  },
  {
    architecture: releasedGoogLeNet,
    published: { first: 68.7, amongFive: 88.9, source: "BVLC's read-me of bvlc_googlenet" },
  },
  { architecture: trainedGoogLeNet, published: null },
  {
    architecture: inceptionBn,
    published: { first: 74.8, amongFive: 92.18, source: 'the paper, figure 4' },
  },
] as const satisfies readonly {
  readonly architecture: Architecture
  readonly published: PublishedAccuracy | null
}[]

/** What a network is by its architecture alone. */
export interface NetworkSize {
  /** With weights, on the longest way. */
  readonly layers: number
  readonly parameters: number
  readonly multiplyAdds: number
}

export function sizeOf(architecture: Architecture): NetworkSize {
  const { parameters, multiplyAdds } = totals(surveyArchitecture(architecture))
  return { layers: depthOf(architecture), parameters, multiplyAdds }
}
