import { readFileSync } from 'node:fs'
import type { AvifOptions } from 'sharp'
import { describe, expect, it } from 'vitest'
import type { DecodedPhoto } from '../../../electron/core/imaging/decode/decoded.ts'
import {
  memoryForDecoding,
  openAccount,
  openShare,
  sharedMemory,
} from '../../../electron/core/imaging/decode/memory-account.ts'
import { identify } from '../../../electron/core/imaging/identify.ts'
import { standardLimits } from '../../../electron/core/imaging/limits.ts'
import { photoFolder, picture } from '../../fixtures/imaging.ts'
import { sharedPath } from '../shared.ts'
import { bigTiff, statesSize } from '../../fixtures/stated-size.ts'

const folder = photoFolder()
const megabyte = 1024 * 1024

/** Decodes a file as the photo workers do, and tells what memory was set aside, in bytes, in turn. */
async function decode(bytes: Buffer): Promise<{ decoded: DecodedPhoto; asked: number[] }> {
  const asked: number[] = []
  const hold = <Value>(needed: number, work: () => Promise<Value>): Promise<Value> => {
    asked.push(needed)
    return work()
  }
  const picture = identify({ name: 'x', bytes })
  const decoded = await picture.decode({ side: 512, limits: standardLimits, memory: { hold } })
  return { decoded, asked }
}

/** Bytes that are set aside for each pixel of an AVIF that is saved with `options`. */
async function askedForAvif(options: AvifOptions): Promise<number> {
  const file = await picture(1000, 1000)
    .avif({ effort: 0, ...options })
    .toBuffer()
  return (((await decode(file)).asked[0] ?? 0) - file.length) / 1e6
}

describe('memory that is set aside', () => {
  it('counts the file itself', async () => {
    const jpeg = Buffer.concat([await picture(2400, 1800).jpeg().toBuffer(), Buffer.alloc(20 * megabyte)])
    expect(Math.max(...(await decode(jpeg)).asked)).toBe(jpeg.length)
  })

  it('counts the pixels of a bitmap', async () => {
    const [width, height] = [3000, 2000]
    const bmp = Buffer.alloc(54 + width * height * 3)
    bmp.write('BM')
    bmp.writeUInt32LE(54, 10)
    bmp.writeUInt32LE(40, 14)
    bmp.writeInt32LE(width, 18)
    bmp.writeInt32LE(height, 22)
    bmp.writeUInt16LE(24, 28)
    expect((await decode(bmp)).asked).toEqual([width * height * 3 + bmp.length])
  })

  it('is refused to a bitmap that would need more than one photo may have', async () => {
    const bmp = Buffer.alloc(54)
    bmp.write('BM')
    bmp.writeUInt32LE(54, 10)
    bmp.writeUInt32LE(40, 14)
    bmp.writeInt32LE(17_000, 18)
    bmp.writeInt32LE(17_000, 22)
    bmp.writeUInt16LE(24, 28)
    folder.write('bomb.bmp', bmp)
    const problem = await folder.problem('bomb.bmp')
    expect(problem.kind).toBe('too-large')
    expect(problem.reason).toContain('17000 × 17000')
  })

  it('suffices for two large pictures only one after the other', async () => {
    const total = 200 * megabyte
    const [account, share] = [openAccount(total), openShare()]
    const memory = sharedMemory(account, share, total)
    const order: string[] = []
    const large = (name: string): Promise<void> =>
      memory.hold(150 * megabyte, async () => {
        order.push(`${name} begins`)
        await new Promise(setImmediate)
        order.push(`${name} ends`)
      })
    await Promise.all([large('one'), large('two')])
    expect(order).toEqual(['one begins', 'one ends', 'two begins', 'two ends'])
  })
})

describe('a large AVIF', () => {
  const hdr = sharedPath(
    'photos',
    'corpus',
    'immich-test-assets',
    'formats',
    'avif',
    '10bit-HDR-P3-nclx.avif',
  )

  it('of 21 megapixels and 10 bits has its memory set aside, all of what two threads share', async () => {
    const bytes = readFileSync(hdr)
    const { decoded, asked } = await decode(bytes)
    expect(decoded).toMatchObject({ width: 3681, height: 5594, damaged: null, turn: 1 })
    expect(asked).toEqual([3681 * 5594 * 26 + bytes.length])
    expect(asked[0]).toBeGreaterThan(memoryForDecoding(2))
  })

  it('that is cut is told to be damaged', async () => {
    const whole = readFileSync(hdr)
    folder.write('cut.avif', whole.subarray(0, whole.length * 0.6))
    expect(await folder.problem('cut.avif')).toMatchObject({ kind: 'damaged' })
  })

  it.each([
    ['is larger than it states', 64, 48, 'damaged', 'exceeds the maximum image size'],
    ['would need more memory than one photo may have', 6000, 6000, 'too-large', 'MB of memory'],
  ])('that %s is refused with its size', async (_, width, height, kind, reason) => {
    folder.write('other.avif', statesSize(readFileSync(hdr), 'avif', width, height))
    const problem = await folder.problem('other.avif')
    expect(problem.kind).toBe(kind)
    expect(problem.reason).toContain(reason)
  })

  it('asks for less when the file says that its samples are fewer', async () => {
    expect(await askedForAvif({ chromaSubsampling: '4:2:0' })).toBe(17)
    expect(await askedForAvif({ chromaSubsampling: '4:4:4' })).toBe(20)
    expect(await askedForAvif({ chromaSubsampling: '4:4:4', bitdepth: 10 })).toBe(26)
  })
})

describe('a size beyond what libvips can count', () => {
  const far = 134_217_928

  it.each(['png', 'tiff', 'avif'] as const)(
    'stated by a %s is refused before libvips sees the file',
    async (format) => {
      folder.write(
        `far.${format}`,
        statesSize(await picture(64, 48).toFormat(format).toBuffer(), format, 64, far),
      )
      expect(await folder.problem(`far.${format}`)).toEqual({
        kind: 'too-large',
        reason: `The picture has 64 × ${far} pixels; no side may be longer than 131072.`,
      })
    },
  )

  it('stated by a WebP or a BigTIFF, too', async () => {
    folder.write('far.webp', statesSize(await picture(64, 48).webp().toBuffer(), 'webp', 64, 16_000_000))
    folder.write('far.tif', bigTiff(far, 7, 'II'))
    expect((await folder.problem('far.webp')).reason).toContain('64 × 16000000')
    expect((await folder.problem('far.tif')).reason).toContain(`${far} × 7`)
  })
})
