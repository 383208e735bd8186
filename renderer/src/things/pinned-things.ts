import { defineStore } from 'pinia'
import { computed } from 'vue'
import type { TermKey } from '../../../electron/core/contract/values.ts'
import { useSettings } from '../settings/settings.ts'

/** Things that the person wants in the rail for good, in the order in which they were pinned. */
export const usePinnedThings = defineStore('pinned-things', () => {
  const settings = useSettings()
  const terms = computed<readonly TermKey[]>(() => settings.settings?.pinnedThings ?? [])
  const change = (pinnedThings: TermKey[]): void => void settings.change({ pinnedThings })
  return {
    terms,
    isPinned: (term: TermKey): boolean => terms.value.includes(term),
    pin: (term: TermKey): void => {
      change([...terms.value.filter((other) => other !== term), term])
    },
    unpin: (term: TermKey): void => {
      change(terms.value.filter((other) => other !== term))
    },
  }
})
