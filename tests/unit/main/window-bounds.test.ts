import { describe, expect, it } from 'vitest'
import { windowBounds } from '../../../electron/main/window-bounds.ts'

const one = [{ x: 0, y: 0, width: 1920, height: 1040 }]
const two = [...one, { x: 1920, y: 0, width: 1280, height: 984 }]
const saved = { x: 2000, y: 50, width: 1000, height: 800, maximized: false }

describe('where the window opens', () => {
  it('is where it was', () => {
    expect(windowBounds(saved, two)).toEqual({ x: 2000, y: 50, width: 1000, height: 800 })
  })

  it('is the usual place when its monitor is gone', () => {
    expect(windowBounds(saved, one)).toEqual({ width: 1280, height: 860 })
  })

  it('is the usual place when it would reach off the screen or be too small to use', () => {
    expect(windowBounds({ ...saved, x: 2500 }, two)).toEqual({ width: 1280, height: 860 })
    expect(windowBounds({ ...saved, width: 20 }, two)).toEqual({ width: 1280, height: 860 })
  })

  it('fits a small screen the first time', () => {
    expect(windowBounds(null, [{ x: 0, y: 0, width: 1024, height: 700 }])).toEqual({
      width: 1024,
      height: 700,
    })
  })
})
