import { describe, expect, it } from 'vitest'
import { ref, shallowRef } from 'vue'
import type { OwnPixels } from '../../../electron/core/contract/own-pixels.ts'
import type { WallPhoto } from '../../../electron/core/contract/values.ts'
import { wallPhoto } from '../../fixtures/contract-values.ts'
import { inComponent, openWindow, settled } from '../../fixtures/scripted-shell.ts'
import { useOwnPixels } from '../../../renderer/src/viewer/use-own-pixels.ts'

const large: WallPhoto = { ...wallPhoto(7), width: 8000, height: 6000 }
const whole: OwnPixels = { kind: 'whole', isStored: true, isAnimated: false, turn: 0 }
const preview = { width: 3840, height: 2880 }

function shown(answer: OwnPixels, one: WallPhoto = large, plays = true) {
  const shell = openWindow({ getOwnPixels: () => answer })
  const photo = shallowRef<WallPhoto | null>(one)
  const across = ref(1000)
  const { value: own } = inComponent(() => useOwnPixels(photo, across, plays))
  return { shell, photo, across, own }
}

describe('a photo at its own size', () => {
  it('is not asked for while the preview holds all that is seen', async () => {
    const { shell, own } = shown(whole)
    own.onPreview(preview)
    await settled()
    expect(shell.asked('getOwnPixels')).toEqual([])
    expect(own.original.value).toBeNull()
  })

  it('is asked for once when more is seen, and stays while the photo does', async () => {
    const { shell, photo, across, own } = shown(whole)
    own.onPreview(preview)
    across.value = 5000
    await settled()
    expect(own.original.value).toEqual({ source: 'media/original/7?v=v7', turn: 0 })
    across.value = 1000
    await settled()
    across.value = 6000
    await settled()
    expect(own.original.value).not.toBeNull()
    expect(shell.asked('getOwnPixels')).toEqual([{ id: 7 }])
    photo.value = { ...large, id: 8 }
    await settled()
    expect(own.original.value).toBeNull()
    photo.value = large
    own.onPreview(preview)
    await settled()
    expect(own.original.value).not.toBeNull()
  })

  it('is not fetched where it would be the preview once more', async () => {
    const { across, own } = shown({ ...whole, isStored: false })
    own.onPreview(large)
    across.value = 9000
    await settled()
    expect(own.original.value).toBeNull()
    expect(own.only.value).toBeNull()
    own.onPreview(preview)
    expect(own.original.value).not.toBeNull()
  })

  it('is never that of the photo before, however late the answer comes', async () => {
    const { shell, photo, across, own } = shown(whole)
    const late = Promise.withResolvers<OwnPixels>()
    shell.answer({ getOwnPixels: () => late.promise })
    own.onPreview(preview)
    across.value = 5000
    await settled()
    photo.value = { ...large, id: 8 }
    late.resolve(whole)
    await settled()
    expect(own.original.value).toBeNull()
  })
})

describe('what is said where there is only a preview', () => {
  it.each(['offline', 'missing', 'changed', 'too-large', 'unreadable'] as const)(
    'is why, and how large that is: %s',
    async (why) => {
      const { across, own } = shown({ kind: 'preview', why, detail: null })
      own.onPreview(preview)
      await settled()
      expect(own.only.value).toBeNull()
      across.value = 5000
      await settled()
      expect(own.only.value).toEqual({ why, ...preview })
      expect(own.original.value).toBeNull()
    },
  )

  it('is that what came cannot be shown, or is only what a camera put into a RAW file', async () => {
    const { across, own } = shown(whole)
    own.onPreview(preview)
    across.value = 5000
    await settled()
    own.onOriginal({ width: 1620, height: 1080 })
    expect(own.only.value).toEqual({ why: 'embedded', width: 1620, height: 1080 })
    own.onOriginal({ width: 6000, height: 8000 })
    expect(own.only.value).toBeNull()
    own.onBroken()
    expect(own.only.value).toMatchObject({ why: 'unreadable' })
    expect(own.original.value).toBeNull()
  })
})

describe('an animation', () => {
  const moving: WallPhoto = { ...large, animated: true }
  const answer: OwnPixels = { ...whole, isAnimated: true, turn: 90 }

  it('plays without being zoomed, and stands still when it is paused', async () => {
    const { own } = shown(answer, moving)
    await settled()
    expect(own.isAnimated.value).toBe(true)
    expect(own.original.value).toEqual({ source: 'media/original/7?v=v7', turn: 90 })
    expect(own.isStill.value).toBe(false)
    own.isPaused.value = true
    expect(own.isStill.value).toBe(true)
    expect(own.original.value).not.toBeNull()
  })

  it('that comes after a paused one is not fetched before it is started', async () => {
    const { photo, own } = shown(answer, moving)
    await settled()
    own.isPaused.value = true
    photo.value = { ...moving, id: 8 }
    await settled()
    expect(own.original.value).toBeNull()
    own.isPaused.value = false
    expect(own.original.value).not.toBeNull()
  })

  it('does not begin by itself where photos are compared, whatever is seen of it', async () => {
    const { across, own } = shown(answer, moving, false)
    own.onPreview(preview)
    across.value = 9000
    await settled()
    expect(own.original.value).toBeNull()
  })

  it('is not looked for in what does not move', async () => {
    const { shell } = shown(answer)
    await settled()
    expect(shell.asked('getOwnPixels')).toEqual([])
  })
})
