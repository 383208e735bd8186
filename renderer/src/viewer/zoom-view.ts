import { zoomIdentity, type ZoomTransform } from 'd3-zoom'

/** What is seen of a picture, whatever its shape and that of its stage. */
export interface ZoomView {
  /** 1: the whole picture fits the stage. */
  readonly scale: number
  /** What lies in the middle of the stage, as shares of the picture. */
  readonly across: number
  readonly down: number
}

/** The fitted picture on its stage, in CSS pixels. */
interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** @param stage its width and height in CSS pixels */
export function viewOf(
  { x, y, k }: Pick<ZoomTransform, 'x' | 'y' | 'k'>,
  box: Box,
  [width, height]: readonly [number, number],
): ZoomView {
  return {
    scale: k,
    across: ((width / 2 - x) / k - box.left) / Math.max(1, box.width),
    down: ((height / 2 - y) / k - box.top) / Math.max(1, box.height),
  }
}

/** The way back. */
export function transformOf(
  { scale, across, down }: ZoomView,
  box: Box,
  [width, height]: readonly [number, number],
): ZoomTransform {
  const x = width / 2 - scale * (box.left + across * box.width)
  const y = height / 2 - scale * (box.top + down * box.height)
  return zoomIdentity.translate(x, y).scale(scale)
}
