import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, symlinkSync, truncateSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { standardLimits } from '../../../electron/core/imaging/limits.ts'
import { photoFolder, picture } from '../../fixtures/imaging.ts'

const folder = photoFolder()

/** A PNG that says it is larger than it is. */
async function inflatedPng(width: number, height: number, progressive = false): Promise<Buffer> {
  const png = await picture(64, 64).png({ progressive }).toBuffer()
  png.writeUInt32BE(width, 16)
  png.writeUInt32BE(height, 20)
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29)
  return png
}

describe('files that are no photos', () => {
  it('each have a reason of their own', async () => {
    folder.write('zero.jpg', '')
    folder.write('text.jpg', 'Dear diary')
    mkdirSync(folder.path('folder.jpg'))
    folder.write('layers.psd', '8BPS\0\x01')
    folder.write('clip.mp4', Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom'))
    folder.write('page.pdf', '%PDF-1.7\n')
    const names = ['zero.jpg', 'text.jpg', 'folder.jpg', 'layers.psd', 'clip.mp4', 'page.pdf', 'gone.jpg']
    const problems = await Promise.all(names.map((name) => folder.problem(name)))
    expect(problems.map(({ kind }) => kind)).toEqual([
      'empty',
      'not-an-image',
      'not-an-image',
      'unsupported',
      'unsupported',
      'not-an-image',
      'vanished',
    ])
    expect(new Set(problems.map(({ reason }) => reason)).size).toBe(names.length)
  })

  it.each([
    ['JPEG 2000', '\0\0\0\x0cjP  \r\n\x87\n'],
    ['JPEG 2000', '\xff\x4f\xff\x51'],
    ['portable pixmap', 'P6\n8 8\n255\n'],
    ['portable pixmap', 'P2\n# grey\n8 8\n255\n'],
    ['Photoshop', '8BPS\0\x01'],
    ['OpenEXR', '\x76\x2f\x31\x01'],
    ['QOI', 'qoif'],
  ])('%s is named as what cannot be shown yet', async (name, start) => {
    folder.write('known.img', Buffer.from(start.padEnd(200, '\0'), 'latin1'))
    const { kind, reason } = await folder.problem('known.img')
    expect(kind).toBe('unsupported')
    expect(reason).toContain(name)
    expect(reason).toContain('cannot show yet')
  })

  it('an empty file has no content hash that could match another', async () => {
    folder.write('empty.jpg', '')
    const { readPhoto } = await import('../../../electron/core/imaging/read-photo.ts')
    expect(await readPhoto(folder.path('empty.jpg'), standardLimits)).toMatchObject({ contentHash: null })
  })

  it.runIf(process.platform !== 'win32')(
    'a pipe, a link in a circle and a link to nowhere keep nobody waiting',
    async () => {
      execFileSync('/usr/bin/env', ['mkfifo', folder.path('pipe.jpg')])
      symlinkSync('circle.jpg', folder.path('circle.jpg'))
      symlinkSync('nowhere', folder.path('dangling.jpg'))
      expect(await folder.problem('pipe.jpg')).toMatchObject({ kind: 'not-an-image' })
      expect(await folder.problem('circle.jpg')).toMatchObject({ kind: 'unreadable' })
      expect(await folder.problem('dangling.jpg')).toMatchObject({ kind: 'vanished' })
    },
  )

  it('a forbidden file says so', async () => {
    folder.write('forbidden.jpg', await picture().jpeg().toBuffer())
    chmodSync(folder.path('forbidden.jpg'), 0)
    // Nothing is forbidden to root, so root reads as nobody.
    const root = process.geteuid?.() === 0
    if (root) process.seteuid?.(65_534)
    const problem = await folder.problem('forbidden.jpg').finally(() => {
      if (root) process.seteuid?.(0)
    })
    expect(problem).toMatchObject({ kind: 'unreadable' })
  })
})

describe('damaged photos', () => {
  it('are read as far as they go and marked, small or large', async () => {
    for (const side of [400, 2000]) {
      const jpeg = await picture(side, side).jpeg().toBuffer()
      folder.write('half.jpg', jpeg.subarray(0, jpeg.length / 2))
      const reading = await folder.read('half.jpg')
      expect(reading).toMatchObject({ width: side, height: side })
      expect(reading.damaged).toMatch(/^The file is damaged and was read as far as it goes: .+\.$/)
    }
  })

  it('that other programs open are opened here', async () => {
    const jpeg = await picture(400, 300).jpeg().toBuffer()
    const flipped = Buffer.from(jpeg)
    const at = Math.floor(jpeg.length * 0.6)
    flipped[at] = (flipped[at] ?? 0) ^ 0x55
    folder.write('flipped.jpg', flipped)
    folder.write(
      'padded.jpg',
      Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, 0xff]), jpeg.subarray(2)]),
    )
    expect(await folder.read('flipped.jpg')).toMatchObject({ width: 400 })
    expect(await folder.read('padded.jpg')).toMatchObject({ width: 400, damaged: null })
  })

  it('without any pixel are a problem, not a grey photo', async () => {
    const jpeg = await picture().jpeg().toBuffer()
    folder.write('header.jpg', jpeg.subarray(0, 300))
    expect(await folder.problem('header.jpg')).toMatchObject({ kind: 'damaged' })
    folder.write('zeros.jpg', Buffer.alloc(10_000))
    expect(await folder.problem('zeros.jpg')).toMatchObject({ kind: 'damaged' })
  })

  it.each(['png', 'webp', 'tiff', 'gif', 'avif'] as const)(
    'a cut %s is told, not silently taken',
    async (format) => {
      const whole = await picture(300, 300).toFormat(format).toBuffer()
      folder.write(`cut.${format}`, whole.subarray(0, whole.length * 0.6))
      const outcome = await folder.read(`cut.${format}`).then(
        (reading) => reading.damaged,
        (error: Error) => error.message,
      )
      expect(outcome).toMatch(/damaged/)
    },
  )
})

describe('limits', () => {
  it('refuse more pixels than allowed, on every path', async () => {
    const few = { ...standardLimits, maxPixels: 10_000 }
    for (const format of ['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif'] as const) {
      folder.write(`big.${format}`, await picture().toFormat(format).toBuffer())
      const problem = await folder.problem(`big.${format}`, few)
      expect(problem).toMatchObject({ kind: 'too-large' })
      expect(problem.reason).toContain('300 × 200')
    }
  })

  it('refuse files beyond the allowed bytes without reading them', async () => {
    folder.write('sparse.jpg', 'x')
    truncateSync(folder.path('sparse.jpg'), 5_000_000_000)
    expect(await folder.problem('sparse.jpg')).toMatchObject({ kind: 'too-large' })
  })

  it('stop bombs: little to read, much to unpack', async () => {
    folder.write('bomb.png', await inflatedPng(20_000, 20_000))
    folder.write('ribbon.png', await inflatedPng(32, 3_000_000))
    folder.write('interlaced.png', await inflatedPng(17_000, 17_000, true))

    const webp = await picture(64, 64).webp({ lossless: true }).toBuffer()
    webp.writeUInt32LE(((webp.readUInt32LE(21) & 0xf0000000) | 16_000 | (16_000 << 14)) >>> 0, 21)
    folder.write('bomb.webp', webp)

    const tiff = await picture(64, 64).tiff({ compression: 'deflate' }).toBuffer()
    const directory = tiff.readUInt32LE(4)
    for (let entry = directory + 2; entry < directory + 2 + tiff.readUInt16LE(directory) * 12; entry += 12) {
      const tag = tiff.readUInt16LE(entry)
      if (tag === 0x100 || tag === 0x101) tiff.writeUInt16LE(12_000, entry + 8)
    }
    folder.write('bomb.tiff', tiff)

    const jpeg = await picture(64, 64).jpeg({ progressive: true }).toBuffer()
    const frame = jpeg.indexOf(Buffer.from([0xff, 0xc2]))
    jpeg.writeUInt16BE(15_000, frame + 5)
    jpeg.writeUInt16BE(15_000, frame + 7)
    folder.write('bomb.jpg', jpeg)

    for (const name of ['bomb.png', 'ribbon.png', 'interlaced.png', 'bomb.webp', 'bomb.tiff', 'bomb.jpg']) {
      const problem = await folder.problem(name)
      expect(problem).toMatchObject({ kind: 'too-large' })
      expect(problem.reason).toMatch(/\d+ × \d+/)
    }
  })

  it('let a large scan pass that can be decoded row by row', async () => {
    const scan = sharp({ create: { width: 16_000, height: 12_000, channels: 3, background: '#888' } })
    folder.write('scan.jpg', await scan.jpeg().toBuffer())
    expect(await folder.read('scan.jpg')).toMatchObject({ width: 16_000, height: 12_000 })
  })
})
