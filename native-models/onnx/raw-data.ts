import proto, { type onnx } from 'onnx-proto'

const { TensorProto } = proto.onnx

/** A model file in whose bytes another model's constants can lie. */
export interface ConstantsFile {
  /** Its name; it lies in the same folder. */
  readonly name: string
  readonly content: Uint8Array
}

/** Smaller constants are not worth a reference. */
const worthwhile = 4096
/** Bytes of a float. */
const alignment = 4

/**
 * The same constant, but its values are read from another file if they lie there.
 * @throws Error when they lie where floats cannot be read in place.
 */
export function storedIn({ name, content }: ConstantsFile, tensor: onnx.ITensorProto): onnx.ITensorProto {
  const { rawData, ...described } = tensor
  if (!rawData || rawData.length < worthwhile) return tensor
  const offset = Buffer.from(content.buffer, content.byteOffset, content.byteLength).indexOf(rawData)
  if (offset === -1) return tensor
  if (offset % alignment !== 0) throw new Error(`${name} holds the values of ${tensor.name} at an odd place`)
  return {
    ...described,
    dataLocation: TensorProto.DataLocation.EXTERNAL,
    externalData: Object.entries({ location: name, offset, length: rawData.length }).map(([key, value]) => ({
      key,
      value: String(value),
    })),
  }
}

/**
 * Fills up with comments so that the values of every constant but the first start at a multiple of their size.
 * Not where a comment makes a length take one byte more; `storedIn` refuses what is misplaced.
 * @param before bytes of the file before the first constant.
 */
export function alignRawData(tensors: readonly onnx.ITensorProto[], before: number): onnx.ITensorProto[] {
  let position = before
  return tensors.map((tensor, index) => {
    position += recordLength(tensor)
    const next = tensors[index + 1]
    const start = next ? position + recordLength(next) - (next.rawData?.length ?? 0) : 0
    const missing = (alignment - (start % alignment)) % alignment
    if (missing === 0) return tensor
    // A comment takes two bytes more than its text.
    const docString = ' '.repeat((missing + alignment - 2) % alignment)
    position += 2 + docString.length
    return { ...tensor, docString }
  })
}

/** Bytes that a constant takes in a file, with its tag and length. */
function recordLength(tensor: onnx.ITensorProto): number {
  const length = TensorProto.encode(tensor).len
  return 1 + lengthOfLength(length) + length
}

/** Bytes of a number in groups of seven bits. */
export function lengthOfLength(length: number): number {
  return length < 128 ? 1 : 1 + lengthOfLength(Math.floor(length / 128))
}
