import sharp, { type Sharp } from 'sharp'
import { describe, expect, it } from 'vitest'
import { readHeif } from '../../../electron/core/imaging/containers/heif.ts'
import { standardLimits } from '../../../electron/core/imaging/limits.ts'
import { readPhoto } from '../../../electron/core/imaging/read-photo.ts'
import { renderView } from '../../../electron/core/imaging/view.ts'
import { box, fileType, imir, irot } from '../../fixtures/heif.ts'
import { photoFolder } from '../../fixtures/imaging.ts'

const folder = photoFolder()

type Side = 'top' | 'bottom' | 'left' | 'right'

/** EXIF 2.32, tag 0x0112: the sides of the upright picture where the first row and the first column of the stored one are. */
const firstRowAndColumn: readonly (readonly [orientation: number, row: Side, column: Side])[] = [
  [1, 'top', 'left'],
  [2, 'top', 'right'],
  [3, 'bottom', 'right'],
  [4, 'bottom', 'left'],
  [5, 'left', 'top'],
  [6, 'right', 'top'],
  [7, 'right', 'bottom'],
  [8, 'left', 'bottom'],
]
const opposite = { top: 'bottom', bottom: 'top', left: 'right', right: 'left' } as const

const colours = {
  red: [230, 30, 30],
  green: [30, 200, 30],
  blue: [30, 30, 230],
  white: [240, 240, 240],
} as const
type Colour = keyof typeof colours

/** A stored picture, twice as wide as high, with a colour in each quarter: red and green above, blue and white below. */
function quarters(height: number): Sharp {
  const width = 2 * height
  const data = Buffer.alloc(width * height * 3)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [above, below] = x < height ? (['red', 'blue'] as const) : (['green', 'white'] as const)
      data.set(colours[y < height / 2 ? above : below], (y * width + x) * 3)
    }
  }
  return sharp(data, { raw: { width, height, channels: 3 } })
}

/** Where the colours of the quarters are to be seen: the corners from left to right, first the upper ones. */
function cornersOf(row: Side, column: Side): Colour[] {
  const seen = (colour: Colour, ...sides: readonly Side[]) => ({ colour, sides })
  const stored = [
    seen('red', row, column),
    seen('green', row, opposite[column]),
    seen('blue', opposite[row], column),
    seen('white', opposite[row], opposite[column]),
  ]
  const at = (...sides: readonly Side[]) =>
    stored.find((corner) => sides.every((side) => corner.sides.includes(side)))?.colour ?? 'red'
  return [at('top', 'left'), at('top', 'right'), at('bottom', 'left'), at('bottom', 'right')]
}

/** The colours in the middle of the four quarters, in the same order. */
function cornersSeen(rgb: Uint8Array, width: number, height: number): (Colour | undefined)[] {
  const places = [1, 3].flatMap((y) => [1, 3].map((x) => [x, y] as const))
  return places.map(([x, y]) => {
    const at = (Math.floor((y * height) / 4) * width + Math.floor((x * width) / 4)) * 3
    const names = Object.keys(colours) as Colour[]
    return names.find((name) =>
      colours[name].every((value, channel) => Math.abs(value - (rgb[at + channel] ?? 0)) < 40),
    )
  })
}

async function cornersOfJpeg(jpeg: Uint8Array) {
  const { data, info } = await sharp(jpeg).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  return { corners: cornersSeen(data, info.width, info.height), lies: info.width > info.height }
}

/** Files by how they are decoded. */
const kinds = [
  ['a small JPEG', 100, 'jpeg'],
  ['a large JPEG', 800, 'jpeg'],
  ['a PNG', 100, 'png'],
  ['a WebP', 100, 'webp'],
  ['a TIFF', 100, 'tiff'],
] as const

describe.each(firstRowAndColumn)('a photo of orientation %i', (orientation, row, column) => {
  it.each(kinds)('stands upright for people and the model: %s', async (_, height, format) => {
    const file = await quarters(height).withMetadata({ orientation }).toFormat(format).toBuffer()
    const path = folder.write(`${orientation}-${height}.${format}`, file)
    const reading = await folder.read(`${orientation}-${height}.${format}`)
    const corners = cornersOf(row, column)
    const lies = orientation < 5
    expect(cornersSeen(reading.modelInput, 224, 224)).toEqual(corners)
    expect(await cornersOfJpeg(reading.thumbnail)).toEqual({ corners, lies })
    expect(reading).toMatchObject({
      orientation,
      width: lies ? 2 * height : height,
      height: lies ? height : 2 * height,
    })
    const view = await renderView(path, 300, standardLimits)
    if (!view.ok) throw new Error(view.problem.reason)
    expect(await cornersOfJpeg(view.jpeg)).toEqual({ corners, lies })
  })

  it('stands as the library turned it, whatever the file says', async () => {
    const file = await quarters(100).withMetadata({ orientation }).jpeg().toBuffer()
    const path = folder.write(`turned-${orientation}.jpg`, file)
    const corners = cornersOf('left', 'bottom')
    const view = await renderView(path, 300, standardLimits, 8)
    if (!view.ok) throw new Error(view.problem.reason)
    expect(await cornersOfJpeg(view.jpeg)).toEqual({ corners, lies: false })
    const outcome = await readPhoto(path, standardLimits, { orientation: 8 })
    if (!outcome.ok) throw new Error(outcome.problem.reason)
    expect(cornersSeen(outcome.reading.modelInput, 224, 224)).toEqual(corners)
  })
})

const packet = (orientation: number) =>
  `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="${orientation}"/></rdf:RDF></x:xmpmeta>`

describe('an orientation that EXIF does not tell', () => {
  const [, row, column] = firstRowAndColumn[5] ?? [0, 'top', 'left']
  const standing = { orientation: 6, width: 100, height: 200 }

  it.each(['jpeg', 'png', 'webp'] as const)('may stand in XMP: %s', async (format) => {
    folder.write(`xmp.${format}`, await quarters(100).withXmp(packet(6)).toFormat(format).toBuffer())
    const reading = await folder.read(`xmp.${format}`)
    expect(reading).toMatchObject(standing)
    expect(cornersSeen(reading.modelInput, 224, 224)).toEqual(cornersOf(row, column))
  })

  it('may stand in a sidecar, whose word counts before that of EXIF', async () => {
    folder.write('beside.jpg', await quarters(100).withMetadata({ orientation: 3 }).jpeg().toBuffer())
    folder.write('beside.jpg.xmp', packet(6))
    const reading = await folder.read('beside.jpg')
    expect(reading).toMatchObject(standing)
    expect(cornersSeen(reading.modelInput, 224, 224)).toEqual(cornersOf(row, column))
  })
})

/** What a HEIC file says of its only picture when the given steps lead from the stored to the upright one. */
function heifOf(steps: readonly Buffer[]): Buffer {
  const version = Buffer.alloc(4)
  const item = Buffer.from([0, 1])
  const order = steps.map((_, index) => index + 1)
  const associations = box(
    'ipma',
    version,
    Buffer.from([0, 0, 0, 1]),
    item,
    Buffer.from([steps.length, ...order]),
  )
  const properties = box('iprp', box('ipco', ...steps), associations)
  return Buffer.concat([
    fileType(['heic', 'mif1']),
    box('meta', version, box('pitm', version, item), properties),
  ])
}

type Corners = readonly [topLeft: Colour, topRight: Colour, bottomLeft: Colour, bottomRight: Colour]
type Step = readonly [name: string, box: Buffer, moved: (corners: Corners) => Corners]

const anticlockwise = ([topLeft, topRight, bottomLeft, bottomRight]: Corners): Corners => [
  topRight,
  bottomRight,
  topLeft,
  bottomLeft,
]
/** ISO/IEC 23008-12, 6.5.10 and 6.5.12. */
const steps: readonly Step[] = [
  ['no turn', irot(0), (corners) => corners],
  ['a quarter turn', irot(1), anticlockwise],
  ['half a turn', irot(2), (corners) => anticlockwise(anticlockwise(corners))],
  ['three quarter turns', irot(3), (corners) => anticlockwise(anticlockwise(anticlockwise(corners)))],
  ['top for bottom', imir(0), ([one, two, three, four]) => [three, four, one, two]],
  ['left for right', imir(1), ([one, two, three, four]) => [two, one, four, three]],
]

describe('the orientation of a HEIC', () => {
  const pairs = steps.flatMap((first) => steps.map((second) => [first[0], second[0], first, second] as const))

  it.each(pairs)('is what its properties amount to: %s, then %s', (_name, _then, first, second) => {
    const { orientation } = readHeif(heifOf([first[1], second[1]]))
    const [, row, column] = firstRowAndColumn[orientation - 1] ?? [0, 'top', 'left']
    expect(cornersOf(row, column)).toEqual(second[2](first[2](['red', 'green', 'blue', 'white'])))
  })
})
