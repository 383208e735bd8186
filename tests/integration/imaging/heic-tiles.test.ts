import { describe, expect, it, vi } from 'vitest'
import { readHeif } from '../../../electron/core/imaging/containers/heif.ts'
import type { DecodeRequest } from '../../../electron/core/imaging/decode/decoded.ts'
import { decodeHeicTiles } from '../../../electron/core/imaging/decode/heic-tiles.ts'
import { decodeHeicWhole } from '../../../electron/core/imaging/decode/heic-whole.ts'
import { unsharedMemory } from '../../../electron/core/imaging/decode/memory-account.ts'
import { uprightWithin } from '../../../electron/core/imaging/decode/orient.ts'
import { heic as format } from '../../../electron/core/imaging/formats/heic.ts'
import { standardLimits } from '../../../electron/core/imaging/limits.ts'
import type { Raster } from '../../../electron/core/imaging/photo-reading.ts'
import { clap, heic, heicGrid, heicSide, imir, irot, nclx } from '../../fixtures/heif.ts'

// From before the decoder is loaded, which would keep the original.
const complaints = vi.spyOn(console, 'error')

const request = (side: number): DecodeRequest => ({ side, limits: standardLimits, memory: unsharedMemory })

/** Both ways to the same upright picture. */
async function bothWays(file: Buffer, side: number): Promise<[tiles: Raster, whole: Raster]> {
  const tiles = await decodeHeicTiles(file, request(side))
  if (tiles === null) throw new Error('It cannot be read by tiles.')
  const whole = await decodeHeicWhole(file, request(side), null)
  const turned = uprightWithin({ ...tiles, turn: readHeif(file).orientation }, side)
  return [turned, uprightWithin({ ...whole, turn: 1 }, side)]
}

/** Mean difference of a channel, 0–255. */
function difference(one: Raster, other: Raster): number {
  expect([one.width, one.height]).toEqual([other.width, other.height])
  return (
    one.data.reduce((sum, value, at) => sum + Math.abs(value - (other.data[at] ?? 0)), 0) / one.data.length
  )
}

/** Bytes that are set aside while a file is decoded to 512 pixels, in turn. */
async function asked(file: Buffer): Promise<number[]> {
  const all: number[] = []
  const hold = <Value>(bytes: number, work: () => Promise<Value>): Promise<Value> => {
    all.push(bytes)
    return work()
  }
  await format.open(file, 'x').decode({ ...request(512), memory: { hold } })
  return all
}

const grid = { columns: 3, rows: 2, width: 3 * heicSide, height: 2 * heicSide }

describe('a HEIC that is decoded tile by tile', () => {
  it.each([
    ['of one piece', heic()],
    ['of one piece, turned', heic({ properties: [irot(1), imir(0)] })],
    ['of tiles', heicGrid(grid)],
    ['of one tile', heicGrid({ columns: 1, rows: 1, width: 150, height: 140 })],
    ['that ends within its last tiles', heicGrid({ ...grid, width: 400, height: 250 })],
    ['with odd sides', heicGrid({ ...grid, width: 401, height: 251 })],
    ['that needs not all of its tiles', heicGrid({ ...grid, width: 300, height: 150 })],
    ['that is turned', heicGrid({ ...grid, height: 250, properties: [irot(3)] })],
    ['that is mirrored and turned', heicGrid({ ...grid, height: 250, properties: [imir(1), irot(1)] })],
    ['whose tiles are turned', heicGrid({ ...grid, tileProperties: [irot(1)] })],
    ['of limited range', heicGrid({ ...grid, properties: [nclx(6, false)] })],
    ['of limited range and BT.709', heicGrid({ ...grid, properties: [nclx(1, false)] })],
    ['of BT.2020', heicGrid({ ...grid, properties: [nclx(9, true)] })],
    ['whose tiles tell their colours', heicGrid({ ...grid, tileProperties: [nclx(1, false)] })],
    ['of one piece that tells its colours', heic({ properties: [nclx(1, true)] })],
  ])('%s is the picture that libheif makes of it', async (_, file) => {
    for (const side of [1000, 200, 60]) {
      const [tiles, whole] = await bothWays(file, side)
      expect(difference(tiles, whole), `at ${side}`).toBeLessThan(1.5)
    }
  })

  it('sets aside what a tile takes, not what the picture takes', async () => {
    const sides = { columns: 20, rows: 10, width: 20 * heicSide, height: 10 * heicSide }
    const [needed, ...more] = await asked(heicGrid(sides))
    expect(more).toEqual([])
    expect(needed).toBeLessThan(24 * 2 ** 20 + (sides.width * sides.height * 6) / 4 + heicSide ** 2 * 6)
    // What has a clean aperture is decoded whole.
    const [whole] = await asked(heicGrid({ ...sides, properties: [clap(100, 100, 0, 0)] }))
    expect(whole).toBe(24 * 2 ** 20 + sides.width * sides.height * 8)
  })

  it('is turned by its format', async () => {
    const file = heicGrid({ ...grid, height: 250, properties: [irot(3)] })
    const decoded = await format.open(file, 'x').decode(request(100))
    expect(decoded).toMatchObject({ width: 480, height: 250, turn: 6 })
    expect(decoded.raster).toMatchObject({ width: 100, height: 52 })
  })

  it.each([
    ['of a coding of colours that is rare', heicGrid({ ...grid, properties: [nclx(8, true)] })],
    ['of more tiles than there are', heicGrid({ ...grid, width: 5 * heicSide })],
  ])('%s is left to libheif', async (_, file) => {
    expect(await decodeHeicTiles(file, request(100))).toBeNull()
  })

  it('whose coded data are broken says so, and nothing else does', async () => {
    const file = heicGrid(grid)
    // The sizes of its blocks, of which libde265 complains.
    file[file.indexOf('hvcC') + 82] = 0x55
    await expect(format.open(file, 'x').decode(request(100))).rejects.toMatchObject({ kind: 'damaged' })
    expect(complaints).not.toHaveBeenCalled()
  })

  it.each([
    ['that do not exist', heicGrid({ ...grid, lastTile: 9 })],
    ['that is the grid itself', heicGrid({ ...grid, lastTile: 7 })],
  ])('of tiles %s is damaged', async (_, file) => {
    await expect(format.open(file, 'x').decode(request(100))).rejects.toMatchObject({ kind: 'damaged' })
    // The next is read as if nothing had been.
    await expect(format.open(heicGrid(grid), 'x').decode(request(100))).resolves.toMatchObject({ width: 480 })
  })
})
