/** A list of numbers as the text that `contract/packed.ts` reads. */
export function packedText({ buffer, byteOffset, byteLength }: Uint8Array | Int32Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64')
}
