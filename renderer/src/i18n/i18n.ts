import { createI18n } from 'vue-i18n'
import type { Language } from '../../../electron/core/contract/values.ts'
import { en } from './messages-en.ts'
import { ru } from './messages-ru.ts'
import { russianForm } from './plural-forms.ts'

export const i18n = createI18n({
  legacy: false,
  locale: 'en' satisfies Language,
  fallbackLocale: 'en',
  messages: { en, ru },
  pluralRules: { ru: russianForm },
})

/** The interface language a setting means on this computer. */
export function languageFor(
  setting: 'system' | Language,
  spoken: readonly string[] = navigator.languages,
): Language {
  if (setting !== 'system') return setting
  const known = spoken.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag === 'ru' || tag === 'en')
  return known === 'ru' ? 'ru' : 'en'
}

const remembered = 'kartoteka.language'

export function speak(language: Language): void {
  i18n.global.locale.value = language
  document.documentElement.lang = language
  localStorage.setItem(remembered, language)
}

/** Before the settings have come, which a damaged library never lets: what the last window spoke, or the system does. */
export function speakRemembered(): void {
  const language = localStorage.getItem(remembered)
  speak(languageFor(language === 'ru' || language === 'en' ? language : 'system'))
}
