import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Settings } from '../../../electron/core/contract/states.ts'
import { api } from '../api.ts'
import { languageFor, speak } from '../i18n/i18n.ts'
import { useToasts } from '../notices/toasts.ts'
import { applyTheme } from '../theme/theme.ts'

/** What people chose, kept by the service; a change is shown at once and taken back if it could not be kept. */
export const useSettings = defineStore('settings', () => {
  const { attempt } = useToasts()
  const settings = shallowRef<Settings | null>(null)
  /** As the service keeps them. */
  let kept: Settings | null = null
  let changes = 0

  function take(next: Settings): void {
    settings.value = next
    applyTheme(next.theme)
    speak(languageFor(next.language))
  }

  async function load(): Promise<void> {
    const loaded = await attempt(api.getSettings())
    if (loaded === null) return
    kept = loaded
    take(loaded)
  }

  async function change(part: Partial<Settings>): Promise<void> {
    if (settings.value === null) return
    const turn = ++changes
    take({ ...settings.value, ...part })
    const answer = await attempt(api.setSettings(part))
    if (answer !== null) kept = answer
    // The answer to an earlier change knows nothing of the later ones.
    if (turn === changes && kept !== null) take(kept)
  }

  return { settings, load, change }
})
