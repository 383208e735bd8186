import { float, graphWriter } from '../onnx/graph.ts'
import { type Weights, weight } from '../onnx/read-weights.ts'
import { googlenet, type Layers, normalisation } from './architecture.ts'
import { biasName, weightName } from './shapes.ts'

/**
 * The network as the ONNX zoo publishes it: one operator per layer, LRN as such, `data_0` float [1,3,224,224]
 * BGR with the mean subtracted by the caller, `prob_1` [1,1000]. The yardstick for correctness and speed.
 */
export function publishedGraph(weights: Weights): Uint8Array {
  const graph = graphWriter('googlenet', 12)
  const parameter = (name: string, shape: readonly number[]) =>
    graph.constant(name, weight(weights, name), shape)

  const layers: Layers<Channelled> = {
    convolution(name, input, { outputs, kernel, stride, pad }) {
      const convolved = graph.node(
        `${name}_1`,
        'Conv',
        [
          input.value,
          parameter(weightName(name), [outputs, input.channels, kernel, kernel]),
          parameter(biasName(name), [outputs]),
        ],
        {
          attributes: {
            kernel_shape: [kernel, kernel],
            strides: [stride, stride],
            pads: [pad, pad, pad, pad],
          },
        },
      )
      return { value: graph.node(`${name}_2`, 'Relu', [convolved]), channels: outputs }
    },
    maxPool: (name, { value, channels }, { kernel, stride, pad }) => ({
      value: graph.node(`${name}_1`, 'MaxPool', [value], {
        attributes: {
          kernel_shape: [kernel, kernel],
          strides: [stride, stride],
          pads: [pad[0], pad[0], pad[1], pad[1]],
        },
      }),
      channels,
    }),
    normalise: (name, { value, channels }) => ({
      value: graph.node(`${name}_1`, 'LRN', [value], {
        attributes: {
          size: normalisation.size,
          alpha: float(normalisation.alpha),
          beta: float(normalisation.beta),
          bias: float(normalisation.bias),
        },
      }),
      channels,
    }),
    concatenate: (name, inputs) => ({
      value: graph.node(
        `${name}_1`,
        'Concat',
        inputs.map(({ value }) => value),
        { attributes: { axis: 1 } },
      ),
      channels: inputs.reduce((sum, { channels }) => sum + channels, 0),
    }),
    averageAll: (name, { value, channels }) => ({
      value: graph.node(`${name}_1`, 'GlobalAveragePool', [value]),
      channels,
    }),
    fullyConnected(name, { value, channels }, outputs) {
      const flat = graph.node(`${name}_flat`, 'Flatten', [value], { attributes: { axis: 1 } })
      return {
        value: graph.node(
          `${name}_1`,
          'Gemm',
          [flat, parameter(weightName(name), [outputs, channels]), parameter(biasName(name), [outputs])],
          { attributes: { transB: 1 } },
        ),
        channels: outputs,
      }
    },
    softmax: (name, { value, channels }) => ({
      value: graph.node(`${name}_1`, 'Softmax', [value], { attributes: { axis: 1 } }),
      channels,
    }),
  }

  googlenet(layers, { value: 'data_0', channels: 3 })
  return graph.write(
    [{ name: 'data_0', type: 'float', shape: [1, 3, 224, 224] }],
    [{ name: 'prob_1', type: 'float', shape: [1, 1000] }],
  )
}

interface Channelled {
  readonly value: string
  readonly channels: number
}
