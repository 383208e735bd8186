import { placedLabels, type Room } from './town-labels.ts'
import type { MapTown } from '../../../electron/core/contract/map.ts'
import { boxOf, onScreen, worldWidth, xOf, yOf, type Size, type View } from './view.ts'
import { tileUnits, type World } from './world.ts'

/** Colours of the map as CSS writes them. */
export interface MapColours {
  readonly sea: string
  readonly land: string
  readonly border: string
  readonly name: string
  readonly dot: string
}

/** Towns, and what their names must leave free. */
export interface Names {
  readonly towns: readonly MapTown[]
  readonly taken: readonly Room[]
  readonly font: string
}

/** Draws sea, land, borders and names of towns, and dots for the photos that have no marker. */
export function drawMap(
  canvas: CanvasRenderingContext2D,
  { view, size, ratio }: { readonly view: View; readonly size: Size; readonly ratio: number },
  world: World | null,
  { sea, land, border, name, dot }: MapColours,
  { towns, taken, font }: Names,
  dots: readonly { readonly x: number; readonly y: number }[],
): void {
  canvas.setTransform(ratio, 0, 0, ratio, 0, 0)
  canvas.fillStyle = sea
  canvas.fillRect(0, 0, size.width, size.height)
  if (world !== null) {
    const tiles = [...tilesIn(view, size)]
    // Land first: the tiles overlap a little, and must not cover the borders of their neighbours.
    for (const part of ['land', 'borders'] as const)
      for (const { zoom, column, row, left, top, width } of tiles) {
        const path = world.tile(zoom, column, row)?.[part]
        if (path === undefined) continue
        const scale = (ratio * width) / tileUnits
        canvas.setTransform(scale, 0, 0, scale, left * ratio, top * ratio)
        if (part === 'land') {
          canvas.fillStyle = land
          // Rings within land are lakes.
          canvas.fill(path, 'evenodd')
        } else {
          canvas.strokeStyle = border
          canvas.lineWidth = tileUnits / width
          canvas.stroke(path)
        }
      }
  }
  canvas.setTransform(ratio, 0, 0, ratio, 0, 0)
  canvas.font = font
  canvas.textAlign = 'center'
  canvas.textBaseline = 'middle'
  const seen = towns.flatMap((town) => {
    const [x, y] = onScreen(view, size, { x: xOf(town.longitude), y: yOf(town.latitude) })
    return x < 0 || y < 0 || x > size.width || y > size.height ? [] : [{ town, x, y }]
  })
  const labels = placedLabels(seen, taken, (text) => canvas.measureText(text).width)
  canvas.lineJoin = 'round'
  canvas.lineWidth = 3
  canvas.strokeStyle = land
  canvas.fillStyle = name
  for (const { name: text, x, y, textX, textY } of labels) {
    canvas.beginPath()
    canvas.arc(x, y, 2, 0, 2 * Math.PI)
    canvas.fill()
    canvas.strokeText(text, textX, textY)
    canvas.fillText(text, textX, textY)
  }
  canvas.fillStyle = dot
  for (const { x, y } of dots) {
    canvas.beginPath()
    canvas.arc(x, y, 4, 0, 2 * Math.PI)
    canvas.fill()
  }
}

interface SeenTile {
  readonly zoom: number
  readonly column: number
  readonly row: number
  readonly left: number
  readonly top: number
  /** Pixels. */
  readonly width: number
}

/** Tiles of a view, at the whole zoom below it, and where they are seen. */
function* tilesIn(view: View, size: Size): Generator<SeenTile> {
  const zoom = Math.max(0, Math.floor(view.zoom))
  const across = 2 ** zoom
  const width = worldWidth(view.zoom) / across
  const box = boxOf(view, size)
  const last = Math.min(across - 1, Math.floor(box.bottom * across))
  for (let row = Math.max(0, Math.floor(box.top * across)); row <= last; row += 1)
    for (let at = Math.floor(box.left * across); at <= Math.floor(box.right * across); at += 1)
      yield {
        zoom,
        column: ((at % across) + across) % across,
        row,
        left: size.width / 2 + (at / across - view.x) * worldWidth(view.zoom),
        top: size.height / 2 + (row / across - view.y) * worldWidth(view.zoom),
        width,
      }
}
