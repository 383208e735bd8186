import { float, graphWriter } from '../onnx/graph.ts'
import { parameter, type Weights } from '../onnx/read-weights.ts'
import { classes, googlenet, input, type Layers, normalisation } from './architecture.ts'
import { biasName, weightName } from './shapes.ts'

/**
 * The network as the ONNX zoo publishes it: one operator per layer, LRN as such, `data_0` float [1,3,224,224]
 * BGR with the mean subtracted by the caller, `prob_1` [1,1000]. The yardstick for correctness and speed.
 */
export function publishedGraph(weights: Weights): Uint8Array {
  const graph = graphWriter('googlenet', 12)
  const constant = (name: string) => {
    const { values, shape } = parameter(weights, name)
    return graph.constant(name, values, shape)
  }

  const layers: Layers<string> = {
    convolution(name, value, { kernel, stride, pad }) {
      const parameters = [constant(weightName(name)), constant(biasName(name))]
      const convolved = graph.node(`${name}_1`, 'Conv', [value, ...parameters], {
        attributes: { kernel_shape: [kernel, kernel], strides: [stride, stride], pads: [pad, pad, pad, pad] },
      })
      return graph.node(`${name}_2`, 'Relu', [convolved])
    },
    maxPool: (name, value, { kernel, stride, pad: [begin, end] }) =>
      graph.node(`${name}_1`, 'MaxPool', [value], {
        attributes: {
          kernel_shape: [kernel, kernel],
          strides: [stride, stride],
          pads: [begin, begin, end, end],
        },
      }),
    normalise: (name, value) =>
      graph.node(`${name}_1`, 'LRN', [value], {
        attributes: {
          size: normalisation.size,
          alpha: float(normalisation.alpha),
          beta: float(normalisation.beta),
          bias: float(normalisation.bias),
        },
      }),
    concatenate: (name, values) => graph.node(`${name}_1`, 'Concat', values, { attributes: { axis: 1 } }),
    averageAll: (name, value) => graph.node(`${name}_1`, 'GlobalAveragePool', [value]),
    fullyConnected(name, value) {
      const flat = graph.node(`${name}_flat`, 'Flatten', [value], { attributes: { axis: 1 } })
      const parameters = [constant(weightName(name)), constant(biasName(name))]
      return graph.node(`${name}_1`, 'Gemm', [flat, ...parameters], { attributes: { transB: 1 } })
    },
    softmax: (name, value) => graph.node(`${name}_1`, 'Softmax', [value], { attributes: { axis: 1 } }),
  }

  googlenet(layers, 'data_0')
  return graph.write(
    [{ name: 'data_0', type: 'float', shape: [1, input.channels, input.side, input.side] }],
    [{ name: 'prob_1', type: 'float', shape: [1, classes] }],
  )
}
