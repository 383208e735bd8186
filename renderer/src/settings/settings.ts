import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Settings } from '../../../electron/core/contract/values.ts'
import { api } from '../api.ts'
import { languageFor, speak } from '../i18n/i18n.ts'
import { useToasts } from '../notices/toasts.ts'
import { applyTheme } from '../theme/theme.ts'

/** What people chose, kept by the service; a change is shown at once and taken back if it could not be kept. */
export const useSettings = defineStore('settings', () => {
  const { attempt } = useToasts()
  const settings = shallowRef<Settings | null>(null)

  function take(next: Settings): void {
    settings.value = next
    applyTheme(next.theme)
    speak(languageFor(next.language))
  }

  async function load(): Promise<void> {
    const loaded = await attempt(api.getSettings())
    if (loaded !== null) take(loaded)
  }

  async function change(part: Partial<Settings>): Promise<void> {
    const before = settings.value
    if (before === null) return
    take({ ...before, ...part })
    const kept = await attempt(api.setSettings(part))
    take(kept ?? before)
  }

  return { settings, load, change }
})
