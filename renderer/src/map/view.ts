import { areaText, type Area } from '../../../electron/core/contract/map.ts'

/**
 * The map is the world in Web Mercator: a square, from 0 to 1 in both directions, x to the east and y to the south. It
 * goes on beyond the date line, so that x may be any number; the middle of a view lies within the square.
 */
export interface View {
  readonly x: number
  readonly y: number
  /** The world is 512 pixels wide at 0 and twice as wide at each whole number more. */
  readonly zoom: number
}

export interface Size {
  readonly width: number
  readonly height: number
}

export interface Position {
  readonly latitude: number
  readonly longitude: number
}

/** Pixels of the world at zoom 0. */
const worldAtZero = 512
/** 0.15 metres to a pixel at the equator: a house fills the window. */
export const mostZoom = 18
/** The most northern and southern latitude of the square, degrees. */
const mostLatitude = 85.051_129
/** Of the earth along the equator, metres. */
const circumference = 40_075_016.686

/** Width of the world in pixels. */
export const worldWidth = (zoom: number): number => worldAtZero * 2 ** zoom

/** The zoom at which the world is that wide. */
export const zoomOf = (width: number): number => Math.log2(width / worldAtZero)

/** The world fills the window, and no photo is seen twice. */
export const leastZoom = ({ width, height }: Size): number => zoomOf(Math.max(width, height, 1))

export const xOf = (longitude: number): number => longitude / 360 + 0.5

export function yOf(latitude: number): number {
  const sine = Math.sin((Math.max(-mostLatitude, Math.min(mostLatitude, latitude)) * Math.PI) / 180)
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)
}

/** What lies at a place of the square; beyond the date line too. */
export function positionAt(x: number, y: number): Position {
  return {
    latitude: (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI,
    longitude: (within(x) - 0.5) * 360,
  }
}

/** From 0 up to 1: the same place of the world. */
export const within = (x: number): number => x - Math.floor(x)

/** The view that is allowed: neither too near nor too far, nothing beyond the poles. */
export function settled({ x, y, zoom }: View, size: Size): View {
  const near = Math.max(leastZoom(size), Math.min(mostZoom, zoom))
  const half = size.height / 2 / worldWidth(near)
  return { x: within(x), y: half > 0.5 ? 0.5 : Math.max(half, Math.min(1 - half, y)), zoom: near }
}

/** Where a place of the world is seen, pixels from the upper left corner; of its repetitions the one nearest to the middle. */
export function onScreen(
  { x, y, zoom }: View,
  { width, height }: Size,
  place: { readonly x: number; readonly y: number },
): readonly [left: number, top: number] {
  const pixels = worldWidth(zoom)
  const right = within(place.x - x + 0.5) - 0.5
  return [width / 2 + right * pixels, height / 2 + (place.y - y) * pixels]
}

/** The place of the square below a point of the screen. */
export function placeBelow({ x, y, zoom }: View, { width, height }: Size, left: number, top: number) {
  const pixels = worldWidth(zoom)
  return { x: within(x + (left - width / 2) / pixels), y: y + (top - height / 2) / pixels }
}

/** A stretch of the square; `right` may lie beyond the date line. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** What a view shows. @param more so many times its size is added on each side */
export function boxOf({ x, y, zoom }: View, { width, height }: Size, more = 0): Box {
  const pixels = worldWidth(zoom)
  const [across, down] = [(width * (0.5 + more)) / pixels, (height * (0.5 + more)) / pixels]
  return { left: x - across, top: y - down, right: x + across, bottom: y + down }
}

/** The view that shows all of a box, with some room around it, pixels. @param nearest the zoom it does not go beyond */
export function fitted({ left, top, right, bottom }: Box, size: Size, room = 64, nearest = closest): View {
  const across = Math.max(1, size.width - 2 * room) / Math.max(right - left, 1e-9)
  const down = Math.max(1, size.height - 2 * room) / Math.max(bottom - top, 1e-9)
  const zoom = Math.min(nearest, zoomOf(Math.min(across, down)))
  return settled({ x: (left + right) / 2, y: (top + bottom) / 2, zoom }, size)
}

/** A single photo is shown with its surroundings. */
const closest = 13

/** Decimals of degrees of which the last is a few pixels. */
const decimals = (zoom: number): number =>
  Math.max(0, Math.min(5, Math.floor(Math.log10(worldWidth(zoom) / 360))))

/** The value of `area:` for a box, in no more digits than can be seen, none of what is seen left out. */
export function areaOfBox({ left, top, right, bottom }: Box, zoom: number): string {
  const scale = 10 ** decimals(zoom)
  const down = (degrees: number) => Math.floor(degrees * scale) / scale
  const up = (degrees: number) => Math.ceil(degrees * scale) / scale
  const isWhole = right - left >= 1
  return areaText({
    south: bottom >= 1 ? -90 : down(positionAt(0, bottom).latitude),
    west: isWhole ? -180 : Math.max(-180, down(positionAt(left, 0).longitude)),
    north: top <= 0 ? 90 : up(positionAt(0, top).latitude),
    east: isWhole ? 180 : Math.min(180, up(positionAt(right, 0).longitude)),
  })
}

/** The area of a box as degrees. */
export function areaIn({ left, top, right, bottom }: Box): Area {
  const isWhole = right - left >= 1
  return {
    south: positionAt(0, Math.min(1, bottom)).latitude,
    west: isWhole ? -180 : positionAt(left, 0).longitude,
    north: positionAt(0, Math.max(0, top)).latitude,
    east: isWhole ? 180 : positionAt(right, 0).longitude,
  }
}

/** A bar of a round length. */
export interface ScaleBar {
  readonly metres: number
  readonly pixels: number
}

/** The longest of 1, 2, 5, 10 … metres that is no wider than so many pixels, where the middle of the view lies. */
export function scaleBar({ y, zoom }: View, widest: number): ScaleBar {
  const latitude = (positionAt(0, y).latitude * Math.PI) / 180
  const perPixel = (circumference * Math.cos(latitude)) / worldWidth(zoom)
  const power = 10 ** Math.floor(Math.log10(widest * perPixel))
  const step = [5, 2, 1].find((each) => each * power <= widest * perPixel) ?? 1
  return { metres: step * power, pixels: (step * power) / perPixel }
}
