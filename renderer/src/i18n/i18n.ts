import { createI18n } from 'vue-i18n'
import { languageOf, type Language } from '../../../electron/core/contract/languages.ts'
import { en } from './messages-en.ts'
import { ru } from './messages-ru.ts'
import { russianForm } from './plural-forms.ts'

export const i18n = createI18n({
  legacy: false,
  locale: 'en' satisfies Language,
  fallbackLocale: 'en',
  messages: { en, ru } satisfies Record<Language, typeof en>,
  // The library's own rule is that of English: one, many.
  pluralRules: { ru: russianForm } satisfies Record<Exclude<Language, 'en'>, typeof russianForm>,
})

/** The interface language a setting means on this computer. */
export function languageFor(
  setting: 'system' | Language,
  spoken: readonly string[] = navigator.languages,
): Language {
  if (setting !== 'system') return setting
  return spoken.map(languageOf).find((known) => known !== null) ?? 'en'
}

const remembered = 'kartoteka.language'

/** Makes it the language of the window, of the page for screen readers, and of the next start. */
export function speak(language: Language): void {
  i18n.global.locale.value = language
  document.documentElement.lang = language
  localStorage.setItem(remembered, language)
}

/** Before the settings have come, which a damaged library never lets: what the last window spoke, or the system does. */
export function speakRemembered(): void {
  const language = localStorage.getItem(remembered)
  speak(languageFor((language === null ? null : languageOf(language)) ?? 'system'))
}
