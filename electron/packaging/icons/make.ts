import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'

/** Makes the icons of all three systems from `icon.svg` into `dist/icons`, where electron-builder looks for them. */
const source = readFileSync(join(import.meta.dirname, 'icon.svg'))
const target = join(import.meta.dirname, '../../../dist/icons')

const png = (side: number): Promise<Buffer> =>
  sharp(source, { density: (72 * side) / 256 })
    .resize(side, side)
    .png({ compressionLevel: 9 })
    .toBuffer()

/** Windows: a directory of PNG entries (https://learn.microsoft.com/windows/win32/menurc/iconheader). A side of 256 is written as 0. */
function ico(entries: readonly { side: number; bytes: Buffer }[]): Buffer {
  const header = Buffer.alloc(6 + 16 * entries.length)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(entries.length, 4)
  let offset = header.length
  entries.forEach(({ side, bytes }, index) => {
    const at = 6 + 16 * index
    header.writeUInt8(side % 256, at)
    header.writeUInt8(side % 256, at + 1)
    header.writeUInt16LE(1, at + 4)
    header.writeUInt16LE(32, at + 6)
    header.writeUInt32LE(bytes.length, at + 8)
    header.writeUInt32LE(offset, at + 12)
    offset += bytes.length
  })
  return Buffer.concat([header, ...entries.map((entry) => entry.bytes)])
}

/** macOS: typed chunks, PNG inside; the types name side and density (ic10 is 512 px at 2×). */
function icns(entries: readonly { type: string; bytes: Buffer }[]): Buffer {
  const chunks = entries.map(({ type, bytes }) => {
    const head = Buffer.alloc(8)
    head.write(type, 'latin1')
    head.writeUInt32BE(bytes.length + 8, 4)
    return Buffer.concat([head, bytes])
  })
  const body = Buffer.concat(chunks)
  const head = Buffer.alloc(8)
  head.write('icns', 'latin1')
  head.writeUInt32BE(body.length + 8, 4)
  return Buffer.concat([head, body])
}

const icoSides = [16, 24, 32, 48, 64, 128, 256]
const icnsTypes = { ic11: 32, ic12: 64, ic07: 128, ic13: 256, ic08: 256, ic14: 512, ic09: 512, ic10: 1024 }
const linuxSides = [16, 32, 48, 64, 128, 256, 512]

mkdirSync(join(target, 'linux'), { recursive: true })
writeFileSync(
  join(target, 'icon.ico'),
  ico(await Promise.all(icoSides.map(async (side) => ({ side, bytes: await png(side) })))),
)
writeFileSync(
  join(target, 'icon.icns'),
  icns(
    await Promise.all(
      Object.entries(icnsTypes).map(async ([type, side]) => ({ type, bytes: await png(side) })),
    ),
  ),
)
for (const side of linuxSides) writeFileSync(join(target, 'linux', `${side}x${side}.png`), await png(side))
writeFileSync(join(target, 'icon.png'), await png(1024))
