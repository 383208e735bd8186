import { describe, expect, it } from 'vitest'
import type { Settings } from '../../../electron/core/contract/states.ts'
import { settingsOf } from '../../fixtures/contract-values.ts'
import { openWindow, refusal, settled } from '../../fixtures/scripted-shell.ts'
import { language } from '../../../renderer/src/i18n/words.ts'
import { useSettings } from '../../../renderer/src/settings/settings.ts'

/** Settings kept by a service that answers each change only when told to. */
async function slowService(begun: Settings = settingsOf()) {
  let kept = begun
  const waiting: { readonly settle: (error: Error | null) => void }[] = []
  openWindow({
    getSettings: () => kept,
    setSettings: (part) =>
      new Promise((resolve, reject) => {
        waiting.push({
          settle: (error) => {
            if (error !== null) {
              reject(error)
              return
            }
            // What was not given does not cross the border, not even as undefined.
            kept = { ...kept, ...(part as Partial<Settings>) }
            resolve(kept)
          },
        })
      }),
  })
  const settings = useSettings()
  await settings.load()
  const answer = async (error: Error | null = null) => {
    waiting.shift()?.settle(error)
    await settled()
  }
  return { settings, answer }
}

describe('a change of the settings', () => {
  it('is shown at once and stays when it was kept', async () => {
    const { settings, answer } = await slowService()
    void settings.change({ theme: 'dark', language: 'ru' })
    await settled()
    expect(settings.settings?.theme).toBe('dark')
    expect([document.documentElement.dataset['theme'], language.value]).toEqual(['dark', 'ru'])
    await answer()
    expect(settings.settings).toEqual(settingsOf({ theme: 'dark', language: 'ru' }))
  })

  it('is taken back when it could not be kept', async () => {
    const { settings, answer } = await slowService()
    void settings.change({ theme: 'dark', language: 'ru' })
    await settled()
    await answer(refusal())
    expect(settings.settings).toEqual(settingsOf())
    expect([document.documentElement.dataset['theme'], language.value]).toEqual(['light', 'en'])
  })

  it('is not undone for a moment by the answer to the one before it', async () => {
    const { settings, answer } = await slowService()
    void settings.change({ thumbnailSize: 200 })
    void settings.change({ thumbnailSize: 240 })
    await settled()
    await answer()
    expect(settings.settings?.thumbnailSize).toBe(240)
    await answer()
    expect(settings.settings?.thumbnailSize).toBe(240)
  })

  it('that could not be kept takes no other one with it', async () => {
    const { settings, answer } = await slowService()
    void settings.change({ theme: 'dark' })
    void settings.change({ effort: 'full' })
    await settled()
    await answer(refusal())
    await answer()
    expect(settings.settings).toEqual(settingsOf({ effort: 'full' }))

    void settings.change({ theme: 'dark' })
    void settings.change({ effort: 'gentle' })
    await settled()
    await answer()
    await answer(refusal())
    expect(settings.settings).toEqual(settingsOf({ effort: 'full', theme: 'dark' }))
  })

  it('does nothing before they are known', async () => {
    const shell = openWindow()
    await useSettings().change({ theme: 'dark' })
    expect(shell.asked('setSettings')).toEqual([])
  })
})
