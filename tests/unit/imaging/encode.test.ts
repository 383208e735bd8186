import { describe, expect, it } from 'vitest'
import { encodeWithSharp } from '../../../electron/core/imaging/decode/sharp.ts'

describe('a thumbnail that sharp made', () => {
  it('is memory of its own, which a worker may hand to another thread', async () => {
    const raster = { data: Buffer.alloc(64 * 48 * 3, 120), width: 64, height: 48 }
    const jpeg = await encodeWithSharp(raster, 80)
    const { buffer, byteLength } = jpeg
    expect(buffer.byteLength).toBe(byteLength)
    const moved = structuredClone(jpeg, { transfer: [buffer as ArrayBuffer] })
    expect(moved.byteLength).toBe(byteLength)
    expect(jpeg.byteLength).toBe(0)
  })
})
