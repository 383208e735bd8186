/**
 * The languages of the labels, of the search's own words and of the window, each by its own name. To add one, add it
 * here: the compiler and the tests then name every table, sentence and file that it lacks.
 */
export const languageNames = { en: 'English', ru: 'Русский' } as const

export type Language = keyof typeof languageNames

/** Their codes (ISO 639-1): they name the label files and what the window is set to. */
export const languages = Object.keys(languageNames) as readonly Language[]

/** The language of a tag such as `ru-RU` or `en_GB`; `null` when it is not spoken here. */
export function languageOf(tag: string): Language | null {
  const code = tag.split(/[-_]/u)[0]?.toLowerCase()
  return languages.find((known) => known === code) ?? null
}
