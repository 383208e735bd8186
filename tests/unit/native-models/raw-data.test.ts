import proto from 'onnx-proto'
import { describe, expect, test } from 'vitest'
import { graphWriter } from '../../../native-models/onnx/graph.ts'

const { ModelProto, TensorProto } = proto.onnx

/** A graph with constants of these lengths, whose values say which constant they are of. */
function graphOf(lengths: readonly number[], name = 'graph') {
  const graph = graphWriter(name, 13)
  for (const [index, length] of lengths.entries()) {
    graph.constant(`constant ${index}`, new Float32Array(length).fill(index + 1), [length])
  }
  return graph
}

function constantsIn(file: Uint8Array) {
  return ModelProto.decode(file).graph?.initializer ?? []
}

/** Where the values lie that a constant refers to: file, first byte, bytes. */
function reference({ externalData }: ReturnType<typeof constantsIn>[number]) {
  return Object.fromEntries(externalData?.map(({ key, value }) => [key, value]) ?? [])
}

describe('a model file', () => {
  test.each(['', 'a', 'as', 'any', 'name'])(
    'named %j holds the values of its constants where floats can be read in place',
    (name) => {
      const lengths = [1, 2, 30, 400, 5000, 3, 60_000]
      const file = Buffer.from(graphOf([7, ...lengths], name).write([], []))
      const [, ...constants] = constantsIn(file)
      expect(constants.map(({ rawData }) => rawData?.length)).toEqual(lengths.map((length) => length * 4))
      expect(constants.map(({ rawData }) => file.indexOf(rawData ?? '') % 4)).toEqual(lengths.map(() => 0))
    },
  )

  test('can leave its large constants to another that has them', () => {
    const content = graphOf([3, 5000, 20]).write([], [])
    const [small, large, ...others] = constantsIn(
      graphOf([3, 5000]).write([], [], { name: 'other.onnx', content }),
    )
    expect(others).toEqual([])
    expect(small?.rawData).toHaveLength(12)
    expect(large).toMatchObject({
      dims: [expect.anything()],
      dataLocation: TensorProto.DataLocation.EXTERNAL,
    })
    const { location, offset, length } = large ? reference(large) : {}
    expect([location, length]).toEqual(['other.onnx', '20000'])
    const values = Uint8Array.from(content.subarray(Number(offset), Number(offset) + Number(length)))
    expect(new Set(new Float32Array(values.buffer))).toEqual(new Set([2]))
  })

  test('keeps constants that the other has not', () => {
    const content = graphOf([3]).write([], [])
    const [, large] = constantsIn(graphOf([3, 5000]).write([], [], { name: 'other.onnx', content }))
    expect(large?.rawData).toHaveLength(20_000)
  })
})
