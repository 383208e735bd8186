import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { brotliDecompressSync } from 'node:zlib'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { openAv1 } from '../../../electron/core/imaging/decode/av1.ts'
import { dav1dBinary } from '../../../electron/core/imaging/decode/dav1d-binary.ts'
import { DecodeProblem } from '../../../electron/core/imaging/decode/decoded.ts'
import { readAv1Still } from '../../../electron/core/imaging/formats/heif.ts'
import { picture } from '../../fixtures/imaging.ts'

it('a stream says what it holds, and decodes to that', async () => {
  const still = readAv1Still(await picture(90, 61).avif({ chromaSubsampling: '4:2:0' }).toBuffer())
  expect(still).toMatchObject({ width: 90, height: 61 })
  const stream = openAv1(still?.stream ?? Buffer.alloc(0))
  // Light, a quarter as much of two colours, and one byte for the decoder.
  expect(stream).toMatchObject({ width: 90, height: 61, bytesPerPixel: 2.5 })
  const sizes = stream.decode(({ bits, light, colour }) => [
    bits,
    light.width,
    light.height,
    colour?.[1].width,
  ])
  expect(sizes).toEqual([8, 90, 61, 45])
})

it('a broken stream is a problem, never another error', async () => {
  const whole = readAv1Still(await picture(64, 48).avif().toBuffer())?.stream ?? Buffer.alloc(0)
  const flips = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(flips, fc.nat(whole.length), (changes, length) => {
      const bytes = Buffer.from(whole.subarray(0, length))
      for (const [at, value] of changes) if (at < length) bytes[at] = value
      expect(lightOf(bytes)).toSatisfy(
        (found: unknown) => found instanceof DecodeProblem || found === 'as large as stated at most',
      )
    }),
    { numRuns: 60 },
  )
})

it('the module is the one that its description names', () => {
  const described = readFileSync(
    new URL('../../../electron/core/imaging/decode/dav1d/README.md', import.meta.url),
    'utf8',
  )
  const module = brotliDecompressSync(Buffer.from(dav1dBinary, 'base64'))
  expect(described).toContain(createHash('sha256').update(module).digest('hex'))
})

/** What comes of decoding a stream: its light plane against the header, or what was thrown. */
function lightOf(bytes: Buffer): unknown {
  try {
    const stream = openAv1(bytes)
    if (stream.width * stream.height > 1_000_000) return 'as large as stated at most'
    const light = stream.decode(({ light: { width, height } }) => width * height)
    return light <= stream.width * stream.height ? 'as large as stated at most' : light
  } catch (thrown) {
    return thrown
  }
}
