import { auxiliaryHeads, googlenet, input } from '../googlenet/architecture.ts'
import type { Architecture, FamilyLayers } from './layers.ts'

const paper = 'Szegedy et al., "Going Deeper with Convolutions" (2014), arXiv 1409.4842'
const image = [input.channels, input.side, input.side] as const

/** GoogLeNet as it is released. */
export const releasedGoogLeNet: Architecture = {
  name: 'GoogLeNet',
  paper,
  input: image,
  walk: googlenet,
}

/** GoogLeNet as it is trained: with its two auxiliary heads. */
export const trainedGoogLeNet: Architecture = {
  name: 'GoogLeNet in training',
  paper,
  input: image,
  walk<Value>(layers: FamilyLayers<Value>, value: Value): void {
    const modules = new Map<string, Value>()
    const listening: FamilyLayers<Value> = {
      ...layers,
      concatenate(name, inputs) {
        const output = layers.concatenate(name, inputs)
        modules.set(name, output)
        return output
      },
    }
    googlenet(listening, value)
    for (const head of auxiliaryHeads) {
      const seen = modules.get(`${head.after}/output`)
      if (seen === undefined) throw new Error(`There is no module ${head.after} for ${head.name} to look at`)
      const pooled = layers.averagePool(`${head.name}/ave_pool`, seen, {
        ...head.averagePool,
        pad: [0, 0],
      })
      const reduced = layers.convolution(`${head.name}/conv`, pooled, {
        outputs: head.conv1x1,
        kernel: 1,
        stride: 1,
        pad: 0,
      })
      const connected = layers.fullyConnected(`${head.name}/fc`, reduced, head.fullyConnected)
      const hidden = layers.rectify(`${head.name}/relu_fc`, connected)
      layers.softmax(
        `${head.name}/prob`,
        layers.fullyConnected(`${head.name}/classifier`, hidden, head.classes),
      )
    }
  },
}
