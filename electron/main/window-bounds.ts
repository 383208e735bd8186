import type { WindowBounds } from './window-state.ts'

interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export const leastSize = { width: 640, height: 480 }
const usualSize = { width: 1280, height: 860 }

/**
 * Where the window opens. Saved bounds hold only while they lie fully inside a display's work area (pixels):
 * a monitor may be gone or smaller now. Otherwise the usual size, as far as it fits, wherever the system likes.
 */
export function windowBounds(
  saved: WindowBounds | null,
  workAreas: readonly Area[],
): { width: number; height: number; x?: number; y?: number } {
  if (saved !== null && saved.width >= leastSize.width && saved.height >= leastSize.height) {
    const fits = workAreas.some(
      (area) =>
        saved.x >= area.x &&
        saved.y >= area.y &&
        saved.x + saved.width <= area.x + area.width &&
        saved.y + saved.height <= area.y + area.height,
    )
    if (fits) return { x: saved.x, y: saved.y, width: saved.width, height: saved.height }
  }
  const [first] = workAreas
  return {
    width: Math.min(usualSize.width, first?.width ?? usualSize.width),
    height: Math.min(usualSize.height, first?.height ?? usualSize.height),
  }
}
