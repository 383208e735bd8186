import { reactive, watch } from 'vue'

/** Seconds that a photo stays. */
export const slideSeconds = [3, 5, 10, 20] as const

export interface SlideshowSettings {
  seconds: number
  /** In an order made by chance. */
  isShuffled: boolean
}

const keptAs = 'kartoteka-slideshow'

function kept(): SlideshowSettings {
  let found: Partial<SlideshowSettings> = {}
  try {
    found = JSON.parse(localStorage.getItem(keptAs) ?? '{}') as Partial<SlideshowSettings>
  } catch {
    // What cannot be read is as if nothing were kept.
  }
  const seconds = slideSeconds.find((one) => one === found.seconds) ?? 5
  return { seconds, isShuffled: found.isShuffled === true }
}

/** As they were chosen last on this computer. */
export function useSlideshowSettings(): SlideshowSettings {
  const settings = reactive(kept())
  watch(settings, (now) => localStorage.setItem(keptAs, JSON.stringify(now)))
  return settings
}
