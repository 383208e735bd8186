/** inverse-dct.wat in binary; tests/unit/imaging/inverse-dct.test.ts makes it again and compares. */
export const transformBinary = [
  'AGFzbQEAAAABGANgA39/fwBgBX9/f39/AGAGf3t7e3t7AAJ2BgdsaWJoZWlmBm1lbW9yeQIAAQdsaWJoZWlmCGNvc2luZXM0A38A',
  'B2xpYmhlaWYIY29zaW5lczgDfwAHbGliaGVpZgljb3NpbmVzMTYDfwAHbGliaGVpZgljb3NpbmVzMzIDfwAHbGliaGVpZgVibG9j',
  'awN/AAMHBgAAAAEAAgcfBARhZGQ4AAAFYWRkMTYAAQVhZGQzMgACBGFkZDQABArvCgYOACAAIAEgAkEIIwEQAwsOACAAIAEgAkEQ',
  'IwIQAwsOACAAIAEgAkEgIwMQAwuOBgIKfw17IANBAXQhBSADQQJ0IQ4gBSEGA0AgBkEQayEGIANBAXYhCCABIAZqIAMgBWxqIQsC',
  'QANAIAsgBUEBdGshCyAL/QAEACALIAVq/QAEAP1Q/VMNASAIQQFrIggNAAsLIAhBAEcgB0VxBEAgBkEQaiEHCyAHBEBBACEKIwQg',
  'BmohDQNAQcAA/REhFCAUIRUgFCEWIBQhFyAUIRggFCEZIBQhGiAUIRsgASAGaiELIAQgCkECdGohDCAIIQkgCQRAA0AgC/0ABAAh',
  'DyALIAVqIQsgC/0ABAAhECALIAVqIQsgDyAQ/Q0AARARAgMSEwQFFBUGBxYXIREgDyAQ/Q0ICRgZCgsaGwwNHB0ODx4fIRIgDP0J',
  'AgAhEyAUIBEgE/26Af2uASEUIBUgEiAT/boB/a4BIRUgDP0JAgQhEyAWIBEgE/26Af2uASEWIBcgEiAT/boB/a4BIRcgDP0JAggh',
  'EyAYIBEgE/26Af2uASEYIBkgEiAT/boB/a4BIRkgDP0JAgwhEyAaIBEgE/26Af2uASEaIBsgEiAT/boB/a4BIRsgDCAOaiEMIAlB',
  'AWsiCQ0ACwsgDSAUQQf9rAEgFUEH/awB/YUB/QsEACANIAVqIQ0gDSAWQQf9rAEgF0EH/awB/YUB/QsEACANIAVqIQ0gDSAYQQf9',
  'rAEgGUEH/awB/YUB/QsEACANIAVqIQ0gDSAaQQf9rAEgG0EH/awB/YUB/QsEACANIAVqIQ0gCkEEaiIKIANJDQALCyAGDQALIAdF',
  'BEAPCyADIQpBgBD9ESEPIwQhCwNAQQAhBgNAIA8hFCAPIRVBACEJIAQgBkECdGohDANAIAsgCWr9CQIAIRMgFCATIAz9AAQA/boB',
  '/a4BIRQgFSATIAz9AAQQ/boB/a4BIRUgDCAOaiEMIAlBBGoiCSAHSQ0ACyAAIAZqIQ0gFEEM/awBIBVBDP2sAf2FASAN/QIDAP2O',
  'ASEUIA0gFCAU/Wb9WwMAACAGQQhqIgYgA0kNAAsgCyAFaiELIAAgAmohACAKQQFrIgoNAAsL7QMBBXsjAP0ABAAhBSMA/QAEECEG',
  'QcAA/REhByAB/QAEACEDIAH9AAQQIQQgAyAD/Q0AAQgJAgMKCwQFDA0GBw4PIQMgBCAE/Q0AAQgJAgMKCwQFDA0GBw4PIQQjBCAH',
  'IAMgBSAF/Q0AAQIDAAECAwABAgMAAQID/boBIAQgBiAG/Q0AAQIDAAECAwABAgMAAQID/boB/a4B/a4BQQf9rAEgByADIAUgBf0N',
  'BAUGBwQFBgcEBQYHBAUGB/26ASAEIAYgBv0NBAUGBwQFBgcEBQYHBAUGB/26Af2uAf2uAUEH/awB/YUB/QsEACMEIAcgAyAFIAX9',
  'DQgJCgsICQoLCAkKCwgJCgv9ugEgBCAGIAb9DQgJCgsICQoLCAkKCwgJCgv9ugH9rgH9rgFBB/2sASAHIAMgBSAF/Q0MDQ4PDA0O',
  'DwwNDg8MDQ4P/boBIAQgBiAG/Q0MDQ4PDA0ODwwNDg8MDQ4P/boB/a4B/a4BQQf9rAH9hQH9CwQQQYAQ/REhByAAIAUgBiAHIwT9',
  'CQIAIwT9CQIEEAUgACACaiEAIAAgBSAGIAcjBP0JAggjBP0JAgwQBSAAIAJqIQAgACAFIAYgByME/QkCECME/QkCFBAFIAAgAmoh',
  'ACAAIAUgBiAHIwT9CQIYIwT9CQIcEAULQQAgAyAEIAH9ugEgBSAC/boB/a4B/a4BQQz9rAEhASABIAH9hQEgAP1cAgD9iQH9jgEh',
  'ASAAIAEgAf1m/VoCAAAL',
].join('')

/** Adds the inverse transform of a block of coefficients, row by row, to samples whose rows are `stride` bytes apart. */
export type AddTransform = (samples: number, coefficients: number, stride: number) => void

/** Sides of the blocks that HEVC transforms, in samples. */
export const blockSides = [4, 8, 16, 32] as const

/** The transform's first column (H.265, 8.6.4.2), by row: what its other columns are made of. */
const cosines = [
  64, 90, 90, 90, 89, 88, 87, 85, 83, 82, 80, 78, 75, 73, 70, 67, 64, 61, 57, 54, 50, 46, 43, 38, 36, 31, 25,
  22, 18, 13, 9, 4,
]

/** How much of frequency `row` there is in sample `column` of 32. */
function cosine(row: number, column: number): number {
  const angle = ((2 * column + 1) * row) % 128
  const mirrored = angle > 64 ? 128 - angle : angle
  return mirrored > 32 ? -(cosines[64 - mirrored] as number) : (cosines[mirrored] as number)
}

/** For every two rows of the transform of `side` samples, pairs of 16 bits for each column. */
function tableOf(side: number): Int16Array {
  const table = new Int16Array(side * side)
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      table[((row >> 1) * side + column) * 2 + (row & 1)] = cosine((row * 32) / side, column)
    }
  }
  return table
}

/** The part of the global that is used; its types come only with those of browsers. */
interface Wasm {
  Module: new (binary: Uint8Array) => object
  Instance: new (
    module: object,
    imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  ) => { readonly exports: Readonly<Record<string, unknown>> }
}

/**
 * The inverse transforms of HEVC by SIMD, for blocks with sides of `blockSides`, in the memory of a decoder. libde265
 * has such only for processors; in WebAssembly it multiplies number by number, which is two fifths of what a photo
 * takes. These are 10 to 20 times as fast.
 * @param memory of the decoder, a `WebAssembly.Memory`
 * @param allocate gives bytes in it that stay ours
 */
export function inverseTransforms(
  memory: { readonly buffer: ArrayBuffer },
  allocate: (bytes: number) => number,
): readonly AddTransform[] {
  const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: Wasm }
  const largest = Math.max(...blockSides)
  const imports: Record<string, unknown> = { memory, block: allocate(2 * largest ** 2) }
  for (const side of blockSides) {
    const table = tableOf(side)
    const address = allocate(table.byteLength)
    new Uint8Array(memory.buffer).set(new Uint8Array(table.buffer), address)
    imports[`cosines${side}`] = address
  }
  const module = new WebAssembly.Module(Buffer.from(transformBinary, 'base64'))
  const { exports } = new WebAssembly.Instance(module, { libheif: imports })
  return blockSides.map((side) => exports[`add${side}`] as AddTransform)
}
