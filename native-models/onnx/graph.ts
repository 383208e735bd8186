import proto, { type onnx } from 'onnx-proto'
import { alignRawData, type ConstantsFile, lengthOfLength, storedIn } from './raw-data.ts'

const { AttributeProto, GraphProto, ModelProto } = proto.onnx

/** Element types of ONNX tensors that we write, with their numbers in the format. */
const elementTypes = { float: 1, uint8: 2, int8: 3, int32: 6, int64: 7 } as const
export type ElementType = keyof typeof elementTypes

export type TensorData = Float32Array | Uint8Array | Int8Array | Int32Array | BigInt64Array

export interface ValueInfo {
  readonly name: string
  readonly type: ElementType
  /** A string names a free dimension. */
  readonly shape: readonly (number | string)[]
}

/** An attribute is written as an int or ints unless wrapped in `float()`. */
export type Attribute = number | readonly number[] | string | FloatAttribute
interface FloatAttribute {
  readonly float: number
}

export function float(value: number): FloatAttribute {
  return { float: value }
}

export interface NodeOptions {
  readonly attributes?: Readonly<Record<string, Attribute>>
  /** Operator set; default the standard one. `com.microsoft` holds ONNX Runtime's own. */
  readonly domain?: '' | 'com.microsoft'
}

/** Collects nodes and constants of one graph, then writes the model. Values are known by name. */
export interface GraphWriter {
  /** Adds a node with one output, which gets the node's name; returns that name. */
  node(name: string, operator: string, inputs: readonly string[], options?: NodeOptions): string
  /** Adds a node that cuts a value into equal parts along an axis; returns their names. */
  split(name: string, value: string, parts: number, axis: number): readonly string[]
  /** Puts values together along an axis; a single one stays as it is. Returns the name of the whole. */
  join(name: string, parts: readonly string[], axis: number): string
  /** Adds a constant; a second one of the same name must not differ and is not written twice. */
  constant(name: string, data: TensorData, shape: readonly number[]): string
  /** A constant float without dimensions. */
  scalar(name: string, value: number): string
  /** The same values in another shape; 0 keeps a dimension, -1 takes what is left. */
  reshape(name: string, value: string, shape: readonly number[]): string
  /**
   * The model as bytes of an `.onnx` file.
   * @param constantsFile another model: large constants that it holds too are read from there.
   */
  write(
    inputs: readonly ValueInfo[],
    outputs: readonly ValueInfo[],
    constantsFile?: ConstantsFile,
  ): Uint8Array
}

/** Attributes of a square kernel or pooling window. @param pads at top and left, and at bottom and right */
export function squareWindow(
  kernel: number,
  stride: number,
  [begin, end]: readonly [begin: number, end: number],
): Readonly<Record<string, Attribute>> {
  return { kernel_shape: [kernel, kernel], strides: [stride, stride], pads: [begin, begin, end, end] }
}

/** @param opset version of the standard operator set. */
export function graphWriter(graphName: string, opset: number): GraphWriter {
  const nodes: onnx.INodeProto[] = []
  const constants = new Map<string, onnx.ITensorProto>()

  function add(
    name: string,
    operator: string,
    inputs: readonly string[],
    outputs: readonly string[],
    { domain = '', attributes = {} }: NodeOptions,
  ): void {
    nodes.push({
      name,
      opType: operator,
      domain,
      input: [...inputs],
      output: [...outputs],
      attribute: Object.entries(attributes).map(([key, value]) => attribute(key, value)),
    })
  }

  const graph: GraphWriter = {
    node(name, operator, inputs, options = {}) {
      add(name, operator, inputs, [name], options)
      return name
    },
    split(name, value, parts, axis) {
      const outputs = Array.from({ length: parts }, (_, part) => `${name}/${part}`)
      add(name, 'Split', [value], outputs, { attributes: { axis } })
      return outputs
    },
    join(name, parts, axis) {
      const [only, ...others] = parts
      if (only !== undefined && others.length === 0) return only
      return graph.node(name, 'Concat', parts, { attributes: { axis } })
    },
    constant(name, data, shape) {
      if (data.length !== shape.reduce((product, size) => product * size, 1)) {
        throw new Error(`Constant ${name} has ${data.length} values but shape [${shape.join(', ')}]`)
      }
      constants.set(name, {
        name,
        dataType: elementTypes[typeOf(data)],
        dims: [...shape],
        rawData: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
      })
      return name
    },
    scalar: (name, value) => graph.constant(name, Float32Array.of(value), []),
    reshape(name, value, shape) {
      const sizes = graph.constant(`${name}/shape`, BigInt64Array.from(shape, BigInt), [shape.length])
      return graph.node(name, 'Reshape', [value, sizes])
    },
    write(inputs, outputs, constantsFile) {
      const head = { irVersion: 8, producerName: 'kartoteka' }
      const start = { name: graphName, node: nodes }
      const ends = { input: inputs.map(valueInfo), output: outputs.map(valueInfo) }
      const all = [...constants.values()]
      const before = ModelProto.encode(head).len + GraphProto.encode(start).len
      const length = GraphProto.encode({ ...start, ...ends, initializer: all }).len
      const initializer = constantsFile
        ? all.map((constant) => storedIn(constantsFile, constant))
        : alignRawData(all, before + 1 + lengthOfLength(length))
      const model: onnx.IModelProto = {
        ...head,
        opsetImport: [
          { domain: '', version: opset },
          { domain: 'com.microsoft', version: 1 },
        ],
        graph: { ...start, ...ends, initializer },
      }
      return ModelProto.encode(model).finish()
    },
  }
  return graph
}

function typeOf(data: TensorData): ElementType {
  if (data instanceof Float32Array) return 'float'
  if (data instanceof Uint8Array) return 'uint8'
  if (data instanceof Int8Array) return 'int8'
  if (data instanceof Int32Array) return 'int32'
  return 'int64'
}

function attribute(name: string, value: Attribute): onnx.IAttributeProto {
  const { AttributeType } = AttributeProto
  if (typeof value === 'number') return { name, type: AttributeType.INT, i: value }
  if (typeof value === 'string') return { name, type: AttributeType.STRING, s: Buffer.from(value) }
  if ('float' in value) return { name, type: AttributeType.FLOAT, f: value.float }
  return { name, type: AttributeType.INTS, ints: [...value] }
}

function valueInfo({ name, type, shape }: ValueInfo): onnx.IValueInfoProto {
  return {
    name,
    type: {
      tensorType: {
        elemType: elementTypes[type],
        shape: {
          dim: shape.map((size) => (typeof size === 'string' ? { dimParam: size } : { dimValue: size })),
        },
      },
    },
  }
}
