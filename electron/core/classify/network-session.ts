import * as ort from 'onnxruntime-node'
import type { NetworkInterface } from '../contract/networks.ts'
import { classCount, fillInput, inputShape, inputValues, probabilitiesOf } from './network-io.ts'
import { createSession, floats, type OpenSession, type Port, portsOf } from './native-session.ts'

/**
 * Opens a network that is none of the app's own as one that takes bytes and gives probabilities; it has no features and no
 * block. Which input and output they are is found by their shapes.
 */
export const openNetworkSession =
  ({ input, output }: NetworkInterface): OpenSession =>
  async (path, provider) => {
    const session = await createSession(path, provider)
    try {
      const shape = inputShape(input)
      const takes = inputPort(portsOf(session).inputs, shape)
      const gives = outputPort(portsOf(session).outputs)
      const values = new Float32Array(inputValues)
      return {
        inputs: [{ name: 'rgb', type: 'uint8', shape: [1, 224, 224, 3] }],
        outputs: [{ name: 'prob', type: 'float32', shape: [1, classCount] }],
        async run(rgb) {
          fillInput(rgb, input, values)
          const results = await session.run({ [takes]: new ort.Tensor('float32', values, shape) }, [gives])
          return { prob: probabilitiesOf(floats(results[gives]?.data), output) }
        },
        release: () => session.release(),
      }
    } catch (error) {
      await session.release()
      throw error
    }
  }

/** @returns its name @throws Error, a sentence */
function inputPort(inputs: readonly Port[], wanted: readonly number[]): string {
  const [only, ...others] = inputs
  if (only === undefined || others.length > 0) {
    throw new Error(`It takes ${inputs.length} inputs instead of one: a photo.`)
  }
  const fits =
    only.type === 'float32' &&
    only.shape.length === wanted.length &&
    only.shape.every((size, axis) => isFree(size) || size === wanted[axis])
  if (!fits) {
    throw new Error(
      `It takes ${only.type}[${only.shape.join(', ')}] instead of float32[${wanted.join(', ')}].`,
    )
  }
  return only.name
}

/** @returns its name @throws Error, a sentence */
function outputPort(outputs: readonly Port[]): string {
  const fitting = outputs.filter(
    ({ type, shape }) =>
      type === 'float32' &&
      (shape.length === 0 || shape.some((size) => size === classCount)) &&
      shape.every((size) => isFree(size) || size === 1 || size === classCount),
  )
  const [only] = fitting
  if (only === undefined || fitting.length > 1) {
    const given = outputs.map(({ type, shape }) => `${type}[${shape.join(', ')}]`).join(', ')
    throw new Error(
      only === undefined
        ? `It gives ${given} instead of ${classCount} numbers, one for each class.`
        : `It has several outputs of ${classCount} numbers: ${given}. Keep the one that answers.`,
    )
  }
  return only.name
}

/** A dimension that is left open. */
const isFree = (size: number | string): boolean => typeof size === 'string' || size <= 0
