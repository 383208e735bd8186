import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import type { OwnPixels, PreviewReason } from '../../../electron/core/contract/own-pixels.ts'
import type { WallPhoto } from '../../../electron/core/contract/values.ts'
import { api } from '../api.ts'

/** Pixels. */
export interface Size {
  readonly width: number
  readonly height: number
}

/** Why less is shown than the photo has, and how much that is. */
export interface OnlyPreview extends Size {
  readonly why: PreviewReason | 'embedded'
}

/** What is shown of a photo beyond its preview. */
export interface ShownOriginal {
  readonly source: string
  /** Degrees clockwise by which it is turned in the window. */
  readonly turn: 0 | 90 | 180 | 270
}

/** A preview that is a hair smaller than what is seen of it looks the same. */
const nearly = 0.99
/** A RAW file's own preview is often cropped by a few rows. */
const asGood = 0.95

/**
 * The photo at its own size: asked for once more of it is seen than the preview holds, or where it is an animation.
 * @param across CSS pixels that the whole photo is wide on the screen
 * @param plays whether an animation begins by itself
 */
export function useOwnPixels(photo: Ref<WallPhoto | null>, across: Ref<number>, plays: boolean) {
  const preview = shallowRef<Size | null>(null)
  const answer = shallowRef<OwnPixels | null>(null)
  const loaded = shallowRef<Size | null>(null)
  const isBroken = ref(false)
  const wanted = ref(false)
  /** An animation stands still. Who wants little to move on the screen starts it. */
  const isPaused = ref(!plays || matchMedia('(prefers-reduced-motion: reduce)').matches)
  const hasPlayed = ref(false)
  const key = computed(() => (photo.value === null ? null : `${photo.value.id} ${photo.value.version}`))

  let isAsked = false
  watch(
    key,
    () => {
      isAsked = false
      preview.value = null
      answer.value = null
      loaded.value = null
      isBroken.value = false
      wanted.value = false
      hasPlayed.value = false
    },
    { flush: 'sync' },
  )

  /** The preview has all pixels of the photo. */
  const isComplete = computed(
    () => preview.value !== null && photo.value !== null && preview.value.width >= photo.value.width,
  )
  const isShort = computed(
    () => preview.value !== null && across.value * devicePixelRatio > preview.value.width * nearly,
  )
  watch(isShort, (short) => {
    if (short) wanted.value = true
  })

  async function ask(): Promise<void> {
    const { value: now } = key
    if (photo.value === null || photo.value.state === 'failed' || isAsked) return
    if (!wanted.value && !(plays && photo.value.animated === true)) return
    isAsked = true
    const told = await api.getOwnPixels({ id: photo.value.id })
    if (now !== key.value) return
    answer.value = told.ok ? told.value : { kind: 'preview', why: 'unreadable', detail: told.error.message }
  }
  watch([key, wanted], ask, { immediate: true })

  const isAnimated = computed(() => answer.value?.kind === 'whole' && answer.value.isAnimated)
  const isStill = computed(() => isAnimated.value && isPaused.value)
  watch(
    [isAnimated, isPaused],
    () => {
      if (isAnimated.value && !isPaused.value) hasPlayed.value = true
    },
    { flush: 'sync' },
  )
  const original = computed<ShownOriginal | null>(() => {
    const { value: told } = answer
    if (photo.value === null || told?.kind !== 'whole' || isBroken.value) return null
    const isShown = told.isAnimated ? hasPlayed.value : wanted.value && (told.isStored || !isComplete.value)
    return isShown ? { source: api.mediaUrl('original', photo.value), turn: told.turn } : null
  })
  const only = computed<OnlyPreview | null>(() => {
    if (photo.value === null || !wanted.value) return null
    const { value: told } = answer
    if (told?.kind === 'preview' && preview.value !== null) return { why: told.why, ...preview.value }
    if (isBroken.value && preview.value !== null) return { why: 'unreadable', ...preview.value }
    const { width, height } = photo.value
    const longest = loaded.value === null ? null : Math.max(loaded.value.width, loaded.value.height)
    return loaded.value !== null && longest !== null && longest < Math.max(width, height) * asGood
      ? { why: 'embedded', ...loaded.value }
      : null
  })

  return {
    original,
    only,
    isAnimated,
    isPaused,
    /** It is an animation that is to stand still where it is. */
    isStill,
    /** To be called with what has come. */
    onPreview: (size: Size) => {
      preview.value = size
    },
    onOriginal: (size: Size) => {
      loaded.value = size
    },
    onBroken: () => {
      isBroken.value = true
    },
  }
}
